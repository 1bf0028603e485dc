"""What a ledger becomes: bytes, keys, look-ups and machines to a billion statements, computed.

usage: python -m benchmarks.scaling URL [--disk GIGABYTES] [--rate STATEMENTS] [--sample TEXTS]

Everything is computed from what is measured on the ledger at URL, whose texts should be like those
that are to come (``python -m benchmarks.ledgers``, with as many distinct texts as statements):

- bytes by table, its indexes included, a statement; they grow with the number of statements;
- keys by Heaps' law, K = a·n^b, fitted to how many there were after each tenth of the statements;
- what a new statement looks up: a sample of those that are there is taken for new ones. A key that
  is in a share f of the statements is in f·n of n. The rarest are read first, of each the newest,
  as many as COUNTERCLAIM_MAX_POSTINGS says, until enough were read:
  see ``api.services.contradictions.candidates``. Keys
  that many have are then looked up in pairs, which is bounded as well and not counted here.

Over partitions each key is looked up in each of them, and as much is read in each: by hash in all;
by year in that of the statement's year and, for those without a date, in one more.
"""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, exp, log
from random import Random
from statistics import mean, quantiles
from typing import Any

from api.ledger.engines.interface import Engine
from api.ledger.engines.opening import open_engine
from api.services.contradictions.analysis_store import limits
from api.services.contradictions.candidates import MOST_JOINED, MOST_READ, MOST_SEARCHED, NEWEST
from api.settings import Settings

SIZES = (10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000)
PARTITIONS = (10, 100)
_BYTES = {
    "sqlite": """
        SELECT tbl_name, sum(pgsize) FROM dbstat
        JOIN sqlite_master USING (name) GROUP BY tbl_name ORDER BY 2 DESC
    """,
    "postgresql": """
        SELECT relname, pg_total_relation_size(oid) FROM pg_class
        WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace ORDER BY 2 DESC
    """,
}
_COLUMNS = ("statements", "keys", "postings", "postings read", "95th percentile", "disk")
_DAY = 86_400


@dataclass(frozen=True)
class Measured:
    """What was measured on a ledger.

    Args:
        statements: how many it has.
        bytes: by table, the largest first.
        keys: how many there were after each tenth of the statements, with that number.
        lookups: of each statement of the sample, in how many statements each of its keys is.
    """

    statements: int
    bytes: dict[str, int]
    keys: list[tuple[int, int]]
    lookups: list[list[int]]

    @property
    def bytes_each(self) -> float:
        """Bytes a statement."""
        return sum(self.bytes.values()) / self.statements

    def heaps(self) -> tuple[float, float]:
        """The a and b of K = a·n^b, by least squares over the logarithms."""
        points = [(log(n), log(found)) for n, found in self.keys]
        x, y = (mean(values) for values in zip(*points, strict=True))
        slope = sum((each - x) * (other - y) for each, other in points) / sum(
            (each - x) ** 2 for each, _ in points
        )
        return exp(y - slope * x), slope

    def read(self, statements: int, postings: int, partitions: int = 1) -> list[float]:
        """What each of the sample would read of so many statements: postings, in all partitions."""
        grown = statements / self.statements / partitions
        return [
            partitions * _read([(there - 1) * grown for there in sorted(keys)], postings)
            for keys in self.lookups
        ]


def _read(there: Sequence[float], postings: int) -> float:
    """How many postings are read at the most of keys that so many have, as ``meet`` reads them."""
    read, common = 0.0, 0
    for each in there:
        if each <= min(postings, MOST_READ - read):
            read += each
        else:
            common += 1
    joined = min(common, MOST_JOINED)
    return read + joined * (joined - 1) / 2 * MOST_SEARCHED + joined * NEWEST


def measure(ledger: Engine, sample: int) -> Measured:
    """Look at a ledger."""
    (statements,) = ledger.execute_sql("SELECT max(id) FROM statement").fetchone()
    per_key = dict(
        ledger.execute_sql("SELECT key, count(*) FROM statement_key GROUP BY key").fetchall()
    )
    firsts = sorted(
        first
        for (first,) in ledger.execute_sql(
            "SELECT min(statement_id) FROM statement_key GROUP BY key"
        ).fetchall()
    )
    tenths = [statements * tenth // 10 for tenth in range(1, 11)]
    keys = [(tenth, sum(first <= tenth for first in firsts)) for tenth in tenths]
    chosen = Random(1).sample(range(1, statements + 1), min(sample, statements))  # noqa: S311
    of_chosen: dict[int, list[int]] = {each: [] for each in chosen}
    for each, key in ledger.execute_sql(
        f"SELECT statement_id, key FROM statement_key WHERE {ledger.among('statement_id')}",  # noqa: S608
        [ledger.listed(chosen)],
    ).fetchall():
        of_chosen[each].append(per_key[key])
    sizes = ledger.execute_sql(_BYTES[ledger.name]).fetchall()
    return Measured(
        statements,
        {table: int(size) for table, size in sizes},
        [(n, found) for n, found in keys if found],
        [each for each in of_chosen.values() if each],
    )


def report(measured: Measured, disk: int, rate: int) -> Iterator[str]:
    """The tables of docs/scaling.md, line by line."""
    of = measured.statements
    yield f"Measured on {of:,} statements: {measured.bytes_each:,.0f} bytes each."
    yield ""
    yield from _row(("table", "bytes a statement", "share"))
    yield from _row(("---", "---:", "---:"))
    total = sum(measured.bytes.values())
    for table, size in measured.bytes.items():
        if size / total >= 0.01:
            yield from _row((f"`{table}`", f"{size / of:,.0f}", f"{size / total:.0%}"))
    a, b = measured.heaps()
    counts = [len(keys) for keys in measured.lookups]
    yield ""
    yield (
        f"Keys: K = {a:.1f}·n^{b:.2f}; {mean(counts):.1f} a statement, at the most {max(counts)}."
    )
    yield ""
    yield from _row((*_COLUMNS, f"machines of {disk:,} GB", f"days of import at {rate}/s"))
    yield from _row(("---:",) * 8)
    for size in SIZES:
        read = measured.read(size, limits.postings)
        space = size * measured.bytes_each
        yield from _row(
            (
                f"{size:,}",
                f"{a * size**b:,.0f}",
                f"{mean(counts) * size:,.0f}",
                f"{mean(read):,.0f}",
                f"{_high(read):,.0f}",
                f"{space / 1e9:,.1f} GB",
                f"{ceil(space / disk / 1e9)}",
                f"{size / rate / _DAY:.2f}",
            )
        )
    yield ""
    yield from _row(("over partitions, at 1,000,000,000", "probes", "postings read"))
    yield from _row(("---", "---:", "---:"))
    last = SIZES[-1]
    for name, asked, parts in _layouts():
        share = asked / parts
        read = [each * share for each in measured.read(last, limits.postings, parts)]
        probes = f"{mean(counts) * asked:,.0f}"
        yield from _row((name, probes, f"{mean(read):,.0f}"))


def _layouts() -> Iterator[tuple[str, int, int]]:
    """How a ledger may lie: its name, how many partitions are asked, and how many there are."""
    yield "one table", 1, 1
    for parts in PARTITIONS:
        yield f"{parts} by hash, all asked", parts, parts
        yield f"{parts} by year, the statement's and the undated asked", 2, parts


def _high(values: Sequence[float]) -> float:
    return quantiles(values, n=20)[-1]


def _row(cells: Sequence[Any]) -> Iterator[str]:
    yield f"| {' | '.join(cells)} |"


def main() -> None:
    """Measure, compute and tell."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("url", help="the address of a ledger")
    parser.add_argument("--disk", type=int, default=2000, help="gigabytes of a machine")
    parser.add_argument("--rate", type=int, default=300, help="statements imported a second")
    parser.add_argument("--sample", type=int, default=2000, help="texts taken for new ones")
    asked = parser.parse_args()
    limits.postings = Settings.from_environment().max_postings
    ledger = open_engine(asked.url, 10_000)
    with ledger.snapshot():
        measured = measure(ledger, asked.sample)
    for line in report(measured, asked.disk, asked.rate):
        print(line)


if __name__ == "__main__":
    main()
