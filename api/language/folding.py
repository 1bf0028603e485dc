"""How names and texts are compared: what counts as the same when it is written differently."""

import hashlib
import re
import unicodedata

# Typography, not spelling: the same name is typed with either mark.
_TYPOGRAPHY = str.maketrans(
    {"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2010": "-", "\u2011": "-"}
)

# Letters that Unicode does not take apart into a letter and its mark.
_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)


def fold(text: str) -> str:
    """Fold case, Unicode form, typographic marks and runs of white space."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    # Case folding can leave the composed form, and NFKC alone can leave capitals.
    folded = unicodedata.normalize("NFKC", folded).translate(_TYPOGRAPHY)
    return " ".join(folded.split())


def plain(name: str) -> str:
    """A name by its letters and digits alone: folded, without accents, marks and punctuation."""
    apart = unicodedata.normalize("NFKD", fold(name)).translate(_LETTERS)
    letters = "".join(each for each in apart if not unicodedata.combining(each))
    return " ".join(re.sub(r"['.]|[^\w\s]|_", _divide, letters).split())


def _divide(mark: re.Match[str]) -> str:
    # Points and apostrophes stand inside words (O'Brien, U.N.), other marks between them.
    return "" if mark[0] in "'." else " "


def text_key(text: str) -> bytes:
    """Sixteen bytes that are equal for texts of the same words."""
    return hashlib.blake2b(fold(text).encode(), digest_size=16).digest()


def slug(topic: str) -> str:
    """A topic as its key: folded, words joined by hyphens (``Peace talks`` → ``peace-talks``)."""
    return re.sub(r"[\W_]+", "-", fold(topic)).strip("-")
