"""The names by which speakers are found, held against the speakers."""

from collections.abc import Mapping
from typing import Any

from api.language.words.folding import fold, plain
from api.ledger.storage.database import database
from api.services.verification.difference import Difference

_NAMES = "SELECT id, speaker_id, folded, plain FROM speaker_name WHERE speaker_id BETWEEN ? AND ?"


def resting(
    records: Mapping[int, dict[str, Any]],
) -> tuple[dict[int, dict[str, Any]], list[Difference]]:
    """What rests on some speakers: no counts, and the names that differ."""
    if not records:
        return {}, []
    wanted = {
        (each, fold(name))
        for each, record in records.items()
        if record["merged_into_id"] is None
        for name in (record["name"], *record["aliases"])
    }
    found: list[Difference] = []
    strange: list[tuple[int, int, str]] = []
    span = (min(records), max(records))
    for name_id, speaker_id, folded, spelled in database.execute_sql(_NAMES, span).fetchall():
        if (speaker_id, folded) in wanted:
            wanted.remove((speaker_id, folded))
            if spelled != plain(folded):
                what = "it is not what is made of the name."
                found.append(Difference("speaker_name", name_id, what, "plain"))
        elif speaker_id in records:
            strange.append((name_id, speaker_id, folded))
    missed = {folded for _, folded in wanted}
    for name_id, speaker_id, folded in strange:
        column = "speaker_id" if folded in missed else "folded"
        what = f"speaker {speaker_id} does not have it."
        found.append(Difference("speaker_name", name_id, what, column))
    found += [
        Difference("speaker_name", f"of speaker {each}", "a name is missing.")
        for each in sorted({speaker_id for speaker_id, _ in wanted})
    ]
    return {}, found
