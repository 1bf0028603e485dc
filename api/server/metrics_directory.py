"""The folder in which the workers of one server count together for ``/metrics``."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# What prometheus_client reads when it is imported, and not later.
_VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
_PREFIX = "counterclaim-metrics-"
_LOCK = "lock"
# In memory: a mapped file on a disk that is full would end the process that writes to it.
_MEMORY = Path("/dev/shm")  # noqa: S108 (mkdtemp makes a folder that is ours alone)


@contextmanager
def counting_together() -> Iterator[None]:
    """Make the folder, and remove it at the end, with those that killed servers left behind."""
    parent = _MEMORY if os.access(_MEMORY, os.W_OK) else Path(tempfile.gettempdir())
    _sweep(parent)
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=parent))
    owner = os.getpid()
    # Locked before it has its name: nobody finds a lock that is not held.
    held = (folder / "locking").open("w")
    fcntl.flock(held, fcntl.LOCK_EX)
    os.rename(held.name, folder / _LOCK)
    os.environ[_VARIABLE] = str(folder)
    try:
        yield
    finally:
        # A worker leaves this way as well, and must not take the others' counts with it.
        if os.getpid() == owner:
            shutil.rmtree(folder, ignore_errors=True)


def _sweep(parent: Path) -> None:
    """Remove the folders whose servers are gone: the system let go of their locks."""
    for lock in parent.glob(f"{_PREFIX}*/{_LOCK}"):
        try:
            with lock.open("r+") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(lock.parent, ignore_errors=True)
        except OSError:
            continue
