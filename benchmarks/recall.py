"""Whether a new statement meets those that it contradicts, of all that are there.

usage: python -m benchmarks.recall [--size STATEMENTS] [--asked STATEMENTS] [--seed SEED]

A ledger of news is built, without judging. Then the newest of its statements are held against every
earlier one that shares a key with them, and it is told how many of what is raised, flagged and
suggested, was among the few that a new statement meets, and what meeting and comparing these takes.
"""

import argparse
import tempfile
from collections import Counter
from pathlib import Path
from time import process_time

from api.contradictions import compare_all
from api.ledger.queries.statements.postings import numbers
from api.ledger.storage.database import connect, disconnect
from api.services.contradictions.analysis_store import limits, sides
from api.services.contradictions.candidates import candidates_of
from api.services.contradictions.comparisons import Comparisons
from benchmarks.ledgers import build


def main() -> None:
    """Build, hold, and tell the shares."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--size", type=int, default=20_000, help="statements of the ledger")
    parser.add_argument("--asked", type=int, default=300, help="statements that are held with all")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "ledger.db"
        candidates = limits.candidates
        build(file, asked.size, distinct=asked.size, held=asked.size, seed=asked.seed)
        limits.candidates = candidates
        connect(f"sqlite:///{file}", 10_000)
        tell(asked.size, asked.asked)
        disconnect()


def tell(size: int, asked: int) -> None:
    """Print what was met of what is raised."""
    read = sides(range(1, size + 1))
    by_key: dict[int, list[int]] = {}
    own_keys = {number: numbers(side.analysis.keys) for number, side in read.items()}
    for number, its in own_keys.items():
        for key in its:
            by_key.setdefault(key, []).append(number)
    raised, met = Counter[str](), Counter[str]()
    looked_at, compared, took = 0, 0, 0.0
    chosen = sorted(read)[-asked:]
    for number in chosen:
        others = sorted({i for key in own_keys[number] for i in by_key[key] if i < number})
        verdicts = compare_all([(read[i], read[number]) for i in others], briefly=True)
        began = process_time()
        found = set(candidates_of(read[number], number))
        Comparisons().raised(number, found)
        took += process_time() - began
        compared += len(found)
        looked_at += len(others)
        for i, verdict in zip(others, verdicts, strict=True):
            if verdict.verdict != "none":
                raised[verdict.verdict] += 1
                met[verdict.verdict] += i in found
    print(f"{len(chosen)} of {size} statements, {looked_at / len(chosen):.0f} others share a key")
    print(f"{compared / len(chosen):.0f} met, {took / len(chosen) * 1000:.1f} ms of the processor")
    for verdict in sorted(raised):
        share = met[verdict] / raised[verdict]
        print(f"{verdict}: {raised[verdict]} raised, {met[verdict]} of them met: {share:.3f}")


if __name__ == "__main__":
    main()
