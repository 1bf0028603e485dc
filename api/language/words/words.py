"""The words of a text that carry meaning, names and fixed phrases as one, each with its lemma."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from api.language.words import lexicon, names, wordnet
from api.language.words.designations import designations, is_first_of_its_name
from api.language.words.ordinals import ordinal_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

LONGEST_PHRASE = 3
MOST_JOINED = 2
"""Words that a verb is joined with at the most: "opt out of"."""

_JOINING = frozenset({"advmod", "dobj", "prep", "prt"})
_LIGHT = frozenset(
    {"bring", "cast", "come", "do", "draw", "get", "give", "go", "have", "lay", "make", "pay"}
    | {"put", "set", "strike", "take", "throw"}
)
"""Verbs that say little without their object."""
_LETTERS = {
    "NOUN": "n",
    "PROPN": "N",
    "VERB": "v",
    "AUX": "v",
    "ADJ": "a",
    "ADV": "r",
    "PRON": "p",
    "NUM": "0",
}


class Word(NamedTuple):
    """A word or fixed phrase: `text[start:end]`, its lower-case lemma and its kind.

    Kinds are `n` noun, `N` name, `v` verb, `a` adjective, `r` adverb, `p` pronoun, `0` number.
    """

    start: int
    end: int
    lemma: str
    kind: str


class Reading(NamedTuple):
    """The words of a document and, for each of its tokens, the word it is part of (or -1).

    `numbered` are the tokens that are numbers by which a thing is called: see `designations`.
    """

    words: tuple[Word, ...]
    of_token: tuple[int, ...]
    numbered: frozenset[int] = frozenset()


def read(doc: Doc) -> Reading:
    """The words of a parsed text, in order."""
    found: list[Word] = []
    of_token = [-1] * len(doc)
    absorbed: dict[int, Token] = {}
    numbered = designations(doc)
    for tokens in _groups(doc, numbered):
        if tokens[0].i in absorbed:
            continue
        joined = _joined(tokens[-1])
        word = _number_as_name(tokens[0], numbered) or _word(tokens, joined)
        if word:
            absorbed.update((token.i, tokens[-1]) for token in joined if token.dep_ == "dobj")
            for token in tokens:
                of_token[token.i] = len(found)
            found.append(word)
    for index, verb in absorbed.items():
        of_token[index] = of_token[verb.i]
    return Reading(tuple(found), tuple(of_token), frozenset(numbered))


def _number_as_name(token: Token, numbered: Mapping[int, str]) -> Word | None:
    lemma = numbered.get(token.i)
    return None if lemma is None else Word(token.idx, token.idx + len(token), lemma, "N")


def _groups(doc: Doc, numbered: Mapping[int, str]) -> Iterator[list[Token]]:
    at = 0
    while at < len(doc):
        alone = at in numbered
        length = 1 if alone else _phrase_length(doc, at) or _name_length(doc, at, numbered)
        yield list(doc[at : at + length])
        at += length


def _phrase_length(doc: Doc, at: int) -> int:
    """How many tokens from here make a phrase that the lists or the names hold; 0 when none."""
    for length in range(LONGEST_PHRASE, 1, -1):
        tokens = doc[at : at + length]
        if (
            len(tokens) == length
            and tokens[-1].pos_ in {"NOUN", "PROPN", "ADJ"}
            and not (tokens[0].pos_ == "VERB" and tokens[-1].dep_ == "dobj")
            and _is_phrase(list(tokens))
        ):
            return length
    return 0


def _is_phrase(tokens: list[Token]) -> bool:
    written = " ".join(token.lower_ for token in tokens)
    lemmas = " ".join([*(token.lower_ for token in tokens[:-1]), tokens[-1].lemma_.lower()])
    return not lexicon.compounds().isdisjoint((written, lemmas)) or names.known(written)


def _name_length(doc: Doc, at: int, numbered: Mapping[int, str]) -> int:
    end = at + 1
    if _is_name(doc[at]) and doc[at].pos_ != "ADJ":
        while (
            end < len(doc)
            and end not in numbered
            and doc[end].pos_ == "PROPN"
            and doc[end - 1].whitespace_
            and doc[end].text[0].isupper()
        ):
            end += 1
        end += end < len(doc) and is_first_of_its_name(doc[end])
    return end - at


def _is_name(token: Token) -> bool:
    text = token.text
    if not text[:1].isalpha() or token.pos_ not in {"PROPN", "NOUN", "ADJ", "X"}:
        return False
    if names.known(token.lower_) and (text[0].isupper() or token.pos_ == "PROPN"):
        return True
    if token.pos_ == "PROPN":
        return True
    unknown = not any(wordnet.entry(token.lemma_.lower(), letter).senses for letter in "nav")
    return text[0].isupper() and unknown and not text.isupper()


def _word(tokens: list[Token], joined: list[Token]) -> Word | None:
    first, last = tokens[0], tokens[-1]
    start, end = first.idx, last.idx + len(last)
    written = " ".join(token.lower_ for token in tokens)
    whole = len(tokens) == 1 or last.pos_ == "PROPN" or is_first_of_its_name(last)
    if (_is_name(first) and whole) or (names.known(written) and first.text[:1].isupper()):
        return Word(start, end, names.canonical(written), "N")
    kind = _LETTERS.get(last.pos_)
    if kind is None or not first.text[0].isalnum():
        return None
    if (
        kind == "v"
        and not wordnet.entry(last.lemma_.lower(), "v").senses
        and wordnet.entry(last.lower_, "a").senses
    ):
        return Word(start, end, last.lower_, "a")
    if len(tokens) > 1 and written in lexicon.compounds():
        return Word(start, end, written, kind)
    if kind == "a" and (ordinal := ordinal_of(last.lower_)):
        return Word(start, end, ordinal, kind)
    parts = [*(token.lower_ for token in tokens[:-1]), last.lemma_.lower(), *map(_part, joined)]
    return Word(start, end, " ".join(parts), kind)


def _joined(verb: Token) -> list[Token]:
    """What makes one verb with it, by the lists or the parser: "stand by", "opt out of".

    The longest that the lists hold; else the parser's particle.
    """
    if verb.pos_ not in {"AUX", "VERB"}:
        return []
    lemma = verb.lemma_.lower()
    after = [child for child in verb.children if child.i > verb.i and child.dep_ in _JOINING]
    for length in range(MOST_JOINED, 0, -1):
        for tokens in combinations(after, length):
            phrase = " ".join((lemma, *map(_part, tokens)))
            known = lexicon.poles(phrase) or (phrase in lexicon.phrases() and _is_light(tokens))
            if known and _follow(verb, tokens):
                return list(tokens)
    return [child for child in after if child.dep_ == "prt"][:1]


def _follow(verb: Token, tokens: Sequence[Token]) -> bool:
    """Whether each preposition follows the word before it: not "sold arms for years"."""
    before = (verb, *tokens)
    return all(
        token.dep_ != "prep" or token.i == previous.i + 1
        for previous, token in zip(before, tokens, strict=False)
    )


def _is_light(tokens: Sequence[Token]) -> bool:
    """Whether an object, where there is one, says no event itself: "set foot", "give way"."""
    return all(
        token.dep_ != "dobj"
        or (
            token.head.lemma_.lower() in _LIGHT
            and not wordnet.entry(token.lemma_.lower(), "n").verbs
        )
        for token in tokens
    )


def _part(token: Token) -> str:
    return token.lemma_.lower() if token.dep_ == "dobj" else token.lower_
