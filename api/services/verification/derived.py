"""What is made of a record and kept beside it, made anew."""

from collections.abc import Callable, Mapping
from typing import Any

from api.language.dates.edtf_dates import span
from api.language.words.folding import fold, text_key
from api.ledger.models import Proposition, Review, Source, Speaker, Statement, Subject
from api.services.common.statement_parts import bounding

Record = Mapping[str, Any]


def derived(kind: type[Subject], record: Record) -> dict[str, Any]:
    """The columns that are made of a record of a kind, by their names."""
    return _DERIVED[kind](record) if kind in _DERIVED else {}


def _speaker(record: Record) -> dict[str, Any]:
    return {"folded": fold(record["name"])}


def _source(record: Record) -> dict[str, Any]:
    return {"publisher_folded": _folded(record["publisher"])}


def _statement(record: Record) -> dict[str, Any]:
    earliest, latest, is_certain = bounding(record["said_on"])
    return {
        "text_key": text_key(record["text"]),
        "said_earliest": earliest,
        "said_latest": latest,
        "said_certain": is_certain,
    }


def _proposition(record: Record) -> dict[str, Any]:
    return {"folded": fold(record["text"])}


def _review(record: Record) -> dict[str, Any]:
    published = span(record["published_on"]) if record["published_on"] else None
    return {
        "author_folded": fold(record["author_name"]),
        "label_folded": _folded(record["label"]),
        "published_earliest": published and published.earliest,
        "published_latest": published and published.latest,
    }


def _folded(words: str | None) -> str | None:
    return words and fold(words)


_DERIVED: dict[type[Subject], Callable[[Record], dict[str, Any]]] = {
    Speaker: _speaker,
    Source: _source,
    Statement: _statement,
    Proposition: _proposition,
    Review: _review,
}
