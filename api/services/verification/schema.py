"""The schema and the full-text indexes, held against what this release makes."""

from api.ledger.migrations.runner import migrations
from api.ledger.storage.database import engine
from api.services.verification.difference import Difference, Found, Remark


def schema() -> Found:
    """Check that tables, triggers, indexes, functions are those that the migrations make.

    What the migrations make is made anew elsewhere, so that it must be called outside of a
    ``snapshot``.
    """
    made = engine().parts_made_by([each.sql for each in migrations()])
    if made is None:
        yield Remark(
            "Triggers and the rest of the schema were not compared: whom the ledger's address "
            "names may make no schema. GRANT CREATE ON DATABASE lets it."
        )
        return
    there = engine().parts()
    for kind, name in sorted({*made, *there}):
        part, other = there.get((kind, name)), made.get((kind, name))
        if part == other:
            continue
        if part is None:
            what = f"this {kind} is missing."
        elif other is None:
            what = f"no migration makes this {kind}."
        else:
            what = f"this {kind} is not as the migrations make it."
        yield Difference(engine().catalogue, name, what)
    yield 0


def indexes() -> Found:
    """Check that the full-text indexes have the words of each row."""
    for each in engine().unindexed([each.sql for each in migrations()]):
        yield Difference(each.index, each.row, "it is not indexed by its words.", each.column)
    yield 0
