"""Which conflicts are of fact, and which are of will."""

from __future__ import annotations

from api.contradictions.alignment import coreference
from api.contradictions.alignment.alignment import Match
from api.contradictions.analysis.analysis import Analysis
from api.contradictions.analysis.verdicts import Nature
from api.language.clauses.propositions import Proposition

_OF_WILL = frozenset({"intends", "norm", "permits", "considers"})
_PARTIAL = frozenset({"few", "most", "only", "some"})
_STANDS = frozenset({"refuses", "forbids", "urges", "permits", "considers", "intends"})


def of_will(proposition: Proposition) -> bool:
    """Whether a proposition says what someone wants or what should be, rather than what is."""
    return proposition.mood in _OF_WILL or proposition.mood == "will"


def speaks_of_himself(analysis: Analysis, proposition: Proposition) -> bool:
    """Whether a participant is the speaker's "I" or "we"."""
    return any(
        analysis.words[term.head].lemma in coreference.SPEAKING for term in proposition.terms
    )


def opposed_by_stance(match: Match) -> bool:
    """Whether at least one side takes a stand, and neither merely states what happened."""
    p, q = match.p, match.q
    return (
        (p.attitude in _STANDS or q.attitude in _STANDS or "norm" in (p.mood, q.mood))
        and of_will(p)
        and of_will(q)
    )


def of_parts(match: Match) -> bool:
    """Whether each speaks of a part only, so that both may be right: most passed, some failed."""
    return all(
        any(term.determiner in _PARTIAL for term in p.terms if term.role in {"agent", "theme"})
        for p in (match.p, match.q)
    )


def nature(match: Match) -> Nature:
    """ "position" where both say what they want or will do; both may truly have been said."""
    return "position" if of_will(match.p) and of_will(match.q) else "factual"
