"""What became of an article, as it is shown."""

from collections.abc import Mapping, Sequence
from typing import Any

from api.extraction import Span
from api.ledger.queries import contradictions
from api.ledger.queries.statements import statement_shape
from api.services.articles.commit import CommittedArticle, Entry
from api.services.articles.findings import PreparedArticle
from api.services.reading import queries

_BLANK = "\N{FULL BLOCK}"


def answer(article: PreparedArticle, ingested: CommittedArticle) -> dict[str, Any]:
    """The source, the statements with what became of each, and what contradicts them.

    The extracted text is given where a page was sent: offsets count its code points.
    """
    ids = [entry.statement_id for entry in ingested.entries]
    stored = statement_shape.read(ids)
    return {
        "source": queries.source(ingested.source_id),
        **({"text": _legible(article.text, ingested.redacted)} if article.is_page else {}),
        "statements": [_shown(entry, stored[entry.statement_id]) for entry in ingested.entries],
        "left_out": [part._asdict() for part in article.left_out],
        "contradictions": contradictions.among(ids),
    }


def _legible(text: str, redacted: Sequence[Mapping[str, int]]) -> str:
    """A text without the words that were redacted, in which all others keep their places."""
    for place in redacted:
        blank = _BLANK * (place["end"] - place["start"])
        text = text[: place["start"]] + blank + text[place["end"] :]
    return text


def _shown(entry: Entry, statement: dict[str, Any]) -> dict[str, Any]:
    found = entry.finding.extracted if entry.finding else None
    return statement | {
        "outcome": entry.outcome,
        "was": entry.was,
        "candidates": entry.candidates or [],
        "mention": _span(found.mention if found else None),
        "cue": _span(found.cue if found else None),
        "position": entry.place,
    }


def _span(span: Span | None) -> dict[str, Any] | None:
    return None if span is None else {"text": span.text, "start": span.start, "end": span.end}
