"""``counterclaim deliver``: webhooks attended to side by side, until it is told to stop."""

import signal
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event

from api.ledger.storage.database import LedgerBusy, disconnect
from api.ledger.storage.faults import failures
from api.logger import Logger
from api.services.webhooks.delivery import DeliveryWorker
from api.settings import Settings

# A slow receiver holds one of them for no longer than a delivery may take, and is then left alone.
_AT_ONCE = 16
_PAUSE_SECONDS = 0.25
# While the ledger cannot be used.
_LONGER_PAUSE_SECONDS = 5

log = Logger(__name__)


def run(settings: Settings, once: bool) -> int:
    """Deliver what is due, and go on as more comes; told to stop, end what is under way.

    Args:
        settings: those of the ledger.
        once: whether to stop when nothing is due any more.

    Returns:
        How many notices were sent.
    """
    courier = DeliveryWorker(settings)
    sent = 0
    busy: dict[int, Future[int]] = {}
    with _stopping(courier.is_stopped), ThreadPoolExecutor(_AT_ONCE) as pool:
        while not courier.is_stopped.is_set():
            sent += sum(task.result() for task in busy.values() if task.done())
            busy = {each: task for each, task in busy.items() if not task.done()}
            try:
                due = [each for each in courier.due() if each not in busy]
            except failures(LedgerBusy) as error:
                if once:
                    raise
                log.error("the ledger cannot be used", reason=str(error))
                disconnect()
                courier.is_stopped.wait(_LONGER_PAUSE_SECONDS)
                continue
            busy |= {each: pool.submit(_attend, courier, each) for each in due}
            if once and not busy:
                break
            courier.is_stopped.wait(_PAUSE_SECONDS)
    return sent + sum(task.result() for task in busy.values())


@contextmanager
def _stopping(is_stopped: Event) -> Iterator[None]:
    """SIGTERM and SIGINT are heeded when the notices under way are settled."""
    asked = (signal.SIGTERM, signal.SIGINT)
    before = {each: signal.signal(each, lambda *_: is_stopped.set()) for each in asked}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def _attend(courier: DeliveryWorker, webhook_id: int) -> int:
    """A task in a thread of its own, whose connection to the ledger ends with it."""
    try:
        return courier.attend(webhook_id)
    except LedgerBusy:
        # What was not kept as delivered is delivered once more.
        log.warning("the ledger is busy", webhook=webhook_id)
    except Exception as error:
        log.exception("a task broke off", error, webhook=webhook_id)
    finally:
        disconnect()
    return 0
