"""All against none, all against some not, most against few, the whole against a part."""

from __future__ import annotations

from api.contradictions import likeness
from api.contradictions.alignment import Match
from api.contradictions.findings import Finding, Span
from api.contradictions.verdicts import Side
from api.language.arguments import Term
from api.language.lexicon import AGREEING

_EXCLUDING = frozenset(
    {frozenset(pair) for pair in (("all", "few"), ("all", "only"), ("most", "few"), ("all", "no"))}
)
"""Determiners that cannot both be right of one thing said with one sign."""


def detect(match: Match) -> Finding | None:
    """The same said of incompatible amounts of the same thing."""
    if match.predicates not in AGREEING or match.p.sign != match.q.sign:
        return None
    for mine in match.p.terms:
        for yours in match.q.terms:
            excluding = frozenset({mine.determiner, yours.determiner}) in _EXCLUDING
            if excluding and likeness.terms(match.overlap, mine, yours) >= likeness.AGREED:
                spans = (_span(match.a, mine), _span(match.b, yours))
                return Finding(match, "quantifier", "factual", spans, ("counts", "counts"))
    return None


def _span(side: Side, term: Term) -> Span:
    """A participant with the words that say how many."""
    return term.start, side.analysis.words[term.head].end
