"""What reviewers decided, held against the history of it."""

from collections.abc import Iterator
from typing import Any

from api.ledger.history import decisions
from api.ledger.models import Change
from api.ledger.storage.database import database, engine
from api.ledger.storage.keyset_pages import run
from api.services.verification.difference import BATCH, Difference, Found
from api.services.verification.records import record_of

_ROWS = f"SELECT pair, {', '.join(decisions.COLUMNS)} FROM decision"  # noqa: S608


def decided() -> Found:
    """Check each decision that the history has, and that there is no other."""
    after = -1
    while latest := _latest(after):
        records = {
            number: record
            for number, record in latest.items()
            if record is not None and _is_whole(record)
        }
        yield from _compare(records)
        after = max(latest)
        yield 0
    yield from _without_history()


def _latest(after: int) -> dict[int, dict[str, Any] | None]:
    """What the latest versions of the next decisions say; None where one was taken back."""
    numbers = (
        Change.select(Change.subject_id)
        .where(Change.subject == decisions.NAME, Change.subject_id > after)
        .distinct()
        .order_by(Change.subject_id)
        .limit(BATCH)
    )
    asked = [number for (number,) in run(numbers)]
    versions = Change.select(Change.id, Change.subject_id, Change.version, Change.packed).where(
        Change.subject == decisions.NAME, Change.subject_id.in_(asked)
    )
    ordered = versions.order_by(Change.subject_id, Change.version) if asked else ()
    return {change.subject_id: record_of(change) for change in ordered}


def _is_whole(record: dict[str, Any]) -> bool:
    if not {"pair", *decisions.COLUMNS} <= record.keys():
        return False
    try:
        return bool(bytes.fromhex(record["pair"]))
    except (ValueError, TypeError):
        return False


def _compare(records: dict[int, dict[str, Any]]) -> Iterator[Difference]:
    pairs = [bytes.fromhex(record["pair"]) for record in records.values()]
    marks = ", ".join("?" * len(pairs))
    rows = database.execute_sql(f"{_ROWS} WHERE pair IN ({marks})", pairs) if pairs else ()
    found = {bytes(pair).hex(): values for pair, *values in rows}
    for record in records.values():
        values = found.get(record["pair"])
        if values is None:
            yield Difference("decision", record["pair"], "it is missing: nobody took it back.")
            continue
        for name, value in zip(decisions.COLUMNS, values, strict=True):
            if record[name] != value:
                what = "it is not what the latest version says."
                yield Difference("decision", record["pair"], what, name)


def _without_history() -> Iterator[Difference]:
    after = b""
    while rows := database.execute_sql(
        "SELECT pair FROM decision WHERE pair > ? ORDER BY pair LIMIT ?", [after, BATCH]
    ).fetchall():
        numbers = {decisions.number(bytes(pair)): bytes(pair) for (pair,) in rows}
        known = database.execute_sql(
            "SELECT subject_id FROM change AS latest WHERE subject = ? "  # noqa: S608
            f"AND {engine().among('subject_id')} AND length(record) > 0 AND NOT EXISTS ("
            "SELECT 1 FROM change AS later WHERE later.subject = latest.subject "
            "AND later.subject_id = latest.subject_id AND later.version > latest.version)",
            [decisions.NAME, engine().listed(numbers)],
        )
        for number in sorted(numbers.keys() - {row[0] for row in known.fetchall()}):
            what = "it is in the ledger without any history."
            yield Difference("decision", numbers[number].hex(), what)
        after = bytes(rows[-1][0])
