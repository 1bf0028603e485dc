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

# Characters that are not seen though they are there: Unicode's Default_Ignorable_Code_Point
# (DerivedCoreProperties.txt of 16.0), which Python's tables lack. First those that shape what is
# seen beside them, as joiners do in Persian and variation selectors in Japanese names.
_SHAPING = "\u034f\u17b4\u17b5\u180b-\u180d\u180f\u200c\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef"
_UNSEEN = (
    "\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0"
    "\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff"
    "\U000e01f0-\U000e0fff"
)
_UNSEEN_MARKS = re.compile(f"[{_UNSEEN}]")
_IGNORED = re.compile(f"[{_SHAPING}{_UNSEEN}]")


def visible(name: str) -> str:
    """A name without what is not seen of it: soft hyphens, zero widths, overrides of direction.

    What shapes the letters beside it stays.
    """
    return name if name.isascii() else _UNSEEN_MARKS.sub("", name)


def fold(text: str) -> str:
    """Fold case, Unicode form, typographic marks, runs of white space, and what is not seen."""
    if not text.isascii():
        text = _IGNORED.sub("", text)
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
