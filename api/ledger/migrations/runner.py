"""Numbered migrations: SQL files that run once each, in order, under the write lock.

Each database that a ledger may be in has a folder of them, of the same numbers and tables.
"""

from dataclasses import dataclass
from importlib import resources

from api.ledger.migrations.adoption import adopt
from api.ledger.storage.clock import now
from api.ledger.storage.database import LedgerUnusable, database, engine, writing
from api.ledger.storage.faults import failures

# What SQL cannot do, by the number of the migration that asks for it; done when all tables are as
# this release has them.
_AFTER = {4: adopt}


@dataclass(frozen=True, slots=True)
class Migration:
    """One step of the schema: its number, name and SQL."""

    number: int
    name: str
    sql: str


def migrations() -> list[Migration]:
    """All that this release knows of the database that the ledger is in, in order."""
    files = resources.files("api.ledger") / "migrations" / engine().name
    found = []
    for file in files.iterdir():
        if file.name.endswith(".sql"):
            number, name = file.name.removesuffix(".sql").split("_", 1)
            found.append(Migration(int(number), name, file.read_text(encoding="utf-8")))
    return sorted(found, key=lambda migration: migration.number)


def migrate() -> list[str]:
    """Bring the ledger's schema up to this release.

    Returns:
        The names of the migrations that ran; empty when there was nothing to do.

    Raises:
        LedgerUnusable: it was written by a newer release, or is no ledger at all.
    """
    try:
        return _migrate()
    except failures() as error:
        if engine().is_foreign(error):
            raise LedgerUnusable(
                f"It is no {engine().title} database and no ledger: name another one."
            ) from error
        raise


def _migrate() -> list[str]:
    ran = []
    known = migrations()
    engine().refuse_unfit()
    if is_current():
        # Nobody who writes is kept waiting for that.
        return []
    with writing():
        applied = _applied()
        if applied > known[-1].number:
            raise LedgerUnusable(
                f"This ledger has schema {applied}, this release of counterclaim knows up to "
                f"{known[-1].number}: install a newer release, or restore an older backup."
            )
        for migration in known:
            if migration.number > applied:
                engine().run_script(migration.sql)
                database.execute_sql(
                    "INSERT INTO schema_migration (number, name, applied_at) VALUES (?, ?, ?)",
                    (migration.number, migration.name, now()),
                )
                ran.append(migration.name)
        for number, step in _AFTER.items():
            if applied < number <= known[-1].number:
                step()
    return ran


def is_current() -> bool:
    """Whether the ledger can be reached and has this release's schema."""
    return _applied() == migrations()[-1].number


def is_new() -> bool:
    """Whether no release has put its schema into the database yet."""
    return _applied() == 0


def _applied() -> int:
    tables = engine().tables()
    if "schema_migration" not in tables:
        if tables:
            raise LedgerUnusable(
                "The database holds other tables and is no ledger: name another one."
            )
        return 0
    row = database.execute_sql("SELECT max(number) FROM schema_migration").fetchone()
    return int(row[0])
