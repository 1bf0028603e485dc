"""The ledger's speakers whom a text names, found without reading the others."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from api.language.folding import fold
from api.ledger import speakers
from api.ledger.models import Speaker
from api.ledger.speakers import UNNAMED

# Capitalised words, with the small ones that stand inside names: "Ministry of Foreign Affairs".
_NAME = re.compile(
    r"[^\W\d_a-z][\w.'’-]*"
    r"(?:\s(?:(?:of|the|for|and|de|du|la|van|von|der|den|al|bin)\s){0,2}[^\W\d_a-z][\w.'’-]*)*"
)
_LONGEST = 8
_MOST_NAMES = 5_000


def known_names(text: str) -> dict[str, str]:
    """Names and aliases in a text that fit a single speaker of the ledger, each to its full name.

    Looked up are the runs of capitalised words, and the shorter runs in them, of which there are
    as many as the text has words: the number of speakers does not matter.
    """
    names = list(islice(dict.fromkeys(_names(text)), _MOST_NAMES))
    fitting = speakers.by_name({fold(name) for name in names})
    return {
        name: bearers[0].name
        for name in names
        if len(bearers := bearing(fitting.get(fold(name), ()))) == 1
    }


def bearing(fitting: Iterable[Speaker]) -> list[Speaker]:
    """Those of the speakers who have a name, and are no mention that was left open."""
    return [speaker for speaker in fitting if speaker.kind != UNNAMED]


def _names(text: str) -> Iterator[str]:
    for found in _NAME.finditer(text):
        words = found[0].split()
        for start in range(len(words)):
            for end in range(start + 1, min(start + _LONGEST, len(words)) + 1):
                run = " ".join(words[start:end]).rstrip(".,'’-")
                yield run.removesuffix("'s").removesuffix("’s")
