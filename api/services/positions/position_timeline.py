"""What changed in where a speaker stands, told as a reporter would tell it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from api.ledger.models import Speaker
from api.ledger.queries import positions, propositions, stances
from api.ledger.queries.contradictions import STANDING
from api.ledger.queries.speakers import UNNAMED
from api.ledger.queries.statements import statement_shape
from api.services.contradictions.opposed_stances import CURATED
from api.services.positions.position_changes import (
    Kind,
    Order,
    Stand,
    When,
    order_of,
    position_changes,
)
from api.services.positions.wording import change_sentence, order_sentence

# Changes that are shown of one stand, where it was held against many.
_MOST_CHANGES = 20
_REFINING = ("qualifies", "corrects")

# A proposition's or a topic's part of a speaker's stands, and a statement in it.
Place = tuple[Any, int]
Pair = frozenset[int]


@dataclass(frozen=True, slots=True)
class Change:
    """That a statement changes what an earlier one says; on a proposition where stances tell it."""

    kind: Kind
    order: Order
    statements: tuple[int, int]
    why: str
    proposition: int | None = None
    stances: tuple[Stand, Stand] | None = None

    @property
    def pair(self) -> Pair:
        """The two statements, whichever came first."""
        return frozenset(self.statements)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of pairs of a speaker's own statements: by each side, then by the other."""

    contradictions: Mapping[int, Mapping[int, Sequence[Any]]]
    references: Mapping[int, Mapping[int, str]]

    def dismissed(self, statement_id: int) -> dict[int, str]:
        """Which others a reviewer would not have contradict a statement, with the reasons."""
        rows = self.contradictions.get(statement_id, {})
        return {other: row[4] for other, row in rows.items() if row[3] == "dismissed"}

    def tied(self, statement_id: int) -> set[int]:
        """The others of which anything is known beside a statement."""
        known = (self.contradictions, self.references)
        return {other for each in known for other in each.get(statement_id, ())}


def by_proposition(speaker: Speaker, listed: Sequence[Place]) -> list[dict[str, Any]]:
    """A page's stands on propositions, as they are shown."""
    groups = _groups(speaker, {proposition for proposition, _ in listed})
    known = _known(each.statement for group in groups.values() for each in group)
    changes = {
        (proposition, said): _changed(speaker, said, proposition, groups[proposition], known)
        for proposition, said in listed
    }
    taken = stances.of({said for _, said in listed})
    items = _shown(listed, changes, known)
    named = propositions.named({proposition for proposition, _ in listed})
    for item, (proposition, said) in zip(items, listed, strict=True):
        item["proposition"] = named[proposition]
        item["stances"] = [each for each in taken[said] if each["proposition"]["id"] == proposition]
    return items


def by_topic(speaker: Speaker, listed: Sequence[Place]) -> list[dict[str, Any]]:
    """A page's statements on topics, as they are shown."""
    ids = {said for _, said in listed}
    taken = stances.of(ids)
    on = {said: [each["proposition"]["id"] for each in taken.get(said, ())] for said in ids}
    groups = _groups(speaker, {proposition for each in on.values() for proposition in each})
    topics = propositions.topics(groups)
    known = _known(ids | {each.statement for group in groups.values() for each in group})
    tied = ids.union(*(known.tied(said) for said in ids))
    when = {row[0]: When(*row[1:]) for row in positions.dates(speaker.id, tied)}
    changes = {}
    for topic, said in listed:
        turned = [
            change
            for proposition in on[said]
            if topic in topics[proposition] or not topics[proposition]
            for change in _changed(speaker, said, proposition, groups[proposition], known)
        ]
        seen = {change.pair for change in turned}
        found = _without_stances(speaker, said, when, known)
        turned += [change for change in found if change.pair not in seen]
        changes[topic, said] = turned[:_MOST_CHANGES]
    items = _shown(listed, changes, known)
    for item, (topic, said) in zip(items, listed, strict=True):
        item["topic"] = topic
        item["stances"] = taken.get(said, [])
    return items


def _groups(speaker: Speaker, proposition_ids: Collection[int]) -> dict[int, list[Stand]]:
    """All that a speaker says on propositions, in the order of time."""
    groups: dict[int, list[Stand]] = {proposition: [] for proposition in proposition_ids}
    for proposition, said, stance, condition, key, *when in positions.stands(
        speaker.id, proposition_ids
    ):
        groups[proposition].append(Stand(said, stance, condition, bytes(key), When(*when)))
    return groups


def _known(ids: Iterable[int]) -> Known:
    ids = set(ids)
    return Known(
        _by_sides((*row[:2], row) for row in positions.own_contradictions(ids)),
        _by_sides(positions.own_references(ids, _REFINING)),
    )


def _by_sides(pairs: Iterable[Sequence[Any]]) -> dict[int, dict[int, Any]]:
    found: dict[int, dict[int, Any]] = {}
    for first, second, what in pairs:
        found.setdefault(first, {})[second] = what
        found.setdefault(second, {})[first] = what
    return found


def _changed(
    speaker: Speaker, said: int, proposition: int, group: Sequence[Stand], known: Known
) -> list[Change]:
    """The changes of one position on a proposition. Officials are never known to be the same."""
    if speaker.kind == UNNAMED:
        return []
    at = next(i for i, each in enumerate(group) if each.statement == said)
    return [
        Change(
            change.kind,
            change.order,
            (change.earlier.statement, change.later.statement),
            change_sentence(speaker.name, change),
            proposition,
            (change.earlier, change.later),
        )
        for change in position_changes(group[at], group[:at], known.dismissed(said))
    ]


def _without_stances(
    speaker: Speaker, said: int, when: Mapping[int, When], known: Known
) -> list[Change]:
    """What engine and people found between a statement and the speaker's earlier ones."""
    if speaker.kind == UNNAMED:
        return []
    own = when[said]
    tied = [(when[i], i) for i in known.tied(said) if i in when]
    changes = []
    for each, other in sorted((each for each in tied if each < (own, said)), reverse=True):
        order = order_of(each, own)
        row = known.contradictions.get(said, {}).get(other)
        reference = known.references.get(said, {}).get(other)
        if row is not None and row[3] in STANDING and orjson.loads(row[5]) != [CURATED]:
            kind: Kind = "inconsistency" if order == "uncertain" else "reversal"
            why = f"{row[6]} {order_sentence(each, own)}"
            changes.append(Change(kind, order, (other, said), why))
        elif reference is not None:
            why = f"By a reference that a person drew, one of the two {reference} the other."
            changes.append(Change("refinement", order, (other, said), why))
    return changes


def _shown(
    listed: Sequence[Place], changes: Mapping[Place, Sequence[Change]], known: Known
) -> list[dict[str, Any]]:
    """The statements of a page with their changes, the proposition or topic left open."""
    made = [change for place in listed for change in changes[place]]
    sides = {side for change in made for side in change.statements}
    said = statement_shape.read(sides | {statement_id for _, statement_id in listed})
    named = propositions.named({each.proposition for each in made if each.proposition})
    return [
        {
            "proposition": None,
            "topic": None,
            "statement": said[place[1]],
            "stances": [],
            "changes": [
                {
                    "kind": change.kind,
                    "order": change.order,
                    "why": change.why,
                    "proposition": change.proposition and named[change.proposition],
                    "statements": [said[side] for side in change.statements],
                    "stances": change.stances
                    and [
                        {"stance": each.stance, "condition": each.condition}
                        for each in change.stances
                    ],
                    "contradiction": _contradiction(change, known),
                }
                for change in changes[place]
            ],
        }
        for place in listed
    ]


def _contradiction(change: Change, known: Known) -> dict[str, Any] | None:
    one, other = change.statements
    row = known.contradictions.get(one, {}).get(other)
    return None if row is None else {"id": row[2], "status": row[3], "reason": row[4]}
