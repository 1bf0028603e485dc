"""What a ledger of an earlier release is given once its tables are those of this one."""

from api.ledger import analyses, decisions, postings, seals
from api.ledger.database import database

_BATCH = 1000
_READ = (
    "SELECT statement_id, version, outline, keys, data FROM analysis "
    "WHERE statement_id > ? ORDER BY statement_id LIMIT ?"
)


def adopt() -> None:
    """Seal what is there, and begin the histories that were not kept before.

    It is taken as it is: what was edited by hand before is not told from the rest.
    """
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
