"""Lines of an import read in processes of their own, beside the one that stores them."""

from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any

from api.services.imports.precomparison import precompare_lines
from api.services.imports.statements import Read, read_here
from api.services.imports.upsert import prepare_lines

# Batches after which it pays to start processes: each takes seconds to be up.
READ_HERE = 10


class LineWorkers:
    """Begins to read lines in the processes of a pool; see ``statements.Begin``.

    Args:
        pool: the processes, which work on the same ledger: see ``article_workers.worker_pool``.
    """

    def __init__(self, pool: ProcessPoolExecutor) -> None:
        self._pool = pool
        self._begun = 0

    def __call__(self, bodies: Sequence[dict[str, Any]]) -> Callable[[], Read]:
        """Begin to read lines; what it gives waits for them.

        The first are read here: few lines are done before a process is up.
        """
        self._begun += 1
        if self._begun <= READ_HERE:
            return read_here(bodies)
        return self._pool.submit(_read, bodies).result


def _read(bodies: Sequence[dict[str, Any]]) -> Read:
    ready = prepare_lines(bodies)
    return ready, precompare_lines(ready)
