"""Fact-checks from elsewhere: each brings its claim as a statement along."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from api.ledger.models import Review, Speaker, Statement
from api.ledger.queries.reviews import of_claim
from api.ledger.queries.speakers import UNNAMED
from api.ledger.storage.database import writing
from api.services.common.speaker_resolver import SpeakerResolver
from api.services.speakers.speaker_registry import (
    as_candidates,
    find_or_create,
    find_or_create_unnamed,
)
from api.services.statements import reviews
from api.services.statements.appearances import publish
from api.services.statements.record import PreparedStatement, commit_statement, prepare_statement

_RATED = ("value", "best", "worst", "label", "explanation")


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a fact-check; an id is None where a dry run made what has it.

    ``candidates`` are those who may be the claimant, where the name of a new claim leaves it open.
    """

    outcome: str
    review_id: int | None
    statement_id: int | None
    candidates: Sequence[dict[str, Any]] = ()


@dataclass(frozen=True, slots=True)
class PreparedReview:
    """A fact-check that can be stored without keeping other writers waiting.

    ``statement`` is its claim, read; None where the fact-check was known.
    """

    given: dict[str, Any]
    statement: PreparedStatement | None

    @property
    def url(self) -> str:
        """Its address."""
        return str(self.given["url"])


def prepare_review(given: dict[str, Any]) -> PreparedReview:
    """Read the claim of a fact-check that is likely to be recorded; nothing is locked.

    Args:
        given: a review whose ``statement`` is one to record, with further ``appearances``.
    """
    read = None if _known(given) else prepare_statement(given["statement"])
    return PreparedReview(given, read)


def import_review(review: PreparedReview) -> Imported:
    """Take in a fact-check with its claim, all or nothing.

    It is the same as one that is there when its address, its claim and its claimant are, however
    the statement was revised since; or when its address and its statement are. A claimant whose
    name fits several is left open: the claim is an unnamed speaker's until a person says whose.

    Raises:
        Invalid: its rating does not lie on its scale.
    """
    given = review.given
    with writing():
        known = _known(given)
        if known is None:
            speaker, candidates = _claimant(given["statement"]["speaker"])
            statement = _stated(
                review.statement or prepare_statement(given["statement"]),
                speaker.id,
                given["appearances"],
            )
            known = reviews.at(given["url"], statement.id)
            if known is None:
                made = reviews.create(statement, given, "imported")
                return Imported("created", made.id, statement.id, candidates)
        updated = reviews.update(known, _changes(known, given), "imported again")
        outcome = "updated" if updated else "unchanged"
        return Imported(outcome, known.id, known.statement_id)


def _known(given: dict[str, Any]) -> Review | None:
    return of_claim(given["url"], given["claim"], given.get("claimant"))


def _stated(
    read: PreparedStatement, speaker_id: int, appearances: list[dict[str, Any]]
) -> Statement:
    """The statement of a claim, recorded where it is new."""
    given = {**read.given, "speaker": {"id": speaker_id}}
    statement_id, _ = commit_statement(PreparedStatement(given, read.analysis))
    for appearance in appearances:
        publish(statement_id, appearance)
    found: Statement = Statement.get_by_id(statement_id)
    return found


def _claimant(named: dict[str, Any]) -> tuple[Speaker, Sequence[dict[str, Any]]]:
    """Whom a fact-check names.

    Returns:
        The claimant, and those who may be meant where an unnamed one stands for them.
    """
    name, kind = named["name"], named["kind"]
    if kind == UNNAMED:
        return find_or_create_unnamed(name), ()
    found = SpeakerResolver().read(name, kind, named.get("wikidata"))
    if found.outcome == "ambiguous":
        return find_or_create_unnamed(name), as_candidates(found.bearers)
    return found.speaker or find_or_create(named, "/statement/speaker"), ()


def _changes(review: Review, given: dict[str, Any]) -> dict[str, Any]:
    """What a document says otherwise; what it leaves out stays.

    A rating is one thing: where it says anything otherwise, all of it is the document's.
    """
    plain = ("title", "published_on", "language", "author")
    changes: dict[str, Any] = {name: given[name] for name in plain if name in given}
    rating = given["rating"]
    if any(getattr(review, name) != value for name, value in rating.items()):
        changes["rating"] = dict.fromkeys(_RATED) | rating
    return changes
