"""Of what kind a speaker is of whom nothing is known but the name."""

from __future__ import annotations

import re

from api.extraction.text.extracted import SpeakerKind
from api.extraction.text.phrases import nouns
from api.language.words.crowds import is_crowd

# Small words inside the names of people, and those inside other names.
_OF_PEOPLE = frozenset(
    {
        "al",
        "bin",
        "bint",
        "da",
        "de",
        "del",
        "den",
        "der",
        "di",
        "dos",
        "du",
        "e",
        "el",
        "la",
        "le",
        "van",
        "vom",
        "von",
        "y",
        "zu",
    }
)
_OF_OTHERS = frozenset({"of", "the", "for", "and"})
_LONGEST_NAME = 5
# Who or what spreads something, besides what somebody puts out ("posts", "reports").
_SPREADING = frozenset(
    {
        "account",
        "claim",
        "graphic",
        "image",
        "media",
        "meme",
        "message",
        "page",
        "people",
        "photo",
        "picture",
        "rumor",
        "rumour",
        "source",
        "user",
        "video",
        "website",
    }
)


def speaker_kind(name: str) -> SpeakerKind:
    """Tell people, organisations and documents by their names from "Facebook posts".

    What cannot be told is ``unnamed``, which is no name to hold anybody to.
    """
    if is_crowd(name):
        return "unnamed"
    name = re.sub(r"(?<!\s)\s*\([^()]*\)", "", name).removeprefix("The ")
    written = name.split()
    head = _head(written)
    if head in nouns("publication") | _SPREADING:
        return "unnamed"
    if head in nouns("document"):
        return "document"
    if head in nouns("organization") or (len(written) == 1 and name[:1].isupper()):
        return "organization"
    lower = {word for word in written if not word[:1].isupper()}
    if not set(written) - lower or not lower <= _OF_PEOPLE | _OF_OTHERS:
        return "unnamed"
    is_person = lower <= _OF_PEOPLE and len(written) <= _LONGEST_NAME
    return "person" if is_person else "organization"


def _head(written: list[str]) -> str:
    """The noun that says what it is, in the singular: "Ministry" of "Ministry of Health"."""
    words = [re.sub(r"[^\w-]", "", word.casefold()) for word in written]
    end = next((i for i, word in enumerate(words) if word in _OF_OTHERS and i), len(words))
    head = words[end - 1] if words else ""
    known = nouns("publication") | _SPREADING | nouns("document") | nouns("organization")
    return head.removesuffix("s") if head not in known else head
