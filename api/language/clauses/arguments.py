"""Who and what a predicate is said of; passives, controlled and shared subjects come out alike."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from api.language.clauses.attitudes import attitude
from api.language.clauses.determiners import DETERMINERS, determiner
from api.language.words.designations import JOINING
from api.language.words.numbers import is_part
from api.language.words.units import is_unit
from api.language.words.words import Reading

if TYPE_CHECKING:
    from spacy.tokens import Token

DEEPEST = 6
"""Steps taken up or down a parse: enough for English, and a bound on any other input."""

_BELONGING = frozenset({"amod", "compound", "poss"})
_MARGINS = frozenset({"majority", "margin", "vote"})
"""By how much something passed is not by whom."""
_LETTING = frozenset({"allow", "authorise", "authorize", "legalise", "legalize", "permit"})
_MOVED = frozenset({"by", "from"})
"""What a figure changed by, and from which it changed, are not how much it is."""
_INHERITING = frozenset({"acomp", "advcl", "attr", "conj", "pcomp", "prep", "xcomp"})
_MODIFIERS = frozenset(
    {
        "advmod",
        "amod",
        "appos",
        "compound",
        "dobj",
        "nmod",
        "npadvmod",
        "nummod",
        "pobj",
        "poss",
        "quantmod",
    }
)
_VAGUE = frozenset(
    {
        "all",
        "each",
        "few",
        "half",
        "many",
        "majority",
        "minority",
        "most",
        "none",
        "some",
        "group",
        "number",
        "lot",
        "bowl",
        "couple",
        "cup",
        "glass",
        "plate",
        "slice",
        "pair",
        "piece",
        "series",
        "bunch",
        "kind",
        "member",
        "type",
        "sort",
        "part",
        "percent",
        "total",
    }
)
"""Nouns that only measure the noun after "of"."""


class Term(NamedTuple):
    """A participant of a predicate.

    `role` is "agent", "theme", "extent" or a preposition; `head` and `modifiers` are indexes of
    words; `determiner` says how many there are: see the function of that name; `start` is where its
    first word begins in the text.
    """

    role: str
    head: int
    modifiers: tuple[int, ...]
    determiner: str
    start: int


def arguments(
    predicate: Token, clause: Token, outer: Token | None, reading: Reading
) -> tuple[Term, ...]:
    """The participants of a predicate whose subject and auxiliaries hang on `clause`.

    Of a noun under a verb, `outer` is that verb: the parser hangs on it what belongs to the noun.
    """
    found: list[Term] = []
    seen: set[int] = set()
    for role, token in _participants(predicate, clause, outer, reading):
        term = _term(role, token, reading)
        if term and term.head not in seen and term.head != reading.of_token[predicate.i]:
            seen.add(term.head)
            found.append(term)
    return tuple(_of_phrase(found, reading.words[reading.of_token[predicate.i]].lemma))


def _of_phrase(terms: list[Term], predicate: str) -> Iterator[Term]:
    """What a verb's own preposition leads to is its theme: "set foot in the house"."""
    last = predicate.rpartition(" ")[2] if " " in predicate else ""
    free = all(term.role != "theme" for term in terms)
    for term in terms:
        yield term._replace(role="theme") if free and term.role == last else term


def _participants(
    predicate: Token, clause: Token, outer: Token | None, reading: Reading
) -> Iterator[tuple[str, Token]]:
    passive = any(child.dep_ in {"nsubjpass", "auxpass"} for child in clause.children)
    subject = subject_of(clause)
    copular = predicate is not clause and clause.lemma_ == "be"
    if subject is not None and subject.dep_ != "expl":
        role = "theme" if passive or copular else "agent"
        yield from ((role, token) for token in coordinated(subject))
    if (whose := _undergoing(clause)) is not None:
        yield "theme", whose
    nominal = predicate.pos_ in {"NOUN", "PROPN"}
    for holder in {clause.i: clause, predicate.i: predicate}.values():
        for child in holder.children:
            if child.dep_ in {"dobj", "attr", "dative", "oprd"} and child.pos_ != "ADP":
                yield from (("theme", token) for token in coordinated(child))
            elif child.dep_ in {"prep", "agent", "dative"}:
                yield from _after_preposition(child)
            elif (
                child.dep_ == "npadvmod"
                and child.pos_ == "NOUN"
                and any(inner.pos_ == "NUM" for inner in child.children)
            ):
                yield "theme", child
            elif (
                (child.dep_ in _BELONGING or child.i in reading.numbered)
                and holder is predicate
                and nominal
            ):
                yield from (("of", token) for token in coordinated(child))
    if outer is not None:
        for child in outer.children:
            if child.dep_ == "dobj" and child.i < predicate.i:
                yield "theme", child
            elif outer is not clause and child.dep_ == "prep" and child.i > predicate.i:
                yield from _after_preposition(child)


def _after_preposition(preposition: Token) -> Iterator[tuple[str, Token]]:
    for child in preposition.children:
        if child.dep_ == "pobj":
            does = preposition.dep_ == "agent" and child.lemma_ not in _MARGINS
            role = "agent" if does else preposition.lower_
            yield from ((role, token) for token in coordinated(child))
        elif child.dep_ == "prep":
            yield from (
                ("of", grandchild) for grandchild in child.children if grandchild.dep_ == "pobj"
            )


def subject_of(clause: Token) -> Token | None:
    """The subject of a clause; a clause without its own has that of the clause it depends on."""
    node = clause
    for _ in range(DEEPEST):
        own = [child for child in node.children if child.dep_ in {"nsubj", "nsubjpass"}]
        if own:
            return _antecedent(
                next((child for child in reversed(own) if child.is_title), own[0]), node
            )
        if node.pos_ == "NOUN" and attitude(node.lemma_.lower(), "n"):
            if (
                owner := next((child for child in node.children if child.dep_ == "poss"), None)
            ) is not None:
                return owner
            if node.dep_ not in {"dobj", "attr"}:
                return None
            node = node.head
            continue
        if node.dep_ == "acl" and attitude(node.head.lemma_.lower(), "n"):
            node = node.head
            continue
        if node.dep_ in {"acl", "relcl"}:
            return _described(node.head) if node.tag_ in {"VBG", "VB", "VBZ", "VBP"} else None
        if node.tag_ == "VBG" and _lets(node.head):
            return None
        if node.dep_ == "xcomp" and (controller := _object_of(node.head)) is not None:
            return controller
        if node.dep_ not in _INHERITING:
            return None
        node = node.head
    return None


def _antecedent(subject: Token, clause: Token) -> Token:
    """What a relative pronoun stands for; of "gin is a spirit which", gin."""
    if clause.dep_ != "relcl" or subject.lower_ not in {"who", "which", "that"}:
        return subject
    noun = clause.head
    return _subject_of_copula(noun) or noun


def _undergoing(clause: Token) -> Token | None:
    """What a shortened relative clause is said of; of "gin is a spirit made from", gin."""
    first = clause.head if clause.dep_ == "conj" else clause
    if first.dep_ != "acl" or first.tag_ != "VBN" or clause.tag_ != "VBN":
        return None
    noun = first.head
    return _subject_of_copula(noun) or noun


def _subject_of_copula(noun: Token) -> Token | None:
    if noun.dep_ != "attr":
        return None
    return next((child for child in noun.head.children if child.dep_ == "nsubj"), None)


def _lets(verb: Token) -> bool:
    """ "The law forbids hunting": it is not the law that hunts."""
    lemma = verb.lemma_.lower()
    return lemma in _LETTING or attitude(lemma, "v") == "forbids"


def _described(noun: Token) -> Token:
    """The noun a clause describes; of "there is no man in a hat dancing", the man."""
    node = noun
    for _ in range(DEEPEST):
        if node.dep_ == "attr" and any(child.dep_ == "expl" for child in node.head.children):
            return node
        if node.dep_ not in {"pobj", "prep"}:
            break
        node = node.head
    return noun


def _object_of(verb: Token) -> Token | None:
    return next((child for child in verb.children if child.dep_ == "dobj"), None)


def coordinated(token: Token) -> Iterator[Token]:
    """A token and those joined to it by "and"."""
    for _ in range(DEEPEST):
        yield token
        following = next((child for child in token.children if child.dep_ == "conj"), None)
        if following is None:
            return
        token = following


def _term(role: str, token: Token, reading: Reading) -> Term | None:
    inner = _measured(token)
    if inner.pos_ == "NOUN":
        inner = next((c for c in inner.children if c.dep_ == "appos" and c.pos_ == "PROPN"), inner)
    head = reading.of_token[_numbered(inner, reading).i]
    if head < 0:
        return None
    if reading.words[head].kind in "n0" and is_unit(reading.words[head].lemma):
        role = role if role in _MOVED else "extent"
    found = [*_modifiers(inner, reading, DEEPEST), reading.of_token[inner.i]]
    modifiers = dict.fromkeys(i for i in found if i != head)
    return Term(role, head, tuple(modifiers), determiner(token), token.left_edge.idx)


def _numbered(token: Token, reading: Reading) -> Token:
    """The noun of a number by which a thing is called, where the parser has it the other way."""
    if token.i not in reading.numbered:
        return token
    return next((child for child in token.lefts if child.dep_ == "compound"), token)


def _measured(token: Token) -> Token:
    """The men in "a group of men"."""
    if (
        token.lemma_.lower() in _VAGUE
        or is_part(token.lemma_.lower())
        or token.pos_ == "NUM"
        or (token.pos_ != "NOUN" and token.lower_ in DETERMINERS)
    ):
        for child in token.children:
            if child.lower_ == "of":
                return next((noun for noun in child.children if noun.dep_ == "pobj"), token)
    return token


def _numbers_after(token: Token, reading: Reading) -> Iterator[int]:
    """The numbers by which a noun is called, wherever the parser hangs them: "lines 2 and 3"."""
    at, end = token.i + 1, len(token.doc)
    while at in reading.numbered:
        yield reading.of_token[at]
        at += 1
        # One or two words join them: "2 and 3", "2, 3, and 5".
        joint = (n for n in (1, 2) if at + n < end and at + n in reading.numbered)
        if at < end and token.doc[at].lower_ in JOINING:
            at += next(joint, 0)


def _modifiers(token: Token, reading: Reading, depth: int) -> Iterator[int]:
    if depth == 0:
        return
    yield from _numbers_after(token, reading)
    for child in token.children:
        purpose = child.dep_ == "acl" and child.tag_ == "VB"
        if purpose or child.dep_ in _MODIFIERS:
            if reading.of_token[child.i] >= 0 and child.lower_ not in DETERMINERS:
                yield reading.of_token[child.i]
            yield from _modifiers(child, reading, depth - 1)
        elif child.dep_ == "prep":
            yield from _modifiers(child, reading, depth - 1)
