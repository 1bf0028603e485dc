"""What of the ledger a recording call reads, so that it can be tried on a copy of that."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from api.language.words.folding import text_key
from api.ledger.models import Review, Statement, StatementExternalId
from api.ledger.queries import redacted_words
from api.ledger.transfer.excerpts import Excerpt
from api.services.articles.attribution import Attributions
from api.services.articles.findings import PreparedArticle
from api.services.articles.redacted_findings import texts
from api.services.common.speaker_resolver import folded_names, resolve
from api.services.contradictions.candidates import candidates_of
from api.services.contradictions.comparisons import Comparisons
from api.services.imports.precomparison import side_once_recorded
from api.services.imports.reviews import PreparedReview
from api.services.imports.upsert import PreparedLine
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
    _add_named(excerpt, [given])
    return excerpt


def of_lines(lines: Iterator[PreparedLine]) -> Excerpt:
    """What is read when lines are stored, but for what tells which contradictions are raised.

    An outcome says nothing of these. Of the lines, which may be many, few are held at a time.
    """
    excerpt = Excerpt()
    while given := [line.given for line in islice(lines, _AT_ONCE)]:
        excerpt.statements |= _alike([each["text"] for each in given])
        _add_named(excerpt, given)
    return excerpt


def of_review(review: PreparedReview) -> Excerpt:
    """What is read when a fact-check is imported, but for contradictions; see ``of_lines``."""
    statement = review.given["statement"]
    at_address = list(Review.select(Review.id, Review.statement).where(Review.url == review.url))
    excerpt = Excerpt(
        statements=_alike([statement["text"]]) | {each.statement_id for each in at_address},
        reviews={each.id for each in at_address},
    )
    places = ({"source": each["source"]} for each in review.given["appearances"])
    _add_named(excerpt, [statement, *places])
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
    source = sources.known(article.source)
    if source is not None:
        excerpt.articles.add(source.id)
    return excerpt


def _add_named(excerpt: Excerpt, given: Iterable[dict[str, Any]]) -> None:
    """Add what statements name: speakers, sources, others under their external ids."""
    external_ids = set()
    for each in given:
        external_ids.add(each.get("external_id"))
        speaker, source = each.get("speaker") or {}, each.get("source") or {}
        excerpt.names |= folded_names(speaker)
        for kind, named in ((excerpt.speakers, speaker), (excerpt.sources, source)):
            if "id" in named:
                kind.add(named["id"])
        if source and "id" not in source and (known := sources.known(source)) is not None:
            excerpt.sources.add(known.id)
    if named := sorted(filter(None, external_ids)):
        holders = StatementExternalId.select(StatementExternalId.statement).where(
            StatementExternalId.external_id.in_(named)
        )
        excerpt.statements |= {each.statement_id for each in holders}


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
