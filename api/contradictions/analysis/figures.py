"""Which figures of a statement belong to which of its propositions."""

from __future__ import annotations

from collections.abc import Iterator

from api.contradictions.analysis.analysis import Analysis
from api.language.clauses.arguments import Term
from api.language.clauses.propositions import Proposition
from api.language.clauses.quantities import Quantity


def figures(analysis: Analysis, proposition: Proposition) -> Iterator[tuple[Quantity, Term | None]]:
    """The figures of a proposition with the participant they measure, None for the predicate."""
    for quantity in analysis.quantities:
        term = _measured(analysis, proposition, quantity)
        if term is not None or _of_predicate(analysis, proposition, quantity):
            yield quantity, term
        elif proposition is _nearest(analysis, quantity):
            yield quantity, None


def _measured(analysis: Analysis, proposition: Proposition, quantity: Quantity) -> Term | None:
    for term in proposition.terms:
        if quantity.of == term.head or any(
            _within(analysis, i, quantity) for i in (term.head, *term.modifiers)
        ):
            return term
    return None


def _of_predicate(analysis: Analysis, proposition: Proposition, quantity: Quantity) -> bool:
    return quantity.of == proposition.predicate or _within(
        analysis, proposition.predicate, quantity
    )


def _nearest(analysis: Analysis, quantity: Quantity) -> Proposition | None:
    """The proposition a figure goes with that no grammar ties to one: the last before it."""
    if any(
        _measured(analysis, each, quantity) or _of_predicate(analysis, each, quantity)
        for each in analysis.propositions
    ):
        return None
    words = analysis.words
    before = [p for p in analysis.propositions if words[p.predicate].start < quantity.start]
    return max(before, key=lambda p: words[p.predicate].start, default=None)


def _within(analysis: Analysis, index: int, quantity: Quantity) -> bool:
    word = analysis.words[index]
    return quantity.start <= word.start and word.end <= quantity.end
