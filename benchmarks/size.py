"""What a ledger takes on disk, a statement, by table and index.

usage: python -m benchmarks.size FILE

Pages are counted whole, as SQLite's dbstat has them; ``filled`` is the part of them that holds
something. Nothing is written to the file.
"""

import argparse
import sqlite3
from contextlib import closing
from pathlib import Path

_SIZES = """
    SELECT dbstat.name, coalesce(tbl_name, dbstat.name), sum(pgsize), sum(pgsize - unused)
    FROM dbstat LEFT JOIN sqlite_master ON sqlite_master.name = dbstat.name
    GROUP BY dbstat.name ORDER BY 3 DESC
"""


def main() -> None:
    """Tell the bytes of each table and index, the largest first, and of all of them."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("file", type=Path, help="a ledger of SQLite's")
    file = parser.parse_args().file
    if not file.is_file():
        parser.error(f"there is no ledger {file}")
    with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as ledger:
        (statements,) = ledger.execute("SELECT count(*) FROM statement").fetchone()
        sizes = ledger.execute(_SIZES).fetchall()
    if not statements:
        parser.error(f"{file} has no statements")
    print(f"{statements} statements; bytes a statement:")
    print(f"{'table or index':<42}{'of':<24}{'pages':>8}{'filled':>8}")
    for name, table, pages, filled in sizes:
        print(f"{name:<42}{table:<24}{pages / statements:>8.1f}{filled / statements:>8.1f}")
    pages, filled = (sum(size[column] for size in sizes) / statements for column in (2, 3))
    print(f"{'all':<66}{pages:>8.1f}{filled:>8.1f}")


if __name__ == "__main__":
    main()
