"""What `compare` takes and gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from api.contradictions.analysis.analysis import Analysis

ENGINE = "counterclaim/1.0.0"

Basis = Literal["negation", "antonym", "quantity", "quantifier", "stance", "entailment"]
Nature = Literal["factual", "position"]
Incomparable = Literal["agent", "time", "unit", "place", "topic", "hedged", "language"]


@dataclass(frozen=True, slots=True)
class Side:
    """One statement as `compare` sees it; what is not given is open, never a reason to differ."""

    text: str
    analysis: Analysis
    speaker: str | None = None
    speaker_kind: str | None = None
    aliases: tuple[str, ...] = ()
    said_earliest: str | None = None
    said_latest: str | None = None
    said: bool = False
    language: str = "en"

    @property
    def called(self) -> tuple[str, ...]:
        """The speaker's name and aliases, in lower case; none where the speaker is not known."""
        return called(self.speaker, self.aliases)


def is_one_speaker(a: Side, b: Side) -> bool:
    """Whether two are known to be of one speaker: "officials" are never known to be the same."""
    is_named = "unnamed" not in (a.speaker_kind, b.speaker_kind)
    return is_named and not set(a.called).isdisjoint(b.called)


def called(speaker: str | None, aliases: Sequence[str]) -> tuple[str, ...]:
    """What a speaker is known by: see `Side.called`."""
    named = (speaker, *aliases) if speaker else ()
    return tuple(name.lower() for name in named if name)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words a verdict rests on: `text` is `side.text[start:end]`, in code points."""

    side: Literal["a", "b"]
    start: int
    end: int
    text: str
    role: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What two statements are to each other, and why; `score` lies in [0, 1]."""

    verdict: Literal["flagged", "candidate", "none"]
    nature: Nature | None
    basis: tuple[Basis, ...]
    score: float
    explanation: str
    evidence: tuple[Evidence, ...]
    not_comparable: Incomparable | None
    detector: str = ENGINE
