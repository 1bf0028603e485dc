"""How a predicate stands: said to be so or not, wanted or not, and how surely."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from api.language.clauses.attitudes import Effect

if TYPE_CHECKING:
    from spacy.tokens import Token

_PASSING_ON = frozenset({"affirms", "happens", "imagines", "reports"})
"""Classes that take no stand of their own."""


@dataclass(slots=True)
class Stand:
    """How a predicate stands: see `Proposition`; `cues` are the tokens that say so."""

    sign: int = 1
    mood: str = "fact"
    hedge: str = ""
    attitude: str = ""
    cues: list[Token] = field(default_factory=list)
    holder: Token | None = None

    def take(self, effect: Effect, name: str, token: Token) -> None:
        """Put the predicate under the attitude `name` that `token` expresses."""
        self.sign *= effect.sign
        self.mood = effect.mood or self.mood
        self.hedge = self.hedge if effect.hedge is None else effect.hedge
        if name not in _PASSING_ON:
            self.attitude = name
        self.cues.append(token)

    def deny(self, cue: Token) -> None:
        """Turn the sign."""
        self.sign = -self.sign
        self.cues.append(cue)
