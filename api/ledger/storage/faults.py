"""What fails under the ledger, and why it takes no writes."""

from api.ledger.storage.database import engine


def failures(*others: type[Exception]) -> tuple[type[Exception], ...]:
    """What is raised where the database or its driver cannot do what it was asked, and others."""
    return (*engine().failures, *others)


def fault(error: BaseException) -> str | None:
    """What fails under the ledger, in a sentence; None where the error is another."""
    return engine().fault(error)


def unwritable() -> str | None:
    """Why the ledger cannot be written to, in a sentence; None where it can, and has room."""
    return engine().unwritable()
