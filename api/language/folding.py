"""How names and texts are compared: what counts as the same when it is written differently."""

import hashlib
import re
import unicodedata

# Typography, not spelling: the same name is typed with either mark.
_TYPOGRAPHY = str.maketrans(
    {"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2010": "-", "\u2011": "-"}
)


def fold(text: str) -> str:
    """Fold case, Unicode form, typographic marks and runs of white space."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    # Case folding can leave the composed form, and NFKC alone can leave capitals.
    folded = unicodedata.normalize("NFKC", folded).translate(_TYPOGRAPHY)
    return " ".join(folded.split())


def text_key(text: str) -> bytes:
    """Sixteen bytes that are equal for texts of the same words."""
    return hashlib.blake2b(fold(text).encode(), digest_size=16).digest()


def slug(topic: str) -> str:
    """A topic as its key: folded, words joined by hyphens (``Peace talks`` → ``peace-talks``)."""
    return re.sub(r"[\W_]+", "-", fold(topic)).strip("-")
