"""Reviews of statements: added, revised, removed."""

from typing import Any

from api.language.dates.edtf_dates import span
from api.language.words.folding import fold
from api.ledger.history import revisions
from api.ledger.models import Review, Statement
from api.ledger.storage.database import writing
from api.linked_data import BEST, WORST
from api.services.common.errors import Conflict, Invalid
from api.services.common.versions import Precondition, change, find, held_to
from api.services.statements.redacted_words import refuse_redacted

_PLAIN = ("url", "title", "claim", "claimant", "published_on", "language")
_RATING = ("value", "best", "worst", "label", "explanation")
_AUTHOR = {"name": "author_name", "kind": "author_kind", "url": "author_url"}


def add(given: dict[str, Any]) -> tuple[int, bool]:
    """Add a review, or find the one at its address of its statement: its id, and whether it is new.

    Raises:
        Invalid: the statement is not there; the rating does not lie on its scale.
        Conflict: the statement was retracted.
    """
    with writing():
        statement = _statement(given["statement"])
        known = at(given["url"], statement.id)
        if known is not None:
            return known.id, False
        if statement.status == "retracted":
            raise Conflict(
                f"Statement {statement.id} was retracted: what nobody said is not reviewed.",
                statement=statement.id,
            )
        return create(statement, given, "created").id, True


def create(statement: Statement, given: dict[str, Any], action: str) -> Review:
    """Store a new review of a statement; see ``add``."""
    review = Review(statement=statement)
    _apply(review, {"rating": {}, **given, "author": {"kind": "organization", **given["author"]}})
    revisions.create(review, action)
    return review


def at(url: str, statement_id: int) -> Review | None:
    """The review of a statement at an address."""
    return Review.one(url=url, statement=statement_id)


def revise(review_id: int, changes: dict[str, Any], precondition: Precondition) -> None:
    """Change a review; of its author and its rating, what is left out stays.

    Raises:
        Invalid: the statement is not there; the rating does not lie on its scale.
        Conflict: the statement was retracted; another review is the same then.
        Stale, Missing: see ``held_to`` and ``find``.
    """
    with writing():
        review = held_to(find(Review, review_id), precondition)
        moved = changes.get("statement", review.statement_id) != review.statement_id
        if moved:
            review.statement = _statement(changes["statement"])
            if review.statement.status == "retracted":
                raise Conflict(
                    f"Statement {review.statement_id} was retracted: name another.",
                    statement=review.statement_id,
                )
        update(review, changes, "revised")


def update(review: Review, changes: dict[str, Any], action: str) -> bool:
    """Store a review's next version, where a change makes it another; whether it did."""
    _apply(review, changes)
    if not review.dirty_fields:
        return False
    same = at(review.url, review.statement_id)
    if same is not None and same.id != review.id:
        raise Conflict(
            f"Review {same.id} is of the same statement at the same address then.", review=same.id
        )
    revisions.revise(review, action)
    return True


def delete(review_id: int, precondition: Precondition) -> None:
    """Remove a review.

    Raises:
        Stale, Missing: see ``held_to`` and ``find``.
    """
    with writing():
        revisions.delete(held_to(find(Review, review_id), precondition))


def _statement(statement_id: int) -> Statement:
    statement = Statement.one(id=statement_id)
    if statement is None:
        raise Invalid("/statement", f"There is no statement {statement_id}.")
    return statement


def _apply(review: Review, changes: dict[str, Any]) -> None:
    values = {name: changes[name] for name in _PLAIN if name in changes}
    values |= {_AUTHOR[name]: value for name, value in changes.get("author", {}).items()}
    if "rating" in changes:
        had = {name: getattr(review, name) for name in _RATING}
        values |= _on_its_scale(had | changes["rating"])
    change(review, values)
    changed = {field.name for field in review.dirty_fields}
    if "claim" in changed:
        refuse_redacted("/claim", review.claim)
    if "author_name" in changed:
        review.author_folded = fold(review.author_name)
    if "label" in changed:
        review.label_folded = review.label and fold(review.label)
    if "published_on" in changed:
        published = span(review.published_on) if review.published_on else None
        review.published_earliest = published.earliest if published else None
        review.published_latest = published.latest if published else None


def _on_its_scale(rating: dict[str, Any]) -> dict[str, Any]:
    """A rating whose value lies on a scale, or that has no number at all."""
    value, best, worst = rating["value"], rating["best"], rating["worst"]
    if value is None:
        if rating["label"] is None:
            raise Invalid("/rating/label", "A rating has a label, a value, or both: give one.")
        for end in ("best", "worst"):
            if rating[end] is not None:
                raise Invalid(f"/rating/{end}", "Without a value there is no scale: leave it out.")
        return rating
    best = BEST if best is None else best
    worst = WORST if worst is None else worst
    if worst >= best:
        raise Invalid(
            "/rating/best",
            f"The best rating, {best:g}, must be greater than the worst, {worst:g} "
            f"({BEST:g} and {WORST:g} where they are left out).",
        )
    if not worst <= value <= best:
        raise Invalid(
            "/rating/value",
            f"{value:g} does not lie on the scale from {worst:g} to {best:g}: give its own scale "
            "as best and worst, or leave the value out where there is a label.",
        )
    return rating | {"best": best, "worst": worst}
