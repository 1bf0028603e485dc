"""Writes what records of the history have in common, by which each is packed.

usage: python -m tools.build_records_dictionary

Made of an empty record of each kind and of the records of the seeds. A ledger can only be read with
the dictionary it was written with: once a release has one, another comes with a migration.
"""

import tempfile
from itertools import groupby
from pathlib import Path

from api.ledger.history.canonical import canonical
from api.ledger.migrations.runner import migrate
from api.ledger.models import Change, Subject
from api.ledger.storage.database import connect, disconnect
from api.services.admin.seed import load_seeds

_TARGET = Path(__file__).parents[1] / "api/ledger/data/records.zdict"
_OF_EACH = 4
_PATIENCE_MS = 5_000


def main() -> None:
    """Write the file, records of the most frequent kind last, where they are found soonest."""
    empty = [canonical(kind().record()) for kind in Subject.__subclasses__()]
    _TARGET.write_bytes(b"".join([*empty, *_seeded()]))


def _seeded() -> list[bytes]:
    """Records of the seeds, a few of each kind."""
    with tempfile.TemporaryDirectory() as folder:
        connect(f"sqlite:///{folder}/seeds.db", _PATIENCE_MS)
        migrate()
        load_seeds()
        changes = list(Change.select().order_by(Change.subject, Change.id))
        disconnect()
    kinds = [list(made) for _, made in groupby(changes, lambda change: change.subject)]
    return [
        change.record.encode()
        for made in sorted(kinds, key=len)
        for change in made[:_OF_EACH]
        if change.record is not None
    ]


if __name__ == "__main__":
    main()
