"""Articles read in processes of their own, beside the one that records them."""

import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from typing import Any, TypeVar

from api.ledger.storage.database import LedgerBusy
from api.logger import Logger
from api.services.admin.opening import open_ledger
from api.services.articles.document import Reading
from api.services.articles.findings import PreparedArticle, find_statements
from api.services.articles.precomparison import precompare_article
from api.services.common.errors import ServiceError
from api.services.contradictions.comparisons import Comparisons
from api.settings import Settings

T = TypeVar("T")

log = Logger(__name__)


@dataclass(frozen=True, slots=True)
class Refused:
    """Why an article was not taken, as a problem tells it."""

    detail: str
    members: dict[str, Any]

    @classmethod
    def because(cls, refusal: ServiceError) -> "Refused":
        """A refusal as data: as an exception it could not pass between processes."""
        return cls(refusal.detail, refusal.members)


def or_refused(work: Callable[[], T]) -> T | Refused:
    """What a piece of work on one article gives; what is wrong with it ends nothing else."""
    try:
        return work()
    except ServiceError as refusal:
        return Refused.because(refusal)
    except (LedgerBusy, BrokenProcessPool):
        raise
    except Exception as error:
        log.exception("unexpected error", error)
        return Refused("This is a defect of Counterclaim. Nothing of the article was stored.", {})


@contextmanager
def worker_pool(settings: Settings, processes: int) -> Iterator[ProcessPoolExecutor]:
    """Processes that read articles; what they have not begun is dropped at the end.

    They are started anew rather than forked, so that no connection to the ledger is shared; each
    loads the language model when it reads its first article.
    """
    pool = ProcessPoolExecutor(processes, get_context("spawn"), _start, (settings,))
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def prepare_in_workers(
    read: Reading, choices: list[dict[str, Any]]
) -> tuple[PreparedArticle, Comparisons] | Refused:
    """Read an article and compare its statements before; runs in a process of ``worker_pool``."""

    def work() -> tuple[PreparedArticle, Comparisons]:
        article = find_statements(read, choices)
        return article, precompare_article(article)

    return or_refused(work)


def _start(settings: Settings) -> None:
    # Ctrl-C goes to the whole group; the process that records ends this one in good order.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    open_ledger(settings)


def _end_with_parent() -> None:
    """Not to outlive the process that records, which may be killed without warning."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
