"""What is asked for most, read as the JSON that is sent: by databases that make it themselves."""

from collections.abc import Callable
from functools import partial
from typing import Any

from api.ledger.queries.statements import statement_json
from api.ledger.queries.statements.statement_json import JsonPage
from api.services.reading.queries import Position

# Parameters of the list that leave nothing out.
_UNFILTERED = {"sort", "cursor", "limit"}


read_statement = statement_json.read


def reads_pages(
    query: dict[str, Any],
) -> Callable[[Position, int], JsonPage | None] | None:
    """What gives the pages that ``find.statement_page`` gives, each as a JSON array.

    Of one without statements it gives None. None itself where a filter narrows the list.
    """
    sort = query.get("sort", "-said_on")
    if query.keys() - _UNFILTERED or sort not in statement_json.SORTS:
        return None
    return partial(statement_json.page, sort)
