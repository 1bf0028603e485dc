"""Statements set against each other by the stances that people saw in them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from api.ledger.models import Proposition, Statement
from api.ledger.queries import stances
from api.ledger.queries.speakers import UNNAMED
from api.services.contradictions.analysis_store import limits

CURATED = "curated"
_LONGEST_QUOTE = 200
_OPPOSITE = {"affirms": "denies", "denies": "affirms"}


@dataclass(slots=True)
class Opposition:
    """That one statement affirms what another denies.

    ``stale``: a side's words were revised since its stance was taken. ``more``: on how many
    propositions beside this one the two are opposed.
    """

    proposition: str
    stance: str
    stale: bool
    more: int = 0


def oppositions(
    statement: Statement, standing: Collection[int], curated: int
) -> dict[int, Opposition]:
    """What is opposed to a statement, by the other statement's id.

    Of what is not raised yet, as much as there is room for: the same speaker's own first, then
    what was said last.

    Args:
        statement: an active one.
        standing: the others that it is held against already.
        curated: how many of them by their stances.
    """
    room = max(0, limits.opposed - curated)
    new = stances.newly_opposed(statement.id, statement.speaker_id, standing, room) if room else []
    rows = stances.opposed(statement.id, {*standing, *new})
    texts = _texts({row[1] for row in rows})
    found: dict[int, Opposition] = {}
    for other_id, proposition_id, stance, stale in rows:
        if other_id in found:
            found[other_id].more += stale == found[other_id].stale
        else:
            found[other_id] = Opposition(texts[proposition_id], stance, stale)
    return found


def opposition_json(opposition: Opposition, own: Statement, other: Statement) -> dict[str, Any]:
    """What a contradiction shows of an opposition: its nature, reasons and evidence.

    Args:
        opposition: as the own statement has it.
        own: the statement whose stance it names.
        other: the one that takes the opposed stand.
    """
    sides = [(own, opposition.stance), (other, _OPPOSITE[opposition.stance])]
    affirming, denying = sides if opposition.stance == "affirms" else sides[::-1]
    return {
        "nature": "position",
        "basis": [CURATED],
        "score": 1.0,
        "explanation": _explanation(opposition, affirming[0], denying[0]),
        "evidence": [
            {"statement": side.id, "start": 0, "end": len(side.text), "text": side.text, "role": r}
            for side, r in sorted(sides, key=lambda side: side[0].id)
        ],
        "detector": CURATED,
    }


def is_one_speakers(first: Statement, second: Statement) -> bool:
    """Whether two statements are one speaker's own: "officials" are never known to be the same."""
    return first.speaker_id == second.speaker_id and first.speaker.kind != UNNAMED


def _explanation(opposition: Opposition, affirming: Statement, denying: Statement) -> str:
    is_own = is_one_speakers(affirming, denying)
    denier = "" if is_own else f"{denying.speaker.name} "
    sentences = [
        f"On “{_quoted(opposition.proposition)}”: {affirming.speaker.name} affirms it "
        f"(“{_quoted(affirming.text)}”){' and' if is_own else ';'} "
        f"{denier}denies it{' elsewhere' if is_own else ''} (“{_quoted(denying.text)}”)."
    ]
    if opposition.more:
        others = "another proposition" if opposition.more == 1 else f"{opposition.more} others"
        sentences.append(f"They are opposed on {others} too.")
    if opposition.stale:
        sentences.append("The words were revised since these stances were taken: look again.")
    return " ".join(sentences)


def _quoted(text: str) -> str:
    """A text, cut at a word where it is too long to be quoted whole."""
    if len(text) <= _LONGEST_QUOTE:
        return text
    return text[:_LONGEST_QUOTE].rpartition(" ")[0].rstrip() + "…"


def _texts(ids: Collection[int]) -> Mapping[int, str]:
    rows = Proposition.select(Proposition.id, Proposition.text)
    return {each.id: each.text for each in rows.where(Proposition.id.in_(list(ids)))}
