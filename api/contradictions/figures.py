"""Which figures of a statement belong to which of its propositions."""

from __future__ import annotations

from collections.abc import Iterator

from api.contradictions.analysis import Analysis
from api.language.arguments import Term
from api.language.propositions import Proposition
from api.language.quantities import Quantity


def figures(analysis: Analysis, proposition: Proposition) -> Iterator[tuple[Quantity, Term | None]]:
    """The figures of a proposition with the participant they measure, None for the predicate."""
    for quantity in analysis.quantities:
        for term in proposition.terms:
            if quantity.of == term.head or any(
                _within(analysis, i, quantity) for i in (term.head, *term.modifiers)
            ):
                yield quantity, term
                break
        else:
            if (
                _within(analysis, proposition.predicate, quantity)
                or quantity.of == proposition.predicate
            ):
                yield quantity, None


def _within(analysis: Analysis, index: int, quantity: Quantity) -> bool:
    word = analysis.words[index]
    return quantity.start <= word.start and word.end <= quantity.end
