"""The words of a text that carry meaning, names and fixed phrases as one, each with its lemma."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from api.language import lexicon, names, wordnet

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

LONGEST_PHRASE = 3
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
    """The words of a document and, for each of its tokens, the word it is part of (or -1)."""

    words: tuple[Word, ...]
    of_token: tuple[int, ...]


def read(doc: Doc) -> Reading:
    """The words of a parsed text, in order."""
    found: list[Word] = []
    of_token = [-1] * len(doc)
    for tokens in _groups(doc):
        word = _word(tokens)
        if word:
            for token in tokens:
                of_token[token.i] = len(found)
            found.append(word)
    return Reading(tuple(found), tuple(of_token))


def _groups(doc: Doc) -> Iterator[list[Token]]:
    at = 0
    while at < len(doc):
        length = _phrase_length(doc, at) or _name_length(doc, at)
        yield list(doc[at : at + length])
        at += length


def _phrase_length(doc: Doc, at: int) -> int:
    """How many tokens from here make a phrase that the lists or the names hold; 0 when none."""
    for length in range(LONGEST_PHRASE, 1, -1):
        tokens = doc[at : at + length]
        if (
            len(tokens) == length
            and tokens[-1].pos_ in {"NOUN", "PROPN", "ADJ"}
            and _is_phrase(list(tokens))
        ):
            return length
    return 0


def _is_phrase(tokens: list[Token]) -> bool:
    written = " ".join(token.lower_ for token in tokens)
    lemmas = " ".join([*(token.lower_ for token in tokens[:-1]), tokens[-1].lemma_.lower()])
    return written in lexicon.phrases() or lemmas in lexicon.phrases() or names.known(written)


def _name_length(doc: Doc, at: int) -> int:
    end = at + 1
    if _is_name(doc[at]) and doc[at].pos_ != "ADJ":
        while (
            end < len(doc)
            and doc[end].pos_ == "PROPN"
            and doc[end - 1].whitespace_
            and doc[end].text[0].isupper()
        ):
            end += 1
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


def _word(tokens: list[Token]) -> Word | None:
    first, last = tokens[0], tokens[-1]
    start, end = first.idx, last.idx + len(last)
    written = " ".join(token.lower_ for token in tokens)
    if (_is_name(first) and (len(tokens) == 1 or last.pos_ == "PROPN")) or (
        names.known(written) and first.text[:1].isupper()
    ):
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
    parts = [*(token.lower_ for token in tokens[:-1]), last.lemma_.lower(), *_particle(last)]
    return Word(start, end, " ".join(parts), kind)


def _particle(verb: Token) -> list[str]:
    """What makes one verb with it: the parser's particle, or what the lists join: "stand by"."""
    lemma = verb.lemma_.lower()
    for child in verb.children:
        joined = child.dep_ in {"advmod", "prep"} and lexicon.poles(f"{lemma} {child.lower_}")
        if child.dep_ == "prt" or joined:
            return [child.lower_]
    return []
