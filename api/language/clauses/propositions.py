"""What a text says, predicate by predicate: who does what, whether it is so, and by whose will."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from api.language.clauses.arguments import Term, arguments, coordinated
from api.language.clauses.attitudes import attitude
from api.language.clauses.determiners import determiner
from api.language.clauses.polarity import stand
from api.language.words import lexicon, wordnet
from api.language.words.words import Reading

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

MOST = 24
"""Propositions kept of one text: a long one is compared by its beginning, at a bounded cost."""

_COPULAS = frozenset(
    {"be", "become", "remain", "seem", "stay", "appear", "feel", "look", "prove", "turn"}
)
_DESCRIBING = frozenset(
    {
        "call",
        "consider",
        "deem",
        "declare",
        "describe",
        "label",
        "regard",
        "see",
        "view",
        "brand",
        "rate",
        "find",
    }
)
_CAUSING = frozenset({"get", "hold", "keep", "leave", "make", "render", "set"})
_LIGHT = frozenset(
    {"carry out", "conduct", "do", "give", "have", "hold", "launch", "make", "open", "take"}
)
_GOVERNING = frozenset(
    {
        "denies",
        "doubts",
        "considers",
        "forbids",
        "intends",
        "permits",
        "refuses",
        "urges",
        "affirms",
        "fails",
    }
)
_TAKING_SIDES = frozenset({"permits", "refuses"})
"""Whoever supports or opposes a person says of no event that it should be or not."""
_FAVOUR = frozenset({"favor", "favour"})
"""They stand for a verb: "in favour of"."""
_BRINGING = frozenset({"bring", "post", "record", "see", "suffer", "witness"})
"""Verbs that say of an event only that it was: "last week brought a rise in prices"."""
_PASSING_ON = frozenset({"about", "against", "for", "of", "on", "over", "to"})
"""Prepositions that lead from an attitude to what it is about."""


class Proposition(NamedTuple):
    """One predicate and what is said with it.

    `predicate` and `holder` are indexes of words (-1: no holder is named); `sign` is +1 or -1;
    `mood` one of "fact", "will", "can", "intends", "norm", "permits", "considers", "unneeded";
    `hedge` says why it is not asserted, or ""; `attitude` is the class it stands under, or "";
    `start` and `end` span the predicate and the words that set sign and mood; `existential` is
    for "there is"; `determiner` is that of a noun (see `Term`).
    """

    predicate: int
    sign: int
    mood: str
    hedge: str
    attitude: str
    start: int
    end: int
    holder: int
    existential: bool
    determiner: str
    terms: tuple[Term, ...]
    adverbs: tuple[int, ...]


class _Predicate(NamedTuple):
    token: Token
    clause: Token
    existential: bool = False
    outer: Token | None = None


def propositions(doc: Doc, reading: Reading) -> tuple[Proposition, ...]:
    """The propositions of a parsed text, in order of their predicates."""
    found: list[Proposition] = []
    seen: set[int] = set()
    for token in doc:
        for predicate in _predicates(token):
            at = reading.of_token[predicate.token.i]
            if at >= 0 and at not in seen and len(found) < MOST:
                seen.add(at)
                found.append(_proposition(predicate, reading))
    return tuple(found)


def _predicates(token: Token) -> Iterator[_Predicate]:
    if token.pos_ in {"VERB", "AUX"} and token.dep_ not in {"amod", "aux", "auxpass"}:
        yield from _of_verb(token)
    elif token.pos_ in {"NOUN", "PROPN"} and token.dep_ == "ROOT":
        yield _Predicate(token, token, existential=True)
    elif token.pos_ == "NOUN" and token.dep_ in {"dobj", "pobj", "nsubjpass"}:
        yield from _of_noun(token)
    elif (
        token.pos_ == "NOUN"
        and token.dep_ == "nsubj"
        and token.head.lemma_ == "be"
        and _judged(token.head)
    ):
        yield _Predicate(token, token, existential=True)


def _of_verb(verb: Token) -> Iterator[_Predicate]:
    complements = [child for child in verb.children if child.dep_ in {"acomp", "attr", "oprd"}]
    there = any(child.dep_ == "expl" for child in verb.children)
    if verb.lemma_ in _COPULAS and complements:
        for complement in complements:
            if attitude(complement.lemma_.lower(), "a") and _governs(complement):
                continue
            yield from (_Predicate(each, verb, there) for each in coordinated(complement))
        return
    if verb.lemma_ in _COPULAS:
        yield from (_Predicate(each, verb) for each in _placed(verb))
    if verb.lemma_ in _DESCRIBING:
        yield from (_Predicate(each, each, outer=verb) for each in _described(verb))
    if verb.lemma_ in _CAUSING:
        yield from (_Predicate(each, verb, outer=verb) for each in _described(verb))
    if not _only_introduces(verb):
        yield _Predicate(verb, verb)


def _judged(verb: Token) -> bool:
    """ "A cut would be a mistake": the complement is a stand on the subject."""
    return any(
        attitude(child.lemma_.lower(), "a") in {"forbids", "urges"}
        for child in verb.children
        if child.dep_ in {"acomp", "attr"}
    )


def _placed(verb: Token) -> Iterator[Token]:
    """Where or how a thing is: "in custody", "over"."""
    for child in verb.children:
        if child.dep_ == "prep":
            yield from (
                inner for inner in child.children if inner.dep_ == "pobj" and inner.pos_ == "NOUN"
            )
        elif child.dep_ in {"advmod", "prt"} and child.lower_ in {
            "away",
            "back",
            "down",
            "off",
            "on",
            "out",
            "over",
            "up",
        }:
            yield child


def _described(verb: Token) -> Iterator[Token]:
    for child in verb.children:
        if child.dep_ in {"acomp", "oprd"} or (
            child.dep_ in {"ccomp", "xcomp"} and child.pos_ == "ADJ"
        ):
            yield child
        elif child.lower_ == "as":
            yield from (
                inner
                for inner in child.children
                if inner.dep_ in {"amod", "pobj", "pcomp", "acomp"}
            )


def _only_introduces(verb: Token) -> bool:
    """A verb whose complement says it all: "said that", "refused to", "has to"."""
    name = attitude(verb.lemma_.lower(), "v")
    return name is not None and _governs(verb)


def _governs(word: Token) -> bool:
    return any(
        child.dep_ in {"xcomp", "ccomp"}
        or (child.dep_ == "prep" and any(inner.dep_ == "pcomp" for inner in child.children))
        for child in word.children
    )


def _of_noun(noun: Token) -> Iterator[_Predicate]:
    if noun.dep_ == "pobj" and noun.head.lower_ == "without":
        if wordnet.entry(noun.lemma_.lower(), "n").verbs:
            yield _Predicate(noun, noun, existential=True, outer=noun.head.head)
        return
    verb = _governing_verb(noun)
    if verb is None or (noun.dep_ == "nsubjpass" and _governs(verb)):
        return
    if _passes_on(noun):
        return
    lemmas = _lemmas(verb)
    kind = "a" if verb.pos_ == "ADJ" else "v"
    eventful = bool(wordnet.entry(noun.lemma_.lower(), "n").verbs)
    brought = eventful and noun.dep_ == "dobj" and verb.lemma_ in _BRINGING
    found = next((name for lemma in lemmas if (name := attitude(lemma, kind))), None)
    person = noun.tag_ == "NN" and lexicon.is_living(noun.lemma_.lower())
    of_person = person and found in _TAKING_SIDES
    governing = brought or (found in _GOVERNING and not of_person)
    light = eventful and any(lemma in _LIGHT for lemma in lemmas)
    if governing or light:
        for each in coordinated(noun):
            yield _Predicate(each, each if governing else verb, existential=True, outer=verb)


def _lemmas(verb: Token) -> list[str]:
    """The verb's lemma, with its particle where it has one, else also with each preposition."""
    lemma = verb.lemma_.lower()
    phrasal = [f"{lemma} {child.lower_}" for child in verb.children if child.dep_ == "prt"]
    return phrasal or [
        *(f"{lemma} {child.lower_}" for child in verb.children if child.dep_ == "prep"),
        lemma,
    ]


def _passes_on(noun: Token) -> bool:
    """A noun that stands for the claim or event it introduces: "reports of", "plan to"."""
    introduces = any(
        child.dep_ == "acl" or (child.dep_ == "prep" and child.lower_ in _PASSING_ON)
        for child in noun.children
    )
    return introduces and attitude(noun.lemma_.lower(), "n") is not None


def _governing_verb(noun: Token) -> Token | None:
    """The verb over a noun, through nouns that only pass it on: "dismissed reports of tensions"."""
    node = noun
    for _ in range(3):
        if node.lower_ in _FAVOUR and node is not noun:
            return node
        if node.dep_ == "pobj" and node.head.lower_ not in _PASSING_ON:
            return None
        head = node.head.head if node.dep_ == "pobj" else node.head
        if head.pos_ in {"VERB", "AUX"} or (
            head.pos_ == "ADJ" and node.dep_ == "pobj" and attitude(head.lemma_.lower(), "a")
        ):
            return head
        if head.pos_ != "NOUN" or attitude(head.lemma_.lower(), "n") is None:
            return None
        node = head
    return None


def _proposition(predicate: _Predicate, reading: Reading) -> Proposition:
    token, clause, existential, outer = predicate
    found = stand(token, clause)
    at = reading.of_token[token.i]
    word = reading.words[at]
    cues = [_span(cue) for cue in found.cues]
    spans = [(word.start, word.end), *cues]
    holder = -1 if found.holder is None else reading.of_token[found.holder.i]
    adverbs = (
        reading.of_token[c.i]
        for n in {clause.i: clause, token.i: token}.values()
        for c in n.children
        if c.dep_ == "advmod"
    )
    return Proposition(
        predicate=at,
        sign=found.sign,
        mood=found.mood,
        hedge=found.hedge or ("question" if token.sent[-1].text == "?" else ""),
        attitude=found.attitude,
        start=min(start for start, _ in spans),
        end=max(end for _, end in spans),
        holder=holder,
        existential=existential,
        determiner=determiner(token) if token.pos_ in {"NOUN", "PROPN"} else "",
        terms=arguments(token, clause, outer, reading),
        adverbs=tuple(i for i in adverbs if i >= 0),
    )


def _span(token: Token) -> tuple[int, int]:
    return token.idx, token.idx + len(token)
