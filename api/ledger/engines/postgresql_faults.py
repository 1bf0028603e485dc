"""What a PostgreSQL server does when it fails, by its codes (SQLSTATE)."""

from collections.abc import Iterator

import psycopg

_LOCK_TIMEOUT = "55P03"
_BROKEN_OFF = "57014"
# Serialization failures (a standby cancels reads by it, too) and deadlocks: it goes well again.
_IN_THE_WAY = frozenset({_LOCK_TIMEOUT, "40001", "40P01"})
READ_ONLY = "The database server takes no writes now: it is a standby, or was set to read only."
_SAID = {
    "25006": READ_ONLY,
    "28000": "The database server refuses the user that the ledger's address names.",
    "28P01": "The database server refuses the password in the ledger's address.",
    "3D000": "The database server has no database of the name in the ledger's address.",
    "42501": "The database server refuses the user this: the ledger's tables belong to another.",
    "53100": "The disk of the database server is full.",
    "53200": "The database server is out of memory.",
    "53300": "The database server takes no more connections.",
    "57P03": "The database server is starting or stopping.",
    "58030": "The disk of the database server fails.",
    "XX001": "The ledger's data is damaged.",
    "XX002": "An index of the ledger is damaged.",
}
# Where no connection could be made the driver has no code, but the words of the server.
_WORDS = {
    "connection slots": "53300",
    "too many c": "53300",
    "starting up": "57P03",
    "shutting down": "57P03",
    "password authentication failed": "28P01",
    "does not exist": "3D000",
}
_GONE = "The database server cannot be reached."
# Connections that failed (08), and those that an operator ended, by a shutdown for one (57P).
_GONE_CLASSES = ("08", "57P")


def is_lock_timeout(error: BaseException) -> bool:
    """Whether the lock that was waited for was not let go in time."""
    return any(code == _LOCK_TIMEOUT for code in _codes(error))


def is_in_the_way(error: BaseException) -> bool:
    """Whether others stood in the way, so that it may go well later."""
    return any(code in _IN_THE_WAY for code in _codes(error))


def is_broken_off(error: BaseException) -> bool:
    """Whether the server broke off what took too long."""
    return _BROKEN_OFF in _codes(error)


def said(error: BaseException) -> str | None:
    """What fails, in a sentence; None where it is not the server that does."""
    codes = list(_codes(error))
    for code in codes:
        if code is not None and code in _SAID:
            return _SAID[code]
    # Without a code, the driver tells that it has no connection, could make none, or cannot read
    # what comes out of it (a bare ``DatabaseError``).
    if any(code is None or code.startswith(_GONE_CLASSES) for code in codes):
        return _GONE
    return None


def _codes(error: BaseException) -> Iterator[str | None]:
    """The codes of an error and of what it came from, as far as they are of operation."""
    at: BaseException | None = error
    seen: set[int] = set()
    while at is not None and id(at) not in seen:
        seen.add(id(at))
        if isinstance(at, psycopg.Error) and at.sqlstate is not None:
            yield at.sqlstate
        elif isinstance(at, psycopg.OperationalError) or type(at) is psycopg.DatabaseError:
            told = str(at)
            yield next((code for words, code in _WORDS.items() if words in told), None)
        at = at.__cause__ or at.__context__
