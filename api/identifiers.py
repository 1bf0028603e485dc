"""Ids: integers from 1 to what SQLite and PostgreSQL can count to."""

LARGEST_ID = 2**63 - 1


def read_id(text: str) -> int | None:
    """The id that a text writes in plain digits, or None where it writes none."""
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(LARGEST_ID))):
        return None
    number = int(text)
    return number if 1 <= number <= LARGEST_ID else None
