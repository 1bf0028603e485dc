"""The time as the ledger writes it."""

from datetime import UTC, datetime, timedelta


def now() -> str:
    """The present moment as a stamp."""
    return stamp(datetime.now(UTC))


def stamp(moment: datetime) -> str:
    """A moment in UTC, RFC 3339 with microseconds: ``2026-01-01T00:00:00.000000Z``."""
    return moment.isoformat(timespec="microseconds").replace("+00:00", "Z")


def next_after(moment: str) -> str:
    """The first stamp after another."""
    return stamp(datetime.fromisoformat(moment) + timedelta(microseconds=1))
