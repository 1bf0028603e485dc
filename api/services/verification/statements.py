"""What rests on statements and is made of their records: topics, names, counts, what was read."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from api.contradictions import ANALYSIS_VERSION, Analysis, analyse
from api.ledger.queries import contradictions
from api.ledger.queries.statements import analyses, postings
from api.ledger.storage.database import database, engine
from api.services.contradictions.analysis_store import COMPARED_LANGUAGE, as_kept
from api.services.verification.difference import BATCH, Difference, Found

_Records = Mapping[int, dict[str, Any]]
_APPEARANCES = (
    "SELECT statement_id, count(*) FROM appearance WHERE statement_id BETWEEN ? AND ? GROUP BY 1"
)
_STANDING = (
    "SELECT {side}, count(*) FROM contradiction WHERE {side} BETWEEN ? AND ? "
    "AND status || '' IN (?, ?) GROUP BY 1"
)
_TOPICS = "SELECT statement_id, topic FROM statement_topic WHERE statement_id BETWEEN ? AND ?"
_ANALYSES = (
    "SELECT statement_id, version, outline, keys, data, counted, digest FROM analysis "
    "WHERE statement_id BETWEEN ? AND ?"
)
_NOT_READ = "it is kept of a text that is not compared."
_OTHER = "it is not what is read in the text."


@dataclass(slots=True)
class Texts:
    """What is read in texts, as it is looked at.

    Args:
        is_deep: whether each text is read again.
        expected: what all postings come to, by what was read.
        others: how many were read by another version of the reader.
    """

    is_deep: bool = False
    expected: postings.Sums = field(default_factory=postings.Sums)
    others: int = 0

    def resting(self, records: _Records) -> tuple[dict[int, dict[str, Any]], list[Difference]]:
        """What rests on some statements: the counts beside them, and what differs elsewhere."""
        if not records:
            return {}, []
        span = (min(records), max(records))
        appeared = Counter(dict(database.execute_sql(_APPEARANCES, span).fetchall()))
        standing: Counter[int] = Counter()
        for side in ("first_id", "second_id"):
            read = _STANDING.format(side=side)
            standing.update(
                dict(database.execute_sql(read, [*span, *contradictions.STANDING]).fetchall())
            )
        counts = {
            each: {"appearances": appeared[each], "contradiction_count": standing[each]}
            for each in records
        }
        elsewhere = [*_topics(records, span), *_external_ids(records), *self._read(records, span)]
        return counts, elsewhere

    def _read(self, records: _Records, span: tuple[int, int]) -> Iterator[Difference]:
        found = {
            row[0]: (analyses.Kept(row[1], *map(bytes, row[2:5])), row[5], row[6])
            for row in database.execute_sql(_ANALYSES, span).fetchall()
        }
        wanted = {each for each, record in records.items() if _is_compared(record)}
        for each in sorted(wanted - found.keys()):
            yield Difference("analysis", each, "it is missing.")
        looked_at = []
        for each, (kept, counted, digest) in found.items():
            self.expected.add(each, postings.unpack(kept.keys), counted or 0)
            self.others += kept.version != ANALYSIS_VERSION
            if each not in wanted:
                if each in records:
                    yield Difference("analysis", each, _NOT_READ)
            elif digest is None or bytes(digest) != analyses.digest(each, kept, counted or 0):
                looked_at.append(each)
                yield from _anew(each, records[each]["text"], kept, counted, digest)
        if self.is_deep:
            deep = [
                each
                for each in wanted & found.keys() - {*looked_at}
                if found[each][0].version == ANALYSIS_VERSION
            ]
            texts = analyse([records[each]["text"] for each in deep])
            for each, read in zip(deep, texts, strict=True):
                yield from _unlike(each, read, found[each][0])


def _is_compared(record: dict[str, Any]) -> bool:
    return (record["status"], record["language"]) == ("active", COMPARED_LANGUAGE)


def _anew(
    statement_id: int, text: str, kept: analyses.Kept, counted: int | None, digest: bytes | None
) -> Iterator[Difference]:
    """Which columns are not what is read in a text whose digest does not fit."""
    if kept.version != ANALYSIS_VERSION:
        was = kept._replace(version=ANALYSIS_VERSION)
        if digest is not None and bytes(digest) == analyses.digest(statement_id, was, counted or 0):
            yield Difference("analysis", statement_id, _OTHER, "version")
        else:
            what = "it does not fit what is kept; counterclaim recheck reads the text anew."
            yield Difference("analysis", statement_id, what, "digest")
        return
    (read,) = analyse([text])
    unlike = list(_unlike(statement_id, read, kept))
    yield from unlike
    if not unlike:
        there = postings.of(statement_id, postings.unpack(kept.keys))
        is_counted = analyses.counted(there) == counted
        what = "it is not what was kept with what was read."
        yield Difference("analysis", statement_id, what, "digest" if is_counted else "counted")


def _unlike(statement_id: int, read: Analysis, kept: analyses.Kept) -> Iterator[Difference]:
    made = as_kept(read)._asdict()
    for name, value in kept._asdict().items():
        if made[name] != value:
            yield Difference("analysis", statement_id, _OTHER, name)


def _topics(records: _Records, span: tuple[int, int]) -> Iterator[Difference]:
    found: defaultdict[int, set[str]] = defaultdict(set)
    for each, topic in database.execute_sql(_TOPICS, span).fetchall():
        found[each].add(topic)
    for each, record in records.items():
        wanted = {*record["topics"]} if record["status"] == "active" else set()
        for topic in sorted(wanted ^ found[each]):
            what = "it is missing." if topic in wanted else f"statement {each} does not have it."
            yield Difference("statement_topic", f"({topic}, {each})", what)


def _external_ids(records: _Records) -> Iterator[Difference]:
    wanted = {
        name: (each, record["status"] == "active")
        for each, record in records.items()
        for name in record["external_ids"]
    }
    rows = database.execute_sql(
        "SELECT external_id, statement_id FROM statement_external_id "  # noqa: S608
        f"WHERE {engine().among('external_id')}",
        [engine().listed(wanted)],
    )
    found = dict(rows.fetchall())
    for name, (each, is_active) in wanted.items():
        # Where the same was recorded anew, the id of what was retracted leads there.
        if name not in found:
            yield Difference("statement_external_id", name, "it is missing.")
        elif is_active and found[name] != each:
            what = f"it does not lead to statement {each}, which has it."
            yield Difference("statement_external_id", name, what, "statement_id")


_LED = """
    SELECT led.external_id, led.statement_id, statement.external_ids
    FROM statement_external_id AS led JOIN statement ON statement.id = led.statement_id
    WHERE led.external_id > ? ORDER BY led.external_id LIMIT ?
"""


def ids_of_others() -> Found:
    """External ids that lead to a statement which has another, or none."""
    after = ""
    while rows := database.execute_sql(_LED, [after, BATCH]).fetchall():
        for name, statement_id, names in rows:
            if name not in _listed(names):
                what = f"statement {statement_id} does not have it."
                yield Difference("statement_external_id", name, what, "statement_id")
        after = rows[-1][0]
        yield 0


def _listed(names: str) -> Collection[str]:
    try:
        found = orjson.loads(names)
    except orjson.JSONDecodeError:
        return ()
    return found if isinstance(found, list) else ()


_COUNTS = (
    "SELECT name FROM topic LEFT JOIN statement_topic ON topic = name "
    "GROUP BY name, statements HAVING statements <> count(topic) ORDER BY name"
)


def topic_counts() -> Found:
    """Topics that do not count the statements that have them."""
    for (name,) in database.execute_sql(_COUNTS):
        yield Difference("topic", name, "it is not how many statements have it.", "statements")
    yield 0
