"""A contradiction as readers of feeds see it: who, what, where, and the words it rests on."""

from typing import Any

import orjson
from flask import url_for
from markupsafe import Markup

from api.web.responses.atom import Entry, Link, feed

_NATURES = {
    "factual": "statements that exclude each other",
    "position": "opposed positions",
}
_QUOTE = Markup("<blockquote{cite}><p>{said}</p></blockquote>\n<p>— {whence}</p>\n")
_CITE = Markup(' cite="{}"')
_LINKED = Markup('<a href="{}">{}</a>')
_PARAGRAPH = Markup("<p>{}</p>\n")
# Readers show it; most take <mark> out.
_MARK = Markup("<strong>{}</strong>")


def entries(page: dict[str, Any]) -> bytes:
    """A page of contradictions as a feed."""
    # What is kept as JSON text is read here as what it says.
    items = orjson.loads(orjson.dumps(page["items"]))
    return feed("Contradictions", [_entry(item) for item in items], page["next"])


def _entry(item: dict[str, Any]) -> Entry:
    sides = item["statements"]
    speakers = dict.fromkeys(side["speaker"]["name"] for side in sides)
    # Of no media type: it has several, and readers show an address of data to nobody.
    own = Link("alternate", _address("contradictions.get_contradiction", item))
    related = [Link("related", _address("statements.get_statement", side)) for side in sides]
    sources = [side["source"]["url"] for side in sides if side["source"] and side["source"]["url"]]
    return Entry(
        name=f"contradictions/{item['id']}",
        title=f"{' and '.join(speakers)}: {_NATURES[item['nature']]}",
        published=item["created_at"],
        updated=item["updated_at"],
        summary=item["explanation"],
        html=_html(item),
        links=[own, *related, *(Link("via", url) for url in dict.fromkeys(sources))],
        topics=sorted({topic for side in sides for topic in side["topics"]}),
    )


def _address(view: str, item: dict[str, Any]) -> str:
    return url_for(view, id=item["id"], _external=True)


def _html(item: dict[str, Any]) -> Markup:
    quotes = [_quoted(side, item["evidence"]) for side in item["statements"]]
    told = [item["explanation"], *quotes, _state(item), item["note"]]
    return Markup("").join(
        each if isinstance(each, Markup) else _PARAGRAPH.format(each) for each in told if each
    )


def _quoted(side: dict[str, Any], evidence: list[dict[str, Any]]) -> Markup:
    source = side["source"] or {}
    title, url = source.get("title") or source.get("url"), source.get("url")
    whence = [
        side["speaker"]["name"],
        side["role"],
        side["said_on"],
        _LINKED.format(url, title) if url else title,
        source.get("publisher"),
    ]
    spans = [(each["start"], each["end"]) for each in evidence if each["statement"] == side["id"]]
    return _QUOTE.format(
        cite=_CITE.format(url) if url else "",
        said=_marked(side["text"], spans),
        whence=Markup(", ").join(part for part in whence if part),
    )


def _marked(text: str, spans: list[tuple[int, int]]) -> Markup:
    """A text with the words in it that are evidence; spans may overlap."""
    parts, at = [], 0
    for start, end in sorted(spans):
        if end > at:
            start = max(start, at)
            parts += [Markup.escape(text[at:start]), _MARK.format(text[start:end])]
            at = end
    return Markup("").join([*parts, text[at:]])


def _state(item: dict[str, Any]) -> str:
    state = f"{item['status'].capitalize()}: {', '.join(item['basis'])}"
    if item["reviewed_at"] is None:
        return f"{state}; score {item['score']:.2f}."
    reason = f" as {item['reason'].replace('_', ' ')}" if item["reason"] else ""
    reviewer = f" by {item['reviewed_by']}" if item["reviewed_by"] else ""
    return f"{state}; decided{reason}{reviewer} at {item['reviewed_at']}."
