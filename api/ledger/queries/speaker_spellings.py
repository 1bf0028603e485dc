"""Speakers found by how their names are spelled, and by what else tells who they are."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from api.language.words.folding import fold, plain
from api.ledger.models import Speaker, SpeakerName
from api.ledger.queries.statements import search
from api.ledger.storage.database import engine

_LONGEST_SPELLING = 100
_NEAR = 40
# A wrong letter spoils three trigrams: of six that names have, some are still right. All of them
# would be read ten times as long, the frequent ones from a large part of all names.
_TRIGRAMS = 6
_SAME = 100


def near(name: str, kinds: Collection[str]) -> list[Speaker]:
    """Speakers with a name or alias spelled like a name, those spelled the same all among them.

    Args:
        name: as it is written somewhere.
        kinds: the kinds of speakers to find.
    """
    spelling = plain(name)[:_LONGEST_SPELLING]
    same = SpeakerName.select(SpeakerName.speaker).where(SpeakerName.plain == spelling)
    found = _of(same, kinds, _SAME)
    if rarest := _rarest_trigrams(spelling):
        alike = SpeakerName.select(SpeakerName.speaker).where(engine().spelled(rarest, _NEAR))
        found += _of(alike, kinds, _NEAR)
    return list({speaker.id: speaker for speaker in found}.values())


def with_wikidata(ids: Sequence[str], kinds: Collection[str]) -> list[Speaker]:
    """Speakers with one of some Wikidata ids."""
    found = _present(kinds).where(Speaker.wikidata.in_(ids)).order_by(Speaker.id).limit(_SAME)
    return list(found)


def beginning(prefix: str, kinds: Collection[str], skip: int, limit: int) -> list[Speaker]:
    """Speakers with words that begin like each of a prefix's; those named like it come first."""
    if not search.terms(prefix):
        return []
    query = _present(kinds).where(Speaker.id.in_(search.speakers_named(prefix)))
    order = ((Speaker.folded != fold(prefix)), Speaker.folded, Speaker.id)
    return list(query.order_by(*order).offset(skip).limit(limit))


def _rarest_trigrams(spelling: str) -> list[str]:
    """Those of a spelling's trigrams that are in names at all, and in the fewest of them."""
    trigrams = sorted({spelling[start : start + 3] for start in range(len(spelling) - 2)})
    return engine().rarest(trigrams, _TRIGRAMS)


def _of(names: Any, kinds: Collection[str], limit: int) -> list[Speaker]:
    query = _present(kinds).where(Speaker.id.in_(names))
    return list(query.order_by(Speaker.id).limit(limit))


def _present(kinds: Iterable[str]) -> Any:
    return Speaker.select().where(Speaker.merged_into.is_null(), Speaker.kind.in_(list(kinds)))
