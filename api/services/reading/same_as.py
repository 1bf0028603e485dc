"""Who the speakers that are shown are elsewhere: their Wikidata ids."""

from collections.abc import Iterator, Mapping
from typing import Any

from api.ledger.queries import speakers


def wikidata_of(shown: Any) -> Mapping[int, str]:
    """The Wikidata ids of the speakers in anything that the ledger shows, by their own ids."""
    return speakers.wikidata_of({*_speakers(shown)})


def _speakers(shown: Any) -> Iterator[int]:
    if isinstance(shown, list):
        for each in shown:
            yield from _speakers(each)
    elif isinstance(shown, Mapping):
        for name, value in shown.items():
            if name == "speaker" and isinstance(value, Mapping):
                yield value["id"]
            elif isinstance(value, list | Mapping):
                yield from _speakers(value)
