"""An article's statements compared before the ledger is locked."""

from api.contradictions import Analysis, Side
from api.language.dates.edtf_dates import span
from api.ledger.queries.statements import placements
from api.services.articles.attribution import Attribution, Attributions
from api.services.articles.findings import Finding, PreparedArticle
from api.services.articles.reanchoring import in_same_words, without
from api.services.contradictions.analysis_store import limits
from api.services.contradictions.comparisons import Comparisons
from api.services.contradictions.precomparison import Precomparison
from api.services.statements import sources


def precompare_article(article: PreparedArticle) -> Comparisons:
    """Hold an article's statements against those of the ledger and against each other.

    Each has the speaker and the candidates that it will have if nothing else is recorded before the
    article is; those before it in the text are candidates, too. What the source is known to hold
    in the same words was compared when it was recorded.

    Raises:
        TooLarge: more pairs are to be compared than may be.
    """
    precomparison, findings = Precomparison(limits.compared), _new_to_source(article)
    if findings:
        attributions = Attributions(article)
        for finding in findings:
            analysis = finding.prepared.analysis
            if analysis is not None:
                precomparison.add(_side(finding, analysis, attributions.of(finding)))
    return precomparison.compared()


def _new_to_source(article: PreparedArticle) -> list[Finding]:
    source = sources.known(article.source)
    if source is None:
        return list(article.findings)
    if source.text_hash == article.text_hash:
        return []
    known = placements.of_source(source.id)
    return without(article.findings, in_same_words(known, article.findings))


def _side(finding: Finding, analysis: Analysis, attribution: Attribution) -> Side:
    """A finding as the engine sees it once it is recorded."""
    speaker, said_on = attribution.speaker, finding.prepared.given["said_on"]
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
