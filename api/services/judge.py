"""Statements of the ledger held against each other as they come in and change."""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from api.contradictions import Verdict
from api.ledger import contradictions, history
from api.ledger.models import Contradiction, Decision, Statement
from api.ledger.speakers import UNNAMED
from api.services.compare import Comparisons
from api.services.meet import keys, met_by
from api.services.remember import limits
from api.services.versions import change

MANUAL = "manual"


def judge_new(statement: Statement, compared: Comparisons | None = None) -> None:
    """Hold a new statement against those it may contradict, and raise its contradictions.

    Args:
        statement: one that nothing was held against yet.
        compared: what was compared before, to which is added what is compared now.
    """
    _hold(statement, {}, True, compared)


def judge(
    statement: Statement, *, reworded: bool = True, compared: Comparisons | None = None
) -> None:
    """Hold a statement against those it may contradict and bring its contradictions up to date.

    What was decided about two texts, their speakers and their dates stays decided; everything
    else is as the engine says now, and what it no longer raises is withdrawn. Of what it raises
    anew, the surest are kept, as many as a statement may raise.

    Args:
        statement: one that was changed.
        reworded: whether what a person saw when putting in a contradiction by hand may be gone.
        compared: see ``judge_new``.
    """
    if statement.status == "active":
        standing = {_other(pair, statement.id): pair for pair in _pairs_of(statement.id)}
        _hold(statement, standing, reworded, compared)


def _hold(
    statement: Statement,
    standing: Mapping[int, Contradiction],
    reworded: bool,
    compared: Comparisons | None,
) -> None:
    met = met_by(keys(statement.id), statement.id)
    raised = (compared or Comparisons()).raised(statement.id, {*standing, *met})
    held = sorted({*standing, *_surest(raised, standing)})
    others: dict[int, Statement] = (
        {each.id: each for each in Statement.select().where(Statement.id.in_(held))} if held else {}
    )
    touched = set()
    for other_id in held:
        pair = standing.get(other_id)
        if pair is not None and _is_a_persons(pair, reworded):
            _update(pair, {"scope": scope(pair.first, pair.second)})
            continue
        if other_id in raised:
            _raise(statement, others[other_id], raised[other_id], pair)
        elif pair is not None:
            _withdraw(pair)
        touched |= {statement.id, other_id}
    contradictions.recount(touched)


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
        history.revise(pair, "withdrawn")
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
        decision = Decision.get_or_none(Decision.pair == pair_key(pair.first, pair.second))
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
        known = Decision.get_or_none(Decision.pair == decision.pair)
        is_later = known is None or known.reviewed_at < decision.reviewed_at
        if scope(first, second) == pair.scope and is_later:
            Decision.insert(**decision.__data__).on_conflict_replace().execute()


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


def _is_a_persons(pair: Contradiction, reworded: bool) -> bool:
    """Whether a person decided the pair as it now is, or put it in and all of it is still there."""
    if pair.basis == [MANUAL] and not reworded:
        return True
    decision = Decision.get_or_none(Decision.pair == pair_key(pair.first, pair.second))
    return decision is not None and decision.status == pair.status


def _raise(
    statement: Statement, other: Statement, verdict: Verdict, pair: Contradiction | None
) -> None:
    first, second = sorted((statement, other), key=lambda side: side.id)
    ids = {"a": first.id, "b": second.id}
    found = {
        "nature": verdict.nature,
        "basis": list(verdict.basis),
        "scope": scope(first, second),
        "score": verdict.score,
        "explanation": verdict.explanation,
        "evidence": [
            {
                "statement": ids[each.side],
                "start": each.start,
                "end": each.end,
                "text": each.text,
                "role": each.role,
            }
            for each in verdict.evidence
        ],
        "detector": verdict.detector,
        **_standing(first, second, verdict.verdict),
    }
    if pair is None:
        history.create(Contradiction(first=first, second=second, **found), "raised")
    else:
        _update(pair, found)


def _withdraw(pair: Contradiction) -> None:
    """Take back what the engine no longer raises; what a person put in, a person looks at again."""
    undecided = "candidate" if pair.basis == [MANUAL] else "withdrawn"
    _update(pair, _standing(pair.first, pair.second, undecided))


def _standing(first: Statement, second: Statement, undecided: str) -> dict[str, Any]:
    """The decision on a pair as its contradiction shows it; none, with a status of its own."""
    decision = Decision.get_or_none(Decision.pair == pair_key(first, second))
    decided = {
        name: decision and getattr(decision, name)
        for name in ("reason", "reviewed_by", "reviewed_at", "note")
    }
    return {"status": decision.status if decision else undecided, **decided}


def _update(pair: Contradiction, found: dict[str, Any]) -> None:
    change(pair, found)
    if pair.dirty_fields:
        history.revise(pair, "judged anew")


def scope(first: Statement, second: Statement) -> str:
    """Whether two statements are one speaker's own: "officials" are never known to be the same."""
    is_own = first.speaker_id == second.speaker_id and first.speaker.kind != UNNAMED
    return "same_speaker" if is_own else "cross_speaker"
