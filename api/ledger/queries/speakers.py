"""Speakers: found by name or alias, shown, listed."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from api.language.words.folding import fold, plain
from api.ledger.models import Speaker, SpeakerName
from api.ledger.queries.statements import search
from api.ledger.queries.statements.statement_filters import is_one_of
from api.ledger.storage.keyset_pages import Order, Position, Slice, run, take_merged

UNNAMED = "unnamed"
"""What an article leaves open, or "officials": a mention rather than a name."""

SHOWN = (
    Speaker.id,
    Speaker.name,
    Speaker.kind,
    Speaker.aliases,
    Speaker.role,
    Speaker.wikidata,
    Speaker.distinct,
    Speaker.version,
    Speaker.created_at,
    Speaker.updated_at,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerFilter:
    """Which speakers a list holds. Filters are joined by AND, the values of one by OR."""

    q: str | None = None
    kind: Sequence[str] = ()
    wikidata: Sequence[str] = ()


def speaker_json(row: Sequence[Any]) -> dict[str, Any]:
    """A row of the shown columns under the names of the contract."""
    return {
        "id": row[0],
        "name": row[1],
        "kind": row[2],
        "aliases": orjson.Fragment(row[3]),
        "role": row[4],
        "wikidata": row[5],
        "distinct": bool(row[6]),
        "version": row[7],
        "created_at": row[8],
        "updated_at": row[9],
    }


def read(speaker_id: int) -> dict[str, Any]:
    """One speaker, who must exist."""
    (row,) = run(Speaker.select(*SHOWN).where(Speaker.id == speaker_id))
    return speaker_json(row)


def wikidata_of(ids: Iterable[int]) -> dict[int, str]:
    """The Wikidata ids of those of some speakers who have one."""
    known = Speaker.select(Speaker.id, Speaker.wikidata).where(is_one_of(Speaker.id, ids))
    return {row[0]: row[1] for row in run(known) if row[1] is not None}


def page(
    wanted: SpeakerFilter, after: Position | None, limit: int, columns: Sequence[Any] = SHOWN
) -> Slice:
    """A page of speakers in the order of their folded names."""
    query = Speaker.select(*columns).where(Speaker.merged_into.is_null())
    if wanted.q is not None:
        query = query.where(Speaker.id.in_(search.speakers_named(wanted.q)))
    if wanted.wikidata:
        query = query.where(Speaker.wikidata.in_(wanted.wikidata))
    kinds = dict.fromkeys(wanted.kind)
    # Those of each kind have an index in this order.
    parts = [query.where(Speaker.kind == kind) for kind in kinds] if kinds else [query]
    return take_merged(parts, Order((Speaker.folded, Speaker.id)), after, limit)


def bearers(folded: str) -> list[Speaker]:
    """The speakers who bear a folded name or alias, in the order of their ids."""
    found = (Speaker.one(id=row.speaker_id) for row in SpeakerName.those(folded=folded))
    there = [bearer for bearer in found if bearer and bearer.merged_into_id is None]
    return sorted(there, key=lambda speaker: speaker.id)


def by_name(folded: Collection[str]) -> dict[str, list[Speaker]]:
    """The bearers of each of several folded names; see ``bearers``."""
    if not folded:
        return {}
    rows = (
        SpeakerName.select(SpeakerName, Speaker)
        .join(Speaker)
        .where(SpeakerName.folded.in_(list(folded)), Speaker.merged_into.is_null())
        .order_by(Speaker.id)
    )
    found: dict[str, list[Speaker]] = {}
    for row in rows:
        found.setdefault(row.folded, []).append(row.speaker)
    return found


def with_word(word: str, limit: int) -> list[Speaker]:
    """Speakers who have a word, such as a surname, in a name or alias, the first recorded first."""
    query = Speaker.select().where(
        Speaker.id.in_(search.speakers_with(word)),
        Speaker.merged_into.is_null(),
        Speaker.kind != UNNAMED,
    )
    return list(query.order_by(Speaker.id).limit(limit))


def name_as(speaker: Speaker) -> None:
    """Let a speaker be found by its name and aliases, and by no others."""
    wanted = {fold(name) for name in (speaker.name, *speaker.aliases)}
    had = {row.folded for row in SpeakerName.those(speaker=speaker)}
    if had - wanted:
        SpeakerName.erase(SpeakerName.speaker == speaker, SpeakerName.folded.not_in(wanted))
    SpeakerName.add_all(
        {"speaker": speaker, "folded": folded, "plain": plain(folded)}
        for folded in sorted(wanted - had)
    )


def final(speaker_id: int) -> Speaker | None:
    """The speaker into whom this one was merged in the end, itself if it was not; or None."""
    speaker = Speaker.one(id=speaker_id)
    while speaker is not None and speaker.merged_into_id is not None:
        speaker = Speaker.one(id=speaker.merged_into_id)
    return speaker


def finals(speaker_ids: Collection[int]) -> dict[int, Speaker]:
    """Those of the ids that exist, each with the speaker it was merged into in the end."""
    if not speaker_ids:
        return {}
    found: dict[int, Speaker] = {}
    for each in Speaker.select().where(is_one_of(Speaker.id, speaker_ids)):
        speaker = each if each.merged_into_id is None else final(each.id)
        if speaker is not None:
            found[each.id] = speaker
    return found
