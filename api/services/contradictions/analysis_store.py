"""What the engine read in each statement's text, kept to be compared with."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from api.contradictions import (
    ANALYSIS_VERSION,
    Analysis,
    Side,
    analyse,
    candidate_keys,
    outline,
)
from api.ledger import models as ledger
from api.ledger.models import Statement
from api.ledger.queries.statements import analyses, postings
from api.ledger.storage.database import database, engine
from api.settings import Settings

COMPARED_LANGUAGE = "en"

# What a side is known by: a digest of all that is compared.
Fingerprint = bytes


@dataclass(slots=True)
class Limits:
    """What a statement is held against, and by whom: set once, from the settings."""

    candidates: int
    postings: int
    raised: int
    opposed: int
    article_words: int
    statements: int
    compared: int
    statement_seconds: float
    nli_model: str


_default = Settings.model_construct()
limits = Limits(
    _default.max_candidates,
    _default.max_postings,
    _default.max_raised,
    _default.max_opposed,
    _default.max_article_words,
    _default.max_statements,
    _default.max_compared,
    _default.statement_timeout / 1000,
    _default.nli_model,
)


def analyse_text(text: str, language: str) -> Analysis | None:
    """Analyse a text, where it is in the language that is compared. Slow: do it outside a write."""
    return analyse_texts([text], language)[0]


def analyse_texts(texts: Sequence[str], language: str) -> Sequence[Analysis | None]:
    """Like ``read_text``, for many texts at once, which takes less time than one by one."""
    return analyse(texts) if language == COMPARED_LANGUAGE else [None] * len(texts)


def store_analysis(statement: Statement, analysis: Analysis | None) -> list[int]:
    """Keep what was read in an active statement's text, with the keys that lead to it.

    What was kept of it before must have been forgotten.

    Returns:
        The keys, as numbers.
    """
    if analysis is None:
        return []
    kept = as_kept(analysis)
    keys = list(postings.unpack(kept.keys))
    analyses.add(statement.id, kept, postings.add(statement.id, keys))
    return keys


def as_kept(analysis: Analysis) -> analyses.Kept:
    """What is kept of what was read in a text."""
    return analyses.Kept(
        ANALYSIS_VERSION,
        outline(analysis).to_bytes(),
        postings.pack(postings.numbers(candidate_keys(analysis))),
        analysis.to_bytes(),
    )


def delete_analysis(statement: Statement) -> None:
    """Let no new statement meet this one."""
    keys = postings.kept(statement.id)
    if keys is not None:
        postings.remove(statement.id, keys)
        ledger.Analysis.erase(ledger.Analysis.statement == statement)


def fingerprints(ids: Iterable[int]) -> dict[int, Fingerprint]:
    """What active statements say to the engine, each as what its side is known by.

    Far cheaper than the sides themselves, which have all that was read in their texts.
    """
    rows = compared(ids, "")
    return {
        row[0]: _digest(*row[1:4], orjson.loads(row[4]), *row[5:7], bool(row[7])) for row in rows
    }


def fingerprint(side: Side) -> Fingerprint:
    """What a side is known by: sides that differ in nothing that is compared have the same."""
    return _digest(
        side.text,
        side.speaker,
        side.speaker_kind,
        list(side.aliases),
        side.said_earliest,
        side.said_latest,
        side.said,
    )


def _digest(*seen: Any) -> Fingerprint:
    return hashlib.blake2b(orjson.dumps(seen), digest_size=16).digest()


def sides(ids: Iterable[int]) -> dict[int, Side]:
    """Active statements as the engine sees them; those in other languages are missing."""
    rows = compared(ids, ", analysis.version, data")
    return {row[0]: _side(*row[1:]) for row in rows}


def compared(ids: Iterable[int], more: str) -> list[Sequence[Any]]:
    """What is compared of active statements, and more columns where they are asked for."""
    # Plain SQL: it is asked once a statement while the ledger is locked, and building the query
    # takes longer than running it.
    # What is concatenated is in no index: SQLite goes by the ids, not by all that are active.
    rows = database.execute_sql(
        "SELECT statement.id, text, name, speaker.kind, aliases, said_earliest, said_latest, "  # noqa: S608
        f"said_on IS NOT NULL{more} FROM statement JOIN speaker ON speaker.id = speaker_id "
        "JOIN analysis ON analysis.statement_id = statement.id "
        f"WHERE status || '' = 'active' AND {engine().among('statement.id')}",
        [engine().listed(ids)],
    )
    return rows.fetchall()  # type: ignore[no-any-return]


def _side(
    text: str,
    speaker: str,
    kind: str,
    aliases: str,
    earliest: str | None,
    latest: str | None,
    said: Any,
    version: int,
    data: bytes,
) -> Side:
    if version == ANALYSIS_VERSION:
        analysis = Analysis.from_bytes(bytes(data), text)
    else:
        analysis = analyse([text])[0]
    return Side(
        text=text,
        analysis=analysis,
        speaker=speaker,
        speaker_kind=kind,
        aliases=tuple(orjson.loads(aliases)),
        said_earliest=earliest,
        said_latest=latest,
        said=bool(said),
    )
