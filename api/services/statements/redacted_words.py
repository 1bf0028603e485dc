"""Words that were redacted and come again: they are not taken in, whoever brings them."""

from collections.abc import Sequence

from api.ledger.queries import redacted_words
from api.ledger.queries.redacted_words import same_words
from api.services.common.errors import Conflict


def refuse_redacted(pointer: str, text: str | None) -> None:
    """Refuse words that were redacted.

    Args:
        pointer: where they stand in what is given.
        text: the words.

    Raises:
        Conflict: they were; it names the statement that had them.
    """
    found = redacted_words.among([text]) if text else {}
    for statement_id in found.values():
        raise Conflict(
            f"{pointer}: These words were redacted, with statement {statement_id}, and are not "
            "taken in again: leave them out.",
            statement=statement_id,
        )


def quotes(text: str, words: Sequence[str]) -> bool:
    """Whether a text has some words in it, which are as ``same_words`` gives them."""
    padded = f" {same_words(text)} "
    return any(f" {each} " in padded for each in words)
