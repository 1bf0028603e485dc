"""What is in the ledger: single things and pages of them, as they are shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from api.language.words.folding import fold, slug
from api.ledger.history import revisions
from api.ledger.models import Proposition, Statement
from api.ledger.queries import (
    contradiction_pages,
    contradictions,
    positions,
    propositions,
    references,
    reviews,
    snapshots,
    sources,
    speakers,
    stances,
)
from api.ledger.queries.contradictions import CONTRADICTIONS
from api.ledger.queries.json_shapes import Stored
from api.ledger.queries.positions import PositionFilter
from api.ledger.queries.propositions import PropositionFilter
from api.ledger.queries.references import ReferenceFilter
from api.ledger.queries.reviews import REVIEWS
from api.ledger.queries.sources import SourceFilter
from api.ledger.queries.statements import (
    appearances,
    relevance,
    statement_pages,
    statement_shape,
    topics,
)
from api.ledger.queries.statements.statement_shape import STATEMENTS
from api.ledger.storage import keyset_pages
from api.ledger.storage.database import database, snapshot
from api.services.common.errors import InvalidParameter
from api.services.common.versions import find, missing
from api.services.positions import position_timeline
from api.services.positions.stances import no_stance
from api.services.reading.as_of import page_as_of, read_as_of, speaker_as_of
from api.services.reading.list_filters import (
    contradiction_filter,
    given,
    refuse_reversed,
    refuse_unsearchable,
    review_filter,
    speaker_filter,
    statement_filter,
)
from api.services.speakers.speaker_registry import identify, present

Position = keyset_pages.Position | None
# A thing as it is shown: the JSON of one that stands in the ledger, or what JSON can hold.
Shown = Stored | dict[str, Any]


@dataclass(frozen=True, slots=True)
class Page:
    """Items of a list as they are shown, and the position after which the next page starts.

    An item is the JSON that is sent of it, as the database made it, or what JSON can hold.
    ``about`` is what the list says besides its items.
    """

    items: list[Any]
    next: Position
    about: dict[str, Any] = field(default_factory=dict)


def ledger_head() -> tuple[int, bytes]:
    """The number of the latest change and its digest, which no other ledger has."""
    return revisions.head()


def ledger_origin() -> bytes:
    """The digest of the first change, which no other ledger has and each copy of this one keeps."""
    return revisions.origin()


def last_changed_at() -> str:
    """When the ledger was changed for the last time, or made."""
    return revisions.last_changed_at()


def cursor_seed() -> str:
    """What this ledger's cursors are signed with, so that another's are told apart."""
    (seed,) = database.execute_sql("SELECT cursor_seed FROM ledger").fetchone()
    return str(seed)


def statement(statement_id: int, as_of: datetime | None = None) -> Shown:
    """A statement in any status, or ``Missing``."""
    if as_of is not None:
        return read_as_of(
            f"statement {statement_id}", partial(snapshots.statement, statement_id), as_of
        )
    return _there("statement", statement_id, STATEMENTS.read([statement_id]))


def statement_with_contradictions(statement_id: int) -> dict[str, Any]:
    """A statement, and under ``contradictions`` what stands against it."""
    found = statement_shape.read([statement_id])[statement_id]
    return found | {"contradictions": contradictions.of_statement(statement_id)}


def contradiction(contradiction_id: int, as_of: datetime | None = None) -> Shown:
    """A contradiction in any status, or ``Missing``."""
    if as_of is not None:
        return read_as_of(
            f"contradiction {contradiction_id}",
            partial(snapshots.contradiction, contradiction_id),
            as_of,
        )
    with snapshot():
        found = CONTRADICTIONS.read([contradiction_id])
    return _there("contradiction", contradiction_id, found)


def speaker(speaker_id: int, as_of: datetime | None = None) -> dict[str, Any]:
    """A speaker; ``Missing``, or ``Moved`` where it was merged into another."""
    if as_of is not None:
        return speaker_as_of(speaker_id, as_of)
    present(speaker_id)
    return speakers.read(speaker_id)


def source(source_id: int, as_of: datetime | None = None) -> dict[str, Any]:
    """A source, or ``Missing``."""
    if as_of is not None:
        return read_as_of(f"source {source_id}", partial(snapshots.source, source_id), as_of)
    found = sources.read(source_id)
    if found is None:
        raise missing("source", source_id)
    return found


def reference(reference_id: int, as_of: datetime | None = None) -> dict[str, Any]:
    """A curated cross-reference, or ``Missing``."""
    if as_of is not None:
        return read_as_of(
            f"reference {reference_id}", partial(snapshots.reference, reference_id), as_of
        )
    found = references.read(reference_id)
    if found is None:
        raise missing("reference", reference_id)
    return found


def proposition(proposition_id: int, as_of: datetime | None = None) -> dict[str, Any]:
    """A proposition, or ``Missing``."""
    if as_of is not None:
        return read_as_of(
            f"proposition {proposition_id}", partial(snapshots.proposition, proposition_id), as_of
        )
    found = propositions.read(proposition_id)
    if found is None:
        raise missing("proposition", proposition_id)
    return found


def stance(statement_id: int, proposition_id: int, as_of: datetime | None = None) -> dict[str, Any]:
    """The stance of a statement on a proposition, or ``Missing``."""
    if as_of is not None:
        what = f"stance of statement {statement_id} on proposition {proposition_id}"
        return read_as_of(what, partial(snapshots.stance, statement_id, proposition_id), as_of)
    found = stances.read(statement_id, proposition_id)
    if found is None:
        find(Statement, statement_id)
        find(Proposition, proposition_id)
        raise no_stance(statement_id, proposition_id)
    return found


def review(review_id: int, as_of: datetime | None = None) -> Shown:
    """A review, or ``Missing``."""
    if as_of is not None:
        return read_as_of(f"review {review_id}", partial(snapshots.review, review_id), as_of)
    with snapshot():
        found = REVIEWS.read([review_id])
    return _there("review", review_id, found)


def appearance(appearance_id: int) -> dict[str, Any]:
    """An appearance, which must exist."""
    return appearances.read(appearance_id)


def statement_page(query: dict[str, Any], after: Position, limit: int) -> Page:
    """Statements under a list's filters; with ``as_of``, as they were then.

    Raises:
        InvalidParameter: a search has no word; ``relevance`` has no search; dates are reversed;
            see ``page_as_of``.
        Conflict: a speaker's name fits several.
    """
    if "as_of" in query:
        items, of_past = page_as_of(query, after, limit)
        return Page(items, of_past.next)
    sort = query.get("sort", "-said_on")
    if sort == "relevance" and "q" not in query:
        raise InvalidParameter("sort", "Only a search has relevance: give q, or another order.")
    with snapshot():
        wanted, about = statement_filter(query), {}
        if sort == "relevance":
            page, ranked = relevance.page(wanted, after, limit)
            about["ranked"] = {"of": ranked.of, "capped": ranked.capped}
        else:
            page = statement_pages.page(wanted, sort, after, limit)
        return Page(STATEMENTS.of([row[0] for row in page.rows]), page.next, about)


def contradiction_page(query: dict[str, Any], after: Position, limit: int) -> Page:
    """Contradictions under a list's filters; those that stand, where no status is asked for.

    Raises:
        InvalidParameter: dates are reversed.
        Conflict: a speaker's name fits several.
    """
    with snapshot():
        wanted = contradiction_filter(query)
        page = contradiction_pages.page(wanted, query.get("sort", "-created_at"), after, limit)
        return Page(CONTRADICTIONS.of([row[0] for row in page.rows]), page.next)


def speaker_page(query: dict[str, Any], after: Position, limit: int) -> Page:
    """Speakers by name; ``q`` finds the beginnings of words in names and aliases."""
    page = speakers.page(speaker_filter(query), after, limit)
    return Page([speakers.speaker_json(row) for row in page.rows], page.next)


def source_page(query: dict[str, Any], after: Position, limit: int) -> Page:
    """Sources in the order of their ids."""
    publishers = [fold(publisher) for publisher in query.get("publisher", ())]
    wanted = SourceFilter(url=query.get("url", ()), publisher=publishers)
    page = sources.page(wanted, after, limit)
    return Page([sources.source_json(row) for row in page.rows], page.next)


def topic_page(after: Position, limit: int) -> Page:
    """Topics by name, with how many active statements each has."""
    page = topics.page(after, limit)
    return Page([topics.topic_json(row) for row in page.rows], page.next)


def reference_page(query: dict[str, Any], after: Position, limit: int) -> Page:
    """Curated cross-references in the order of their ids."""
    page = references.page(ReferenceFilter(**given(query, "statement", "kind")), after, limit)
    return Page([references.reference_json(row) for row in page.rows], page.next)


def proposition_page(query: dict[str, Any], after: Position, limit: int) -> Page:
    """Propositions in the order of their ids.

    Raises:
        InvalidParameter: a search has no word.
        Conflict: a speaker's name fits several.
    """
    refuse_unsearchable(query)
    with snapshot():
        wanted = PropositionFilter(
            speaker=identify(query["speaker"], "speaker") if "speaker" in query else None,
            topic=[slug(topic) for topic in query.get("topic", ())],
            **given(query, "q", "statement"),
        )
        page = propositions.page(wanted, after, limit)
        return Page(propositions.propositions_json(page.rows), page.next)


def stance_page(statement_id: int, after: Position, limit: int) -> Page:
    """The stances of a statement, or ``Missing``."""
    find(Statement, statement_id)
    page = stances.page(statement_id, after, limit)
    return Page([stances.stance_json(row) for row in page.rows], page.next)


def stances_on(proposition_id: int, query: dict[str, Any], after: Position, limit: int) -> Page:
    """Who takes which stand on a proposition, with the statements whole; or ``Missing``."""
    with snapshot():
        find(Proposition, proposition_id)
        page = stances.page_on(proposition_id, query.get("stance", ()), after, limit)
        return Page(stances.stances_with_statements_json(page.rows), page.next)


def position_page(speaker_id: int, query: dict[str, Any], after: Position, limit: int) -> Page:
    """A speaker's stands by proposition or topic, in the order of time, with what changed.

    Changes are told against all that the speaker said, whether the filters show it or not.

    Raises:
        Missing, Moved: see ``present``.
        InvalidParameter: dates are reversed.
    """
    refuse_reversed(query)
    wanted = PositionFilter(
        topic=[slug(topic) for topic in query.get("topic", ())],
        **given(query, "proposition", "said_from", "said_to"),
    )
    read, show = positions.by_proposition, position_timeline.by_proposition
    if query.get("by") == "topic":
        read, show = positions.by_topic, position_timeline.by_topic
    with snapshot():
        speaker = present(speaker_id)
        page = read(speaker_id, wanted, after, limit)
        return Page(show(speaker, [(row[0], row[1]) for row in page.rows]), page.next)


def review_page(query: dict[str, Any], after: Position, limit: int) -> Page:
    """Reviews under a list's filters.

    Raises:
        InvalidParameter: dates are reversed.
        Conflict: a speaker's name fits several.
    """
    with snapshot():
        page = reviews.page(review_filter(query), query.get("sort", "-created_at"), after, limit)
        return Page(REVIEWS.of([row[0] for row in page.rows]), page.next)


def appearance_page(statement_id: int, after: Position, limit: int) -> Page:
    """Where a statement was published, or ``Missing``."""
    find(Statement, statement_id)
    page = appearances.page(statement_id, after, limit)
    return Page([appearances.appearance_json(row) for row in page.rows], page.next)


def statement_history(statement_id: int, after: Position, limit: int) -> Page:
    """Every version of a statement, each with what changed against the one before it."""
    find(Statement, statement_id)
    versions, last = revisions.page(Statement, statement_id, after[0] if after else 0, limit)
    return Page(versions, None if last is None else (last,))


def _there(kind: str, own_id: int, found: Mapping[int, Stored]) -> Stored:
    if own_id not in found:
        raise missing(kind, own_id)
    return found[own_id]
