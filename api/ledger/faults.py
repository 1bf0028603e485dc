"""What fails under the ledger, and whether it takes writes."""

from api.ledger.database import engine


def failures(*others: type[Exception]) -> tuple[type[Exception], ...]:
    """What is raised where the database or its driver cannot do what it was asked, and others."""
    return (*engine().failures, *others)


def fault(error: BaseException) -> str | None:
    """What fails under the ledger, in a sentence; None where the error is another."""
    return engine().fault(error)


def takes_writes() -> bool:
    """Whether the ledger can be written to and there is room for more."""
    return engine().takes_writes()
