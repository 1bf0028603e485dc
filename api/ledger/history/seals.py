"""Tables of this server alone, sealed: what is edited by hand in them no longer fits its code.

They are no part of the history, and no export holds them: keys of the API, webhooks, hashes of
redacted words, the secrets of the ledger. The codes are made with the first of these secrets and
tell nothing of what they are made of. Whoever has the file and this code can make them anew, which
no head shows: they are for what was edited by mistake, or by somebody who does not know of them.
"""

import hashlib
import hmac
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import orjson

from api.ledger.storage.database import database

# The columns of each whose values only commands and requests change. What a delivery changes of a
# webhook by itself is left out.
SEALED: Mapping[str, Sequence[str]] = {
    "ledger": ("cursor_seed", "redaction_secret"),
    "redacted_words": ("statement_id",),
    "api_key": (
        "name",
        "lookup",
        "secret_hash",
        "scopes",
        "created_at",
        "expires_at",
        "revoked_at",
    ),
    "webhook": (
        "url",
        "events",
        "filter",
        "secrets",
        "status",
        "version",
        "created_at",
        "updated_at",
    ),
}
# What the rows of a table are told by, where it is not an id.
_KEYS = {"redacted_words": "word_hash"}
_CODE_BYTES = 8

Codes = dict[str, dict[str, str]]


def renew(table: str) -> None:
    """Seal a table as it is now, in the transaction that changed it."""
    told = orjson.dumps(codes(table), option=orjson.OPT_SORT_KEYS).decode()
    database.execute_sql("DELETE FROM seal WHERE of_table = ?", [table])
    database.execute_sql("INSERT INTO seal (of_table, codes) VALUES (?, ?)", [table, told])


def codes(table: str) -> Codes:
    """The codes of a table as it is now: by row and column."""
    names, key = SEALED[table], _KEYS.get(table, "id")
    columns = ", ".join(f'"{name}"' for name in names)
    rows = database.execute_sql(f'SELECT {key}, {columns} FROM "{table}" ORDER BY 1').fetchall()  # noqa: S608
    secret, found = _secret(), {}
    for row_key, *values in rows:
        row = str(row_key if isinstance(row_key, int) else bytes(row_key).hex())
        found[row] = {
            name: _code(secret, f"{table} {row} {name}", value)
            for name, value in zip(names, values, strict=True)
        }
    return found


def kept(table: str) -> Codes | None:
    """The codes that a table was sealed with; None where there are none that can be read."""
    row = database.execute_sql("SELECT codes FROM seal WHERE of_table = ?", [table]).fetchone()
    try:
        found = orjson.loads(row[0]) if row else None
    except orjson.JSONDecodeError:
        return None
    is_read = isinstance(found, dict) and all(isinstance(each, dict) for each in found.values())
    return found if is_read else None


def strange() -> Iterator[str]:
    """The tables that seals are of, and that are not sealed."""
    for (table,) in database.execute_sql("SELECT of_table FROM seal ORDER BY 1").fetchall():
        if table not in SEALED:
            yield table


def _secret() -> bytes:
    row = database.execute_sql("SELECT cursor_seed FROM ledger ORDER BY id LIMIT 1").fetchone()
    return str(row[0]).encode() if row else b""


def _code(secret: bytes, place: str, value: Any) -> str:
    told = bytes(value).hex() if isinstance(value, (bytes, memoryview)) else value
    data = f"{place}\n".encode() + orjson.dumps(told)
    return hmac.new(secret, data, hashlib.sha256).digest()[:_CODE_BYTES].hex()
