"""Which propositions of two statements speak of one event, and how surely."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from api.contradictions.alignment import coreference, possessives
from api.contradictions.alignment.overlap import Overlap
from api.contradictions.analysis.figures import figures
from api.contradictions.analysis.verdicts import Side
from api.contradictions.analysis.word_relations import word_relation
from api.deadline import check_deadline
from api.language.clauses.arguments import Term
from api.language.clauses.propositions import Proposition
from api.language.words.lexicon import AGREEING, Relation
from api.language.words.words import Word

STAGE = "comparing"
"""What a deadline that passes here passes at."""

_ANY_ROLE = frozenset({"of", "about", "on", "to", "for", "against", "by", "in"})
"""Prepositions that join to a noun what is subject or object of its verb."""

_OWN_DEGREE = frozenset({"agent", "extent", "theme"})
"""Roles not counted among the others: two have their own degree, a measure tells nothing."""

_SAYING_LITTLE = frozenset({"be", "do", "have", "say"})

ENOUGH = 0.5
"""The part of a statement's words that the other must have where no participant is known."""

AKIN = 0.4
"""The same, and of both, where two different people speak: measured on unrelated statements of the
news, it keeps out seven false alarms of eight and one contradiction of sixteen."""


@dataclass(frozen=True)
class Match:
    """Two propositions about what may be one event.

    What their participants are to each other is looked at when it is asked for: most that differ
    in nothing else never are. All of it is in degrees of `likeness`.
    """

    overlap: Overlap
    p: Proposition
    q: Proposition
    predicates: Relation

    @property
    def agent(self) -> float:
        """How much alike those are who do it; OPEN where a side names none."""
        return self._alike[0]

    @property
    def theme(self) -> float:
        """How much alike what it is done to is; OPEN where a side names none."""
        return self._alike[1]

    @cached_property
    def others(self) -> tuple[float, ...]:
        """How much alike what stands under the same prepositions is."""
        return tuple(_others(self.overlap, self.p, self.q))

    @cached_property
    def _alike(self) -> tuple[float, float]:
        return _alike(self.overlap, self.p, self.q, self.predicates)

    @property
    def a(self) -> Side:
        """The statement of `p`."""
        return self.overlap.a

    @property
    def b(self) -> Side:
        """The statement of `q`."""
        return self.overlap.b

    @property
    def of_one_thing(self) -> bool:
        """Whether the two share their agent or their theme, or may: both say what something is."""
        return (
            _both_nominal(self.overlap, self.p, self.q)
            or max(self.agent, self.theme) >= coreference.AGREED
        )

    @property
    def loose(self) -> bool:
        """Whether only the two statements as wholes say that these are of one event."""
        overlap = self.overlap
        return (
            self.predicates is Relation.NONE
            and overlap.close
            and not _named(self.p).isdisjoint(overlap.shared_a)
            and not _named(self.q).isdisjoint(overlap.shared_b)
        )

    @property
    def agrees(self) -> bool:
        """Whether both say the same of one thing: what they share then needs no looser reading."""
        return (
            self.predicates in AGREEING
            and self.p.sign == self.q.sign
            and max(self.agent, self.theme) >= coreference.AGREED
            and not self._says_little
        )

    @property
    def owned(self) -> bool:
        """Whether it is known whose everything is that the two speak of: see `owners`."""
        a, b = self.a, self.b
        mine = possessives.possessives_of(a, _participants(self.p))
        yours = possessives.possessives_of(b, _participants(self.q))
        return possessives.settled(a, mine, b, yours, self.overlap.strangers)

    @property
    def _says_little(self) -> bool:
        return self.predicate(self.a, self.p).lemma in _SAYING_LITTLE

    @property
    def anchored(self) -> bool:
        """Whether any participant, or a noun that is the event itself, is known to be the same."""
        if self.loose:
            return True
        if self.predicates is Relation.NONE and self.overlap.strangers:
            return self.overlap.close
        if self._says_little and max(self.theme, *self.others, 0.0) < coreference.AGREED:
            return self.overlap.close
        known = max(self.agent, self.theme, *self.others) >= coreference.AGREED
        if self.overlap.strangers:
            return known and min(self.overlap.share_a, self.overlap.share_b) >= AKIN
        if known:
            return True
        of_itself = self.predicates is Relation.SAME and self.predicate(self.a, self.p).kind == "n"
        return of_itself or max(self.overlap.share_a, self.overlap.share_b) > ENOUGH

    @staticmethod
    def predicate(side: Side, proposition: Proposition) -> Word:
        """The word of a proposition's predicate."""
        return side.analysis.words[proposition.predicate]


def matches(overlap: Overlap) -> Iterator[Match]:
    """Every pair of propositions whose predicates or participants have to do with each other."""
    a, b = overlap.a, overlap.b
    mine = [(p, _touched(p, overlap.touched_a)) for p in a.analysis.propositions]
    yours = [(q, _touched(q, overlap.touched_b)) for q in b.analysis.propositions]
    for p, (predicate, participants) in mine:
        check_deadline(STAGE)
        for q, (their_predicate, their_participants) in yours:
            found = Relation.NONE
            if predicate and their_predicate:
                found = word_relation(Match.predicate(a, p), Match.predicate(b, q))
            if found is not Relation.NONE:
                yield Match(overlap, p, q, found)
            elif overlap.close or (
                (participants or predicate) and (their_participants or their_predicate)
            ):
                match = Match(overlap, p, q, found)
                if overlap.close or match.of_one_thing or _both_give_figures(a, p, b, q):
                    yield match


def _named(proposition: Proposition) -> set[int]:
    return {*_participants(proposition), proposition.predicate}


def _participants(proposition: Proposition) -> list[int]:
    """The indexes of all words of the participants, in order."""
    return [i for term in proposition.terms for i in (term.head, *term.modifiers)]


def _touched(proposition: Proposition, touched: frozenset[int]) -> tuple[bool, bool]:
    """Whether predicate and participants may have to do with a word of the other statement."""
    named = _participants(proposition)
    return proposition.predicate in touched, any(i in touched for i in named)


def _both_nominal(overlap: Overlap, p: Proposition, q: Proposition) -> bool:
    """Whether both say what something is, by a noun or a name."""
    predicates = Match.predicate(overlap.a, p), Match.predicate(overlap.b, q)
    return all(word.kind in "nN" for word in predicates)


def _both_give_figures(a: Side, p: Proposition, b: Side, q: Proposition) -> bool:
    return any(figures(a.analysis, p)) and any(figures(b.analysis, q))


def _alike(
    overlap: Overlap, p: Proposition, q: Proposition, found: Relation
) -> tuple[float, float]:
    """How much alike the agents and the themes of two propositions are."""
    a, b = overlap.a, overlap.b
    agent = _best(overlap, _in_role(p, "agent"), _in_role(q, "agent"))
    theme = _best(overlap, _in_role(p, "theme"), _in_role(q, "theme"))
    if found is Relation.NONE and not _both_nominal(overlap, p, q):
        agent, theme = coreference.OPEN, _best(overlap, p.terms, q.terms) or coreference.OPEN
    if theme == coreference.OPEN or agent == coreference.DIFFERENT:
        agent, theme = _crossed(overlap, p, q, agent, theme)
    if (
        p.existential
        and q.existential
        and coreference.told_apart(a, _in_role(p, "of"), b, _in_role(q, "of"))
    ):
        theme = coreference.DIFFERENT
    return agent, theme


def _in_role(proposition: Proposition, role: str) -> list[Term]:
    return [term for term in proposition.terms if term.role == role]


def _best(overlap: Overlap, mine: Iterable[Term], yours: Iterable[Term]) -> float:
    best, yours = None, list(yours)
    for x in mine:
        check_deadline(STAGE)
        for y in yours:
            degree = coreference.terms(overlap, x, y)
            best = degree if best is None else max(best, degree)
    return coreference.OPEN if best is None else best


def _crossed(
    overlap: Overlap, p: Proposition, q: Proposition, agent: float, theme: float
) -> tuple[float, float]:
    """What rises is what is raised: the only participant of one side may be any of the other's."""
    for mine, yours in ((p, q), (q, p)):
        free = [t for t in mine.terms if t.role in _ANY_ROLE] if mine.existential else []
        if not _in_role(mine, "theme"):
            free += _in_role(mine, "agent")
        themes = _in_role(yours, "theme") or (_in_role(yours, "agent") if mine.existential else [])
        crossed = _best(overlap, free, themes) if mine is p else _best(overlap, themes, free)
        if crossed >= coreference.AGREED:
            return (coreference.OPEN if agent == coreference.DIFFERENT else agent), crossed
    return agent, theme


def _others(overlap: Overlap, p: Proposition, q: Proposition) -> Iterator[float]:
    """The likeness of what stands under the same prepositions."""
    for role in {t.role for t in p.terms} & {t.role for t in q.terms} - _OWN_DEGREE:
        yield _best(overlap, _in_role(p, role), _in_role(q, role))
