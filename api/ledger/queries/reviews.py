"""Reviews as they are shown, with the statement that each is of, and their lists."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from peewee import SQL, fn

from api.ledger.models import Review, Statement
from api.ledger.queries.json_shapes import Shape, Things, Whole
from api.ledger.queries.statements.statement_filters import MOST, few, is_one_of
from api.ledger.queries.statements.statement_shape import STATEMENTS
from api.ledger.storage.keyset_pages import Order, Position, Slice, Walk, run, take, take_merged

# What the index holds: unknown dates come last.
PUBLISHED = fn.coalesce(Review.published_latest, SQL("''"))

SHAPE = Shape(
    id=Review.id,
    statement=Whole(STATEMENTS, (Review.statement,)),
    url=Review.url,
    title=Review.title,
    author=Shape(name=Review.author_name, kind=Review.author_kind, url=Review.author_url),
    claim=Review.claim,
    claimant=Review.claimant,
    rating=Shape(
        value=Review.value,
        best=Review.best,
        worst=Review.worst,
        label=Review.label,
        explanation=Review.explanation,
    ),
    published_on=Review.published_on,
    language=Review.language,
    version=Review.version,
    created_at=Review.created_at,
    updated_at=Review.updated_at,
)
REVIEWS = Things(SHAPE, Review)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewFilter:
    """Which reviews a list holds. Filters are joined by AND, the values of one by OR."""

    statement: Sequence[int] = ()
    speaker: Sequence[int] | None = None
    author: Sequence[str] = ()
    label: Sequence[str] = ()
    url: Sequence[str] = ()
    language: Sequence[str] = ()
    published_from: str | None = None
    published_to: str | None = None


def of_statement(statement_id: int, limit: int) -> list[dict[str, Any]]:
    """The reviews of a statement, the latest published first."""
    query = Review.select(Review.id).where(Review.statement == statement_id)
    rows = run(query.order_by(PUBLISHED.desc(), Review.id.desc()).limit(limit))
    found = REVIEWS.read([row[0] for row in rows])
    return [found[row[0]].read() for row in rows]


def page(
    wanted: ReviewFilter,
    sort: str,
    after: Position | None,
    limit: int,
    columns: Sequence[Any] = (Review.id,),
) -> Slice:
    """A page of reviews under ``-created_at`` or ``-published_on``."""
    by = PUBLISHED if sort == "-published_on" else Review.created_at
    order, query = Order((by, Review.id), descending=True), Review.select(*columns)
    passing = _conditions(wanted)
    ids = _narrowed(wanted)
    if ids is not None:
        return take(query.where(is_one_of(Review.id, ids), *passing), order, after, limit)
    part = Walk(query, query.where(*passing)) if passing else query
    return take_merged([part], order, after, limit)


def of_claim(url: str, claim: str, claimant: str | None) -> Review | None:
    """The review at an address that words a claim, and whose it is, in these very words."""
    found: Review | None = (
        Review.select()
        .where(
            Review.url == url,
            Review.claim == claim,
            Review.claimant == claimant if claimant is not None else Review.claimant.is_null(),
        )
        .order_by(Review.id)
        .first()
    )
    return found


def _narrowed(wanted: ReviewFilter) -> list[int] | None:
    """The reviews that those of a filter are among, where they are few; else None."""
    indexed = (
        (Review.statement, wanted.statement),
        (Review.url, wanted.url),
        (Review.author_folded, wanted.author),
        (Review.label_folded, wanted.label),
    )
    conditions = [column.in_(values) for column, values in indexed if values]
    if wanted.speaker is not None:
        said_by = Statement.select(Statement.id).where(Statement.speaker.in_(wanted.speaker))
        if (said := few(said_by, MOST)) is not None:
            conditions.append(is_one_of(Review.statement, said))
    found = [few(Review.select(Review.id).where(each), MOST) for each in conditions]
    led = [ids for ids in found if ids is not None]
    return sorted(set.intersection(*led)) if led else None


def _conditions(wanted: ReviewFilter) -> list[Any]:
    """The conditions of a filter, each looked up for the review at hand."""
    # What is concatenated is in no index: SQLite goes by the ids, or by the list's order.
    filters = (
        (Review.statement.cast("TEXT"), [*map(str, wanted.statement)]),
        (Review.author_folded.concat(""), wanted.author),
        (Review.label_folded.concat(""), wanted.label),
        (Review.url.concat(""), wanted.url),
        (Review.language, wanted.language),
    )
    conditions: list[Any] = [column.in_(values) for column, values in filters if values]
    if wanted.speaker is not None:
        said = Statement.select(SQL("1")).where(Statement.id == Review.statement)
        conditions.append(fn.EXISTS(said.where(Statement.speaker.in_(wanted.speaker))))
    # An undated review matches no date filter.
    if wanted.published_from or wanted.published_to:
        conditions.append(Review.published_on.is_null(False))
    if wanted.published_from:
        conditions.append(
            (Review.published_latest >= wanted.published_from) | Review.published_latest.is_null()
        )
    if wanted.published_to:
        conditions.append(
            (Review.published_earliest <= wanted.published_to) | Review.published_earliest.is_null()
        )
    return conditions
