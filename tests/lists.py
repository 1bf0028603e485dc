"""Every list of the API with every way to narrow it, as the OpenAPI document declares them.

What is declared later is tried, too: a parameter that there is no value for here is an error.
"""

from collections.abc import Iterator
from itertools import chain, combinations, product
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from api.ledger.storage.database import database

# A test elsewhere holds it to the code.
_DOCUMENT = Path(__file__).parent.parent / "openapi.yaml"
_PAGING = frozenset({"limit", "cursor", "since"})
# The past has plans of its own; and how days are met says nothing without days.
_LEFT_OUT = _PAGING | {"all", "as_of", "said_match"}
# What leaves nothing out, and is tried with everything that does.
_WAYS = ("sort", "by")
_ONCE = frozenset({"type"})
# What takes ``none`` besides, in the lists that have all of these.
_MAY_LACK = ("speaker", "source", "publisher", "topic", "said")

_PLAIN: dict[str, list[Any]] = {
    "q": ["harbour"],
    "contradicted": ["true"],
    "min_score": ["0.5"],
    "wikidata": ["Q1", "Q2"],
    "language": ["de", "fr"],
    "author": ["Desk", "Board"],
    "label": ["False", "True"],
    "prefix": ["an"],
    "type": ["person"],
    "said_from": ["2025-01-01"],
    "said_to": ["2026-06-30"],
    "published_from": ["2025-01-01"],
    "published_to": ["2026-06-30"],
}
# Of the others, what the ledger has most of.
_ASKED = {
    "speaker": "SELECT speaker_id FROM statement GROUP BY 1 ORDER BY count(*) DESC, 1",
    "source": "SELECT source_id FROM appearance GROUP BY 1 ORDER BY count(*) DESC, 1",
    "publisher": "SELECT publisher_folded FROM source WHERE publisher_folded IS NOT NULL "
    "GROUP BY 1 ORDER BY count(*) DESC, 1",
    "topic": "SELECT name FROM topic ORDER BY statements DESC, 1",
    "external_id": "SELECT external_id FROM statement_external_id ORDER BY 1",
    "statement": "SELECT first_id FROM contradiction ORDER BY id",
    "url": "SELECT url FROM source WHERE url IS NOT NULL ORDER BY id",
    "proposition": "SELECT id FROM proposition ORDER BY id",
}
_OF = {
    "/v1/statements/": _ASKED["statement"],
    "/v1/speakers/": _ASKED["speaker"],
    "/v1/propositions/": _ASKED["proposition"],
    "/v1/webhooks/": "SELECT id FROM webhook ORDER BY id",
}


class Listed(NamedTuple):
    """A list: its path, its orders and the like, and what each filter takes: words, or anything."""

    path: str
    ways: list[dict[str, str]]
    filters: dict[str, list[str] | None]


def lists() -> list[Listed]:
    """All lists that are documented, and what else is given in pages."""
    document = yaml.load(_DOCUMENT.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    components = document["components"]
    found = []
    for path, operations in document["paths"].items():
        taken = [
            components["parameters"][each["$ref"].rpartition("/")[2]] if "$ref" in each else each
            for each in operations.get("get", {}).get("parameters", ())
        ]
        told = {
            each["name"]: _words(each["schema"], components["schemas"])
            for each in taken
            if each["in"] == "query"
        }
        if told.keys() & _PAGING:
            ways = [[(name, word) for word in told.pop(name)] for name in _WAYS if name in told]
            filters = {name: told[name] for name in told if name not in _LEFT_OUT}
            found.append(Listed(path, [dict(each) for each in product(*ways)], filters))
    return found


def narrowed(listed: Listed) -> Iterator[dict[str, list[Any]]]:
    """The filters of a list: none, each alone and in pairs, with one value and with several."""
    values = {name: _values(name, words) for name, words in listed.filters.items()}
    for names in chain([()], combinations(values, 1), combinations(values, 2)):
        yield {name: values[name][:1] for name in names}
        if any(len(values[name]) > 1 for name in names):
            yield {name: values[name] for name in names}
    for name in _MAY_LACK if values.keys() >= {*_MAY_LACK} else ():
        for other in values:
            yield {other: values[other][:1]} | {name: ["none"]}


def address(listed: Listed) -> str | None:
    """The address of a list, of what the ledger has most of; None where it has nothing of that."""
    of, given, rest = listed.path.partition("{id}")
    if not given:
        return listed.path
    found = _first(_OF[of])
    return f"{of}{found[0]}{rest}" if found else None


def _words(schema: dict[str, Any], schemas: dict[str, Any]) -> list[str] | None:
    """The words that a parameter takes; None where it takes others, too."""
    schema = schema.get("items", schema)
    named = schema.get("$ref", "").rpartition("/")[2]
    words: list[str] | None = (schemas[named] if named else schema).get("enum")
    return words


def _values(name: str, words: list[str] | None) -> list[Any]:
    if words is not None:
        return words[: 1 if name in _ONCE else 2]
    if name == "between":
        return [",".join(map(str, _first(_ASKED["speaker"])))]
    return _PLAIN[name] if name in _PLAIN else _first(_ASKED[name])


def _first(sql: str) -> list[Any]:
    return [row[0] for row in database.execute_sql(f"{sql} LIMIT 2").fetchall()]
