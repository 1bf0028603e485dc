"""What is asked for most, read as the JSON that is sent: by databases that make it themselves."""

from collections.abc import Callable
from functools import partial
from typing import Any

from api.ledger import statement_json
from api.ledger.statement_json import JsonPage
from api.services.find import Position

# Parameters of the list that leave nothing out.
_UNFILTERED = {"sort", "cursor", "limit"}


def reads_statements() -> Callable[[int], tuple[int, bytes] | None] | None:
    """What gives a statement's version and its JSON by its id; None where it has to be made here.

    What it gives is None where there is no such statement.
    """
    return statement_json.read if statement_json.is_made() else None


def reads_pages(
    query: dict[str, Any],
) -> Callable[[Position, int], JsonPage | None] | None:
    """What gives the pages that ``find.statement_page`` gives, each as a JSON array.

    Of one without statements it gives None. None itself where a filter narrows the list, or where
    it has to be made here.
    """
    sort = query.get("sort", "-said_on")
    if query.keys() - _UNFILTERED or sort not in statement_json.SORTS:
        return None
    return partial(statement_json.page, sort) if statement_json.is_made() else None
