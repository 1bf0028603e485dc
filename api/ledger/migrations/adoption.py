"""What a ledger of an earlier release is given once its tables are those of this one."""

from collections.abc import Callable
from typing import Any

from api.language.words.folding import fold, plain, text_key
from api.ledger.history import decisions, seals
from api.ledger.queries.statements import analyses, postings
from api.ledger.storage.database import database

_BATCH = 1000
_READ = (
    "SELECT statement_id, version, outline, keys, data FROM analysis "
    "WHERE statement_id > ? ORDER BY statement_id LIMIT ?"
)
# What is made of the words beside it: its table, their column, its own. Propositions and names of
# speakers that are one by now stay apart until somebody merges them.
_FOLDED: tuple[tuple[str, str, str, Callable[[str], Any]], ...] = (
    ("speaker", "name", "folded", fold),
    ("speaker_name", "folded", "plain", plain),
    ("source", "publisher", "publisher_folded", fold),
    ("statement", "text", "text_key", text_key),
    ("review", "author_name", "author_folded", fold),
    ("review", "label", "label_folded", fold),
)
_UNIQUE = (("speaker_name", "speaker_id"), ("proposition", "0"))


def adopt() -> None:
    """Seal what is there, and begin the histories that were not kept before.

    It is taken as it is: what was edited by hand before is not told from the rest.
    """
    _fold_anew()
    for table in seals.SEALED:
        seals.renew(table)
    columns = ", ".join(decisions.COLUMNS)
    made = f"SELECT pair, {columns} FROM decision ORDER BY reviewed_at, pair"  # noqa: S608
    for pair, *values in database.execute_sql(made).fetchall():
        decided = dict(zip(decisions.COLUMNS, values, strict=True))
        decisions.keep_history(bytes(pair), decided, "taken over")
    after = 0
    while rows := database.execute_sql(_READ, [after, _BATCH]).fetchall():
        for statement_id, version, *parts in rows:
            kept = analyses.Kept(version, *map(bytes, parts))
            counted = analyses.counted(postings.of(statement_id, postings.unpack(kept.keys)))
            database.execute_sql(
                "UPDATE analysis SET counted = ?, digest = ? WHERE statement_id = ?",
                [counted, analyses.digest(statement_id, kept, counted), statement_id],
            )
        after = rows[-1][0]


def _fold_anew() -> None:
    """Make anew what is compared instead of words: earlier releases kept invisible characters."""
    _fold_names()
    for table, words, column, made in _FOLDED:
        after = 0
        read = (
            f'SELECT id, "{words}", "{column}" FROM "{table}" '  # noqa: S608
            f'WHERE id > ? AND "{words}" IS NOT NULL ORDER BY id LIMIT ?'
        )
        while rows := database.execute_sql(read, [after, _BATCH]).fetchall():
            for row_id, text, kept in rows:
                wanted = made(text)
                if wanted != (kept if isinstance(kept, str) else bytes(kept)):
                    change = f'UPDATE "{table}" SET "{column}" = ? WHERE id = ?'  # noqa: S608
                    database.execute_sql(change, [wanted, row_id])
            after = rows[-1][0]


def _fold_names() -> None:
    for table, owner in _UNIQUE:
        read = f'SELECT id, {owner}, folded FROM "{table}"'  # noqa: S608
        rows = database.execute_sql(read).fetchall()
        taken = {(owned, folded) for _, owned, folded in rows}
        for row_id, owned, folded in rows:
            wanted = fold(folded)
            if wanted == folded:
                continue
            if (owned, wanted) not in taken:
                change = f'UPDATE "{table}" SET folded = ? WHERE id = ?'  # noqa: S608
                database.execute_sql(change, [wanted, row_id])
                taken.add((owned, wanted))
            elif table == "speaker_name":
                database.execute_sql("DELETE FROM speaker_name WHERE id = ?", [row_id])
