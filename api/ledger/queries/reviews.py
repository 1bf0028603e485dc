"""Reviews as they are shown, with the statement that each is of, and their lists."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from peewee import SQL, fn

from api.ledger.models import Review, Statement
from api.ledger.queries.statements import statement_shape
from api.ledger.queries.statements.statement_filters import MOST, few, is_one_of
from api.ledger.storage.keyset_pages import Order, Position, Slice, Walk, run, take, take_merged

# What the index holds: unknown dates come last.
PUBLISHED = fn.coalesce(Review.published_latest, SQL("''"))

SHOWN = (
    Review.id,
    Review.statement,
    Review.url,
    Review.title,
    Review.author_name,
    Review.author_kind,
    Review.author_url,
    Review.claim,
    Review.claimant,
    Review.value,
    Review.best,
    Review.worst,
    Review.label,
    Review.explanation,
    Review.published_on,
    Review.language,
    Review.version,
    Review.created_at,
    Review.updated_at,
)


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


def review_json(
    rows: Iterable[Sequence[Any]], read: statement_shape.Read = statement_shape.read
) -> list[dict[str, Any]]:
    """Rows of the shown columns under the names of the contract, with their statements whole."""
    rows = list(rows)
    reviewed = read({row[1] for row in rows})
    return [
        {
            "id": row[0],
            "statement": reviewed[row[1]],
            "url": row[2],
            "title": row[3],
            "author": {"name": row[4], "kind": row[5], "url": row[6]},
            "claim": row[7],
            "claimant": row[8],
            "rating": {
                "value": row[9],
                "best": row[10],
                "worst": row[11],
                "label": row[12],
                "explanation": row[13],
            },
            "published_on": row[14],
            "language": row[15],
            "version": row[16],
            "created_at": row[17],
            "updated_at": row[18],
        }
        for row in rows
    ]


def read(review_id: int) -> dict[str, Any] | None:
    """One review, or None."""
    found = review_json(run(Review.select(*SHOWN).where(Review.id == review_id)))
    return found[0] if found else None


def of_statement(statement_id: int, limit: int) -> list[dict[str, Any]]:
    """The reviews of a statement, the latest published first."""
    query = Review.select(*SHOWN).where(Review.statement == statement_id)
    return review_json(run(query.order_by(PUBLISHED.desc(), Review.id.desc()).limit(limit)))


def page(
    wanted: ReviewFilter,
    sort: str,
    after: Position | None,
    limit: int,
    columns: Sequence[Any] = SHOWN,
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
