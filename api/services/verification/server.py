"""What is this server's own and in no history: seals, migrations, the last ids, references."""

from api.ledger.history import seals
from api.ledger.history.revisions import subject_name
from api.ledger.migrations.runner import migrations
from api.ledger.models import Subject
from api.ledger.storage.database import database, engine
from api.services.verification.difference import Difference, Found

_HIGHEST = "SELECT coalesce(max(subject_id), 0) FROM change WHERE subject = ?"


def sealed() -> Found:
    """Check keys, webhooks and the ledger's secret against their seals."""
    for table in seals.strange():
        yield Difference("seal", table, "nothing of that name is sealed.")
    for table in seals.SEALED:
        kept, codes = seals.kept(table), seals.codes(table)
        if kept is None:
            yield Difference("seal", table, "it is missing, or cannot be read.", "codes")
            continue
        for row in sorted({*kept, *codes}):
            if row not in codes:
                yield Difference(table, row, "it is missing.")
            elif row not in kept:
                yield Difference(table, row, "no command and no request made it.")
            else:
                for column, code in codes[row].items():
                    if kept[row].get(column) != code:
                        what = "no command and no request made it so."
                        yield Difference(table, row, what, column)
        if table == "ledger" and kept != codes:
            # All other codes are made with it.
            return


def migrated() -> Found:
    """Check that the migrations that ran are those of this release."""
    known = {each.number: each.name for each in migrations()}
    rows = database.execute_sql("SELECT number, name FROM schema_migration").fetchall()
    found = dict(rows)
    for number in sorted({*known, *found}):
        if number not in found:
            yield Difference("schema_migration", number, "it is missing.")
        elif found[number] != known.get(number):
            what = "no migration of this release has it."
            yield Difference("schema_migration", number, what, "name")


def last_ids() -> Found:
    """Check that no id that the history knows would be given away again."""
    names = [subject_name(kind) for kind in Subject.__subclasses__()]
    given = engine().last_ids(names)
    for name in names:
        (highest,) = database.execute_sql(_HIGHEST, [name]).fetchone()
        if given.get(name, 0) < highest:
            table, column = engine().last_ids_in
            what = f"ids up to {highest} were given away before."
            yield Difference(table, name, what, column)


def references() -> Found:
    """Check that what rows refer to is there."""
    for table, row, other in engine().all_dangling():
        yield Difference(table, row, f"it refers to a row of {other} that is not there.")
    yield 0
