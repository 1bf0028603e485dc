"""In which language a text is, short as it may be, so that only English is read as English.

The words of the text are looked up before the identifier is asked: of a short English text that is
half names it knows less than a list of English words does.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from api.language.words import wordnet
from api.language.words.datafiles import entries

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

ENGLISH = "en"
UNDETERMINED = "und"
"""The tag of a text that is not English, in a language that cannot be told."""
ENGLISH_WORDS = 0.7
"""Of the words in lower case, the part up to which they may belong to another language."""
SURELY = 0.2
"""By how much another language must be likelier than English: of 1,029 English texts, 866 of them
of this repository, it takes none for another language."""
LIKELY = 0.4
"""How likely a language must be to be named."""
SAMPLE = 2_000
"""Code points that are looked at: no language takes more to be told."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_NOT_LATIN = re.compile(r"[^\W\d_\x00-\u024f\u1e00-\u1eff]")
_ENDINGS = (
    *(("'s", ("",)), ("’s", ("",)), ("n't", ("",)), ("n’t", ("",)), ("ies", ("y",))),
    *(("es", ("", "e")), ("s", ("",)), ("ied", ("y",)), ("ed", ("", "e")), ("ing", ("", "e"))),
    *(("er", ("", "e")), ("est", ("", "e")), ("ly", ("",))),
)
_SHORTEST_STEM = 2
_lock = threading.Lock()


def identify(text: str) -> str:
    """The language tag of a text: "en" unless it tells otherwise, "und" where it tells no more."""
    sample = text[:SAMPLE]
    words = _WORD.findall(sample)
    letters = sum(map(len, words))
    if not letters:
        return ENGLISH
    is_latin = 2 * len(_NOT_LATIN.findall(sample)) <= letters
    if is_latin and (len(words) == 1 or _english_share(words) > ENGLISH_WORDS):
        return ENGLISH
    likely = dict(_identifier().rank(sample))
    english = likely.pop(ENGLISH)
    tag, surely = max(likely.items(), key=lambda each: each[1])
    if is_latin and surely - english < SURELY:
        return ENGLISH
    return tag if surely >= LIKELY else UNDETERMINED


def load() -> None:
    """Load the identifier (a second, once a process), so that forked workers share it."""
    with _lock:
        _loaded()


def called(tag: str) -> str:
    """The English name of a language that `identify` tells."""
    return languages().get(tag, "another language than English")


@cache
def languages() -> dict[str, str]:
    """The English names of the languages that are told apart, by their tags."""
    found = (entry.partition(":") for entry in entries("languages.txt"))
    return {tag.strip(): name.strip() for tag, _, name in found}


def _identifier() -> LanguageIdentifier:
    with _lock:
        return _loaded()


@cache
def _loaded() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    whole = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    # Short English is taken for pidgins, dead languages and those of few readers.
    whole.set_languages(list(languages()))
    # Made anew of what is left, so that the table of all languages, 28 MB, goes.
    return LanguageIdentifier(
        whole.nb_ptc,
        whole.nb_pc,
        whole.nb_classes,
        whole.tk_nextmove,
        whole.tk_output,
        norm_probs=True,
        tk_row=whole.tk_row,
    )


def _english_share(words: list[str]) -> float:
    """The part of English ones among the words in lower case, which names are not."""
    said = [word for word in words if word.islower()] or [word.lower() for word in words]
    return sum(map(_is_english, said)) / len(said)


def _is_english(word: str) -> bool:
    from spacy.lang.en.stop_words import STOP_WORDS

    return word in STOP_WORDS or any(
        wordnet.entry(stem, letter).senses for stem in _stems(word) for letter in "nvar"
    )


def _stems(word: str) -> Iterator[str]:
    """What an English word may be a form of."""
    yield word
    for ending, replaced in _ENDINGS:
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < _SHORTEST_STEM:
            continue
        yield from (stem + each for each in replaced)
        if stem[-1] == stem[-2]:
            yield stem[:-1]
