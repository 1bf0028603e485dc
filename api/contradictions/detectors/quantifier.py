"""All against none, all against some not, most against few, the whole against a part."""

from __future__ import annotations

from api.contradictions.alignment import coreference
from api.contradictions.alignment.alignment import Match
from api.contradictions.analysis.verdicts import Side
from api.contradictions.detectors.declaration import detector
from api.contradictions.detectors.findings import Finding, Span
from api.language.clauses.arguments import Term
from api.language.words.lexicon import AGREEING

_EXCLUDING = frozenset(
    {frozenset(pair) for pair in (("all", "few"), ("all", "only"), ("most", "few"), ("all", "no"))}
)
"""Determiners that cannot both be right of one thing said with one sign."""


@detector(rests_on=())
def detect(match: Match) -> Finding | None:
    """The same said of incompatible amounts of the same thing."""
    if match.predicates not in AGREEING or match.p.sign != match.q.sign:
        return None
    for mine in match.p.terms:
        for yours in match.q.terms:
            excluding = frozenset({mine.determiner, yours.determiner}) in _EXCLUDING
            if excluding and coreference.terms(match.overlap, mine, yours) >= coreference.AGREED:
                spans = (_span(match.a, mine), _span(match.b, yours))
                return Finding(match, "quantifier", "factual", spans, ("counts", "counts"))
    return None


def _span(side: Side, term: Term) -> Span:
    """A participant with the words that say how many."""
    return term.start, side.analysis.words[term.head].end
