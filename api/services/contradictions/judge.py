"""Statements of the ledger held against each other as they come in and change."""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from api.contradictions import Verdict
from api.ledger.history import decisions, revisions
from api.ledger.models import Contradiction, Decision, Speaker, Statement
from api.ledger.queries import contradictions
from api.services.common.versions import change
from api.services.contradictions.analysis_store import limits
from api.services.contradictions.candidates import candidates_of
from api.services.contradictions.comparisons import Comparisons
from api.services.contradictions.opposed_stances import (
    CURATED,
    Opposition,
    is_one_speakers,
    oppositions,
)
from api.services.contradictions.outcomes import outcome

MANUAL = "manual"
_WITHDRAWN = {"status": "withdrawn"}


def judge_new(
    statement: Statement, found_by: Sequence[int], compared: Comparisons | None = None
) -> None:
    """Hold a new statement against those it may contradict, and raise its contradictions.

    Args:
        statement: one that nothing was held against yet.
        found_by: the keys that lead to it; none where it is not compared.
        compared: what was compared before, to which is added what is compared now.
    """
    if not found_by:
        return
    raised = _raised(statement, compared or Comparisons(), ())
    _settle(statement, _surest(raised, ()), {}, raised, {}, True)


def judge(
    statement: Statement, *, reworded: bool = True, compared: Comparisons | None = None
) -> None:
    """Hold a statement against those it may contradict and bring its contradictions up to date.

    What was decided about two texts, their speakers and their dates stays decided; everything
    else is as the engine and the stances say now, and what neither raises is withdrawn. Of what
    the engine raises anew, the surest are kept, as many as a statement may raise.

    Args:
        statement: one that was changed.
        reworded: whether what a person saw when putting in a contradiction by hand may be gone.
        compared: see ``judge_new``.
    """
    if statement.status != "active":
        return
    standing = _standing_of(statement)
    raised = _raised(statement, compared or Comparisons(), standing)
    opposed = _opposed(statement, standing)
    held = {*standing, *_surest(raised, standing), *opposed}
    _settle(statement, held, standing, raised, opposed, reworded)


def judge_stances(statement: Statement) -> None:
    """Bring up to date what a statement's stances raise, and leave the rest as it is.

    Args:
        statement: one whose stances were changed.
    """
    if statement.status != "active":
        return
    standing = _standing_of(statement)
    opposed = _opposed(statement, standing)
    held = {i for i, pair in standing.items() if CURATED in pair.basis} | opposed.keys()
    found_by_engine = [i for i in held if i in standing and _has_engines_part(standing[i])]
    raised = Comparisons().raised(statement.id, found_by_engine)
    _settle(statement, held, standing, raised, opposed, False)


def _raised(
    statement: Statement, compared: Comparisons, others: Iterable[int]
) -> dict[int, Verdict]:
    """What the engine raises between a statement and some others, and those that it meets."""
    own = compared.side(statement.id)
    return (
        compared.raised(statement.id, {*others, *candidates_of(own, statement.id)}) if own else {}
    )


def _settle(
    statement: Statement,
    held: Collection[int],
    standing: Mapping[int, Contradiction],
    raised: Mapping[int, Verdict],
    opposed: Mapping[int, Opposition],
    reworded: bool,
) -> None:
    """Let the contradictions of a statement with others be as engine, stances and people say."""
    if not held:
        return
    others = Statement.select(Statement, Speaker).join(Speaker).where(Statement.id.in_(list(held)))
    keyed = [(pair_key(statement, other), other) for other in others.order_by(Statement.id)]
    known = Decision.select().where(Decision.pair.in_([key for key, _ in keyed]))
    decisions = {bytes(each.pair): each for each in known}
    touched = {statement.id}
    for key, other in keyed:
        pair, decision = standing.get(other.id), decisions.get(key)
        own_scope = {"scope": scope(statement, other)}
        if pair is not None and decision is not None and decision.status == pair.status:
            _update(pair, own_scope)
            continue
        touched.add(other.id)
        opposition = opposed.get(other.id)
        found = outcome(statement, other, raised.get(other.id), opposition)
        if pair is not None and MANUAL in pair.basis and not reworded:
            is_opposed = opposition is not None and not opposition.stale
            if not (is_opposed and pair.status == "candidate"):
                # It stays as a person put it in; stances only add to it. One that waits to be
                # looked at again is no longer that person's where stances raise it.
                _update(pair, {"basis": [CURATED, MANUAL] if is_opposed else [MANUAL], **own_scope})
                continue
        if found is None and pair is not None:
            # What a person put in and nothing else raises, a person looks at again.
            is_put_in = MANUAL in pair.basis
            found = {"basis": [MANUAL], "status": "candidate"} if is_put_in else _WITHDRAWN
        if found is not None:
            _store(pair, statement, other, found | own_scope | _decided(decision, found["status"]))
    contradictions.recount(touched)


def _standing_of(statement: Statement) -> dict[int, Contradiction]:
    return {_other(pair, statement.id): pair for pair in _pairs_of(statement.id)}


def _opposed(statement: Statement, standing: Mapping[int, Contradiction]) -> dict[int, Opposition]:
    curated = sum(
        CURATED in pair.basis and pair.status != "withdrawn" for pair in standing.values()
    )
    return oppositions(statement, standing.keys(), curated)


def _surest(raised: Mapping[int, Verdict], standing: Collection[int]) -> list[int]:
    """Of the pairs that are raised anew, those for which there is room beside what stands."""
    room = max(0, limits.raised - len(raised.keys() & standing))
    new = [i for i in raised if i not in standing]
    return sorted(new, key=lambda i: (-raised[i].score, -i))[:room]


def withdraw_all(statement: Statement) -> None:
    """Withdraw every contradiction of a retracted statement."""
    pairs = [pair for pair in _pairs_of(statement.id) if pair.status != "withdrawn"]
    for pair in pairs:
        pair.status = "withdrawn"
        revisions.revise(pair, "withdrawn")
    contradictions.recount({statement.id, *(_other(pair, statement.id) for pair in pairs)})


def pair_key(first: Statement, second: Statement) -> bytes:
    """What a decision is made on: two texts, their speakers and their dates, in either order."""
    held = sorted(
        f"{bytes(side.text_key).hex()} {side.speaker_id} {side.said_on or ''}"
        for side in (first, second)
    )
    return hashlib.blake2b("\n".join(held).encode(), digest_size=16).digest()


def decided_pairs(statement: Statement) -> list[tuple[Contradiction, Decision]]:
    """The contradictions of a statement that were decided, with their decisions."""
    found = []
    for pair in _pairs_of(statement.id):
        decision = Decision.one(pair=pair_key(pair.first, pair.second))
        if decision is not None:
            found.append((pair, decision))
    return found


def keep_decisions(decided: Iterable[tuple[Contradiction, Decision]]) -> None:
    """Let decisions outlive a merge of speakers, unless a pair is one speaker's own after it.

    Where the merge makes two decided pairs one, the later decision holds.
    """
    for pair, decision in decided:
        first, second = Statement.get_by_id(pair.first_id), Statement.get_by_id(pair.second_id)
        decision.pair = pair_key(first, second)
        known = Decision.one(pair=decision.pair)
        is_later = known is None or known.reviewed_at < decision.reviewed_at
        if scope(first, second) == pair.scope and is_later:
            values = {name: getattr(decision, name) for name in decisions.COLUMNS}
            decisions.put(decision.pair, (first.id, second.id), "speaker merged", **values)


def _pairs_of(statement_id: int) -> list[Contradiction]:
    """The contradictions of a statement, but for those whose other side was retracted."""
    first, second = Statement.alias(), Statement.alias()
    return list(
        Contradiction.select()
        .join(first, on=Contradiction.first == first.id)
        .join_from(Contradiction, second, on=Contradiction.second == second.id)
        .where(
            (Contradiction.first == statement_id) | (Contradiction.second == statement_id),
            (first.status == "active") | (first.id == statement_id),
            (second.status == "active") | (second.id == statement_id),
        )
    )


def _other(pair: Contradiction, statement_id: int) -> int:
    return int(pair.second_id if pair.first_id == statement_id else pair.first_id)


def _has_engines_part(pair: Contradiction) -> bool:
    return pair.status != "withdrawn" and not {CURATED, MANUAL}.issuperset(pair.basis)


def _decided(decision: Decision | None, undecided: str) -> dict[str, Any]:
    """A decision on a pair as its contradiction shows it; none, with a status of its own."""
    decided = {
        name: decision and getattr(decision, name)
        for name in ("reason", "reviewed_by", "reviewed_at", "note")
    }
    return {"status": decision.status if decision else undecided, **decided}


def _store(
    pair: Contradiction | None, one: Statement, other: Statement, found: dict[str, Any]
) -> None:
    if pair is not None:
        _update(pair, found)
        return
    first, second = sorted((one, other), key=lambda side: int(side.id))
    revisions.create(Contradiction(first=first, second=second, **found), "raised")


def _update(pair: Contradiction, found: dict[str, Any]) -> None:
    change(pair, found)
    if pair.dirty_fields:
        revisions.revise(pair, "judged anew")


def scope(first: Statement, second: Statement) -> str:
    """Whether two statements are held against each other as one speaker's own."""
    return "same_speaker" if is_one_speakers(first, second) else "cross_speaker"
