"""The ledger's speakers whom a text names, found without reading the others."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from api.language.words.folding import fold
from api.services.common.speaker_resolver import SpeakerResolver

# Capitalised words, with the small ones that stand inside names: "Ministry of Foreign Affairs".
_NAME = re.compile(
    r"[^\W\d_a-z][\w.'’-]*"
    r"(?:\s(?:(?:of|the|for|and|de|du|la|van|von|der|den|al|bin)\s){0,2}[^\W\d_a-z][\w.'’-]*)*"
)
_LONGEST = 8
_MOST_NAMES = 5_000


class KnownNames:
    """Tells which speaker bears a name of a text, and remembers what it told.

    A name that nobody asked for changed nothing in how the text was read: to see whether it would
    be read the same now, only those asked for are looked up again.

    Looked up, at once, are the runs of capitalised words, and the shorter runs in them, of which
    there are as many as the text has words: the number of speakers does not matter.

    Args:
        text: what names them.
        chosen: the mentions that the caller resolves, each with the name of a speaker.
    """

    def __init__(self, text: str, chosen: Mapping[str, str]) -> None:
        names = islice(dict.fromkeys(fold(name) for name in _names(text)), _MOST_NAMES)
        self._names = full_names(names)
        self._chosen = {fold(mention): name for mention, name in chosen.items()}
        self.asked: dict[str, str | None] = {}

    def __call__(self, name: str) -> str | None:
        """The full name of the one speaker whose name or alias this is, None where none is."""
        folded = fold(name)
        if folded in self._chosen:
            return self._chosen[folded]
        if folded in self._names:
            self.asked[folded] = self._names[folded]
        return self._names.get(folded)


def full_names(folded: Iterable[str]) -> dict[str, str | None]:
    """Each folded name or alias with the full name of the one speaker it fits, else None."""
    wanted = list(folded)
    resolver = SpeakerResolver.batched(wanted)
    found = {name: resolver.read(name).speaker for name in wanted}
    return {name: speaker.name if speaker else None for name, speaker in found.items()}


def _names(text: str) -> Iterator[str]:
    for found in _NAME.finditer(text):
        words = found[0].split()
        for start in range(len(words)):
            for end in range(start + 1, min(start + _LONGEST, len(words)) + 1):
                run = " ".join(words[start:end]).rstrip(".,'’-")
                yield run.removesuffix("'s").removesuffix("’s")
