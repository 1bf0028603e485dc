"""What of the ledger a recording call reads, so that it can be tried on a copy of that."""

from api.language.words.folding import text_key
from api.ledger.models import Statement, StatementExternalId
from api.ledger.queries import redacted_words
from api.ledger.transfer.excerpts import Excerpt
from api.services.articles.attribution import Attributions
from api.services.articles.findings import PreparedArticle
from api.services.articles.redacted_findings import texts
from api.services.common.speaker_resolver import folded_names, resolve
from api.services.contradictions.candidates import candidates_of
from api.services.contradictions.comparisons import Comparisons
from api.services.imports.precomparison import side_once_recorded
from api.services.statements import sources
from api.services.statements.record import PreparedStatement

_AT_ONCE = 500


def of_statement(prepared: PreparedStatement) -> Excerpt:
    """What is read when a statement is recorded."""
    given = prepared.given
    excerpt = Excerpt(statements=_alike([given["text"]]))
    if prepared.analysis is not None:
        side = side_once_recorded(given, prepared.analysis, resolve(given["speaker"]))
        excerpt.candidates |= set(candidates_of(side, None))
    holder = (
        StatementExternalId.one(external_id=given["external_id"])
        if given.get("external_id")
        else None
    )
    if holder is not None:
        excerpt.statements.add(holder.statement_id)
    speaker = given["speaker"]
    if "id" in speaker:
        excerpt.speakers.add(speaker["id"])
    else:
        excerpt.names |= folded_names(speaker)
    _add_source(excerpt, given.get("source"))
    return excerpt


def of_article(article: PreparedArticle, compared: Comparisons) -> Excerpt:
    """What is read when an article is recorded.

    Args:
        article: what was read.
        compared: what was compared before, with the statements that it was compared to.
    """
    excerpt = Excerpt(candidates=set(compared.candidates))
    excerpt.statements |= _alike([text for each in article.findings for text in texts(each)])
    attributions = Attributions(article)
    excerpt.speakers |= attributions.looked_at
    excerpt.names |= attributions.names
    _add_source(excerpt, article.source)
    return excerpt


def _add_source(excerpt: Excerpt, given: dict[str, object] | None) -> None:
    source = sources.known(given) if given else None
    if source is not None:
        excerpt.sources.add(source.id)


def _alike(texts: list[str]) -> set[int]:
    """The statements that say the very same, or did before they were redacted, whoever said it."""
    keys = sorted({text_key(text) for text in texts})
    found = set(redacted_words.among(texts).values())
    for at in range(0, len(keys), _AT_ONCE):
        rows = Statement.select(Statement.id).where(
            Statement.text_key.in_(keys[at : at + _AT_ONCE])
        )
        found |= {row.id for row in rows}
    return found
