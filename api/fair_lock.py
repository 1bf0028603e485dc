"""A lock that is given to those who wait for it in the order in which they came."""

from collections import deque
from threading import Event, Lock
from time import monotonic


class FairLock:
    """Not to be taken twice by one thread.

    Python's own goes to whoever asks at the right moment: a thread that lets go of it and asks
    again at once gets it again, and those that wait may starve.
    """

    def __init__(self) -> None:
        self._changing = Lock()
        self._waiting: deque[Event] = deque()
        self._is_taken = False

    def acquire(self, until: float) -> bool:
        """Wait for it; whether it came by a time of the monotonic clock."""
        with self._changing:
            if not self._is_taken:
                self._is_taken = True
                return True
            called = Event()
            self._waiting.append(called)
        left = until - monotonic()
        if called.wait(None if left > _LONGEST_SECONDS else max(0, left)):
            return True
        with self._changing:
            # It may have been called in this very moment.
            if called.is_set():
                return True
            self._waiting.remove(called)
            return False

    def release(self) -> None:
        """Let the next one have it."""
        with self._changing:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._is_taken = False


# Beyond it, waiting has no end: the system takes no larger numbers.
_LONGEST_SECONDS = 1_000_000
