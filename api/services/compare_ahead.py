"""An article's statements compared as far as can be foreseen, before the ledger is locked."""

from collections import defaultdict

from api.contradictions import Analysis, Side, candidate_keys
from api.identifiers import LARGEST_ID
from api.language.edtf_dates import span
from api.ledger import placements, postings
from api.services import sources
from api.services.attribute import Attribution, Attributions
from api.services.compare import Comparisons
from api.services.findings import Article, Finding
from api.services.meet import met_by
from api.services.refind import in_same_words, without
from api.services.remember import faces


def compare_ahead(article: Article) -> Comparisons:
    """Hold an article's statements against those of the ledger and against each other.

    It is foreseen whom each is attributed to and which others it meets, if nothing is recorded
    until the article is: each those before it in the text, too. What the source is known to hold
    in the same words was compared when it was recorded.
    """
    compared, findings = Comparisons(), _new_to_source(article)
    if not findings:
        return compared
    attributions = Attributions(article)
    foreseen: dict[int, Side] = {}
    coming: defaultdict[int, list[int]] = defaultdict(list)
    for number, finding in enumerate(findings, LARGEST_ID + 1):
        analysis = finding.draft.analysis
        if analysis is None:
            continue
        keys = postings.numbers(candidate_keys(analysis))
        met = met_by(keys, None, coming)
        known = compared.sides(faces(i for i in met if i <= LARGEST_ID))
        own = _side(finding, analysis, attributions.of(finding))
        against = [*known.values(), *(foreseen[i] for i in met if i in foreseen)]
        compared.compare([(other, own) for other in against])
        foreseen[number] = own
        for key in keys:
            coming[key].append(number)
    compared.forget_sides()
    return compared


def _new_to_source(article: Article) -> list[Finding]:
    source = sources.known(article.source)
    if source is None:
        return list(article.findings)
    if source.text_hash == article.text_hash:
        return []
    known = placements.of_source(source.id)
    return without(article.findings, in_same_words(known, article.findings))


def _side(finding: Finding, analysis: Analysis, attribution: Attribution) -> Side:
    """A finding as the engine sees it once it is recorded."""
    speaker, said_on = attribution.speaker, finding.draft.given["said_on"]
    said = span(said_on) if said_on else None
    return Side(
        text=finding.extracted.text,
        analysis=analysis,
        speaker=speaker.name if speaker else attribution.name,
        speaker_kind=speaker.kind if speaker else attribution.kind,
        aliases=tuple(speaker.aliases) if speaker else (),
        said_earliest=said.earliest if said else None,
        said_latest=said.latest if said else None,
        said=said is not None,
    )
