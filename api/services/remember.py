"""What the engine read in each statement's text, and the keys by which statements meet."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from api.contradictions import ANALYSIS_VERSION, Analysis, Side, analyse, candidate_keys
from api.ledger import models as ledger
from api.ledger.database import database
from api.ledger.models import Speaker, Statement, StatementKey
from api.settings import Settings

COMPARED_LANGUAGE = "en"
# Keys of one text by which others are looked up; SQLite joins at most 500 selects.
_MOST_KEYS = 200


@dataclass(slots=True)
class Limits:
    """What a statement is held against, and by whom: set once, from the settings."""

    candidates: int
    postings: int
    nli_model: str


limits = Limits(Settings().max_candidates, Settings().max_postings, Settings().nli_model)


def read_text(text: str, language: str) -> Analysis | None:
    """Analyse a text, where it is in the language that is compared. Slow: do it outside a write."""
    return read_texts([text], language)[0]


def read_texts(texts: Sequence[str], language: str) -> Sequence[Analysis | None]:
    """Like ``read_text``, for many texts at once, which takes less time than one by one."""
    return analyse(texts) if language == COMPARED_LANGUAGE else [None] * len(texts)


def remember(statement: Statement, analysis: Analysis | None) -> None:
    """Keep what was read in an active statement's text, with the keys that lead to it."""
    forget(statement)
    if analysis is None:
        return
    ledger.Analysis.insert(
        statement=statement, version=ANALYSIS_VERSION, data=analysis.to_bytes()
    ).execute()
    keys = [(key, statement.id) for key in sorted(candidate_keys(analysis))]
    if keys:
        StatementKey.insert_many(keys, fields=["key", "statement"]).execute()


def forget(statement: Statement) -> None:
    """Let no new statement meet this one."""
    ledger.Analysis.erase(ledger.Analysis.statement == statement)
    StatementKey.erase(StatementKey.statement == statement)


def met_by(analysis: Analysis, own_id: int) -> list[int]:
    """The statements that one may contradict: those that share the most and the rarest keys.

    For each key only the newest are read, so that the cost does not grow with the ledger.
    """
    # Longer words are rarer, and tell more of what a long text is about.
    keys = sorted(candidate_keys(analysis), key=lambda key: (-len(key), key))[:_MOST_KEYS]
    if not keys:
        return []
    newest = (
        "SELECT * FROM (SELECT key, statement_id FROM statement_key "
        "WHERE key = ? AND statement_id <> ? ORDER BY statement_id DESC LIMIT ?)"
    )
    postings = database.execute_sql(
        " UNION ALL ".join([newest] * len(keys)),
        [value for key in keys for value in (key, own_id, limits.postings)],
    ).fetchall()
    frequency = Counter(key for key, _ in postings)
    weight: defaultdict[int, float] = defaultdict(float)
    for key, statement_id in postings:
        weight[statement_id] += 1 / frequency[key]
    ranked = sorted(weight, key=lambda statement_id: (-weight[statement_id], -statement_id))
    return ranked[: limits.candidates]


def sides(ids: Iterable[int]) -> dict[int, Side]:
    """Active statements as the engine sees them; those in other languages are missing."""
    rows = (
        Statement.select(Statement, Speaker, ledger.Analysis)
        .join(Speaker)
        .join_from(Statement, ledger.Analysis)
        .where(Statement.id.in_(list(ids)), Statement.status == "active")
    )
    return {statement.id: _stored_side(statement) for statement in rows}


def _stored_side(statement: Any) -> Side:
    stored = statement.analysis
    if stored.version == ANALYSIS_VERSION:
        analysis = Analysis.from_bytes(bytes(stored.data), statement.text)
    else:
        analysis = analyse([statement.text])[0]
    return Side(
        text=statement.text,
        analysis=analysis,
        speaker=statement.speaker.name,
        speaker_kind=statement.speaker.kind,
        aliases=tuple(statement.speaker.aliases),
        said_earliest=statement.said_earliest,
        said_latest=statement.said_latest,
        said=statement.said_on is not None,
    )
