"""Requests that are made to take as much of a server as one request can."""

import json
from typing import NamedTuple

JSON = "application/json"
LINES = "application/x-ndjson"
DRY = "/v1/articles?dry_run=true"
CHECK = "/v1/contradictions/check"
_SAID = "The harbour will stay open, the mayor said on Tuesday, and nobody has to leave it."


class Hostile(NamedTuple):
    """A request, and the deadline that it is answered by at default settings, in seconds."""

    address: str
    body: bytes
    seconds: float
    form: str = JSON


def _filled(piece, size):
    return (piece * (size // len(piece) + 1))[:size]


def _article(text, address=DRY):
    body = {"source": {"title": "Hostile", "published_on": "2026-03-14"}, "text": text}
    return Hostile(address, json.dumps(body).encode(), 20)


def _page(markup, head=""):
    paragraphs = f"<p>{_SAID}</p>" * 5
    html = (
        f"<html><head><title>Hostile</title>{head}</head><body>{paragraphs}{markup}</body></html>"
    )
    return Hostile(DRY, json.dumps({"source": {"title": "Hostile"}, "html": html}).encode(), 20)


def _check(*texts):
    pairs = [{"a": {"text": a}, "b": {"text": b}} for a, b in texts]
    return Hostile(CHECK, json.dumps({"pairs": pairs}).encode(), 5)


def _quotes(number):
    return "\n".join(
        f"“The harbour will close in {i} days because of the strike,” Anna Berg said."
        for i in range(1, number + 1)
    )


def _line(text, number):
    speaker = {"name": "Anna Berg", "kind": "person"}
    return {"kind": "claim", "text": f"{number} {text}"[:20_000], "speaker": speaker}


def _lines(texts):
    lines = (json.dumps(_line(text, number)) for number, text in enumerate(texts))
    return Hostile("/v1/statements/import", "\n".join(lines).encode(), 60, LINES)


def _reviews(number):
    found = [
        {
            "@type": "ClaimReview",
            "url": f"https://facts.example/{i}",
            "claimReviewed": _filled(f"harbour open not {i} ", 5_000),
            "author": {"@type": "Organization", "name": "Facts"},
            "reviewRating": {"@type": "Rating", "alternateName": "False"},
        }
        for i in range(number)
    ]
    return Hostile("/v1/reviews/import", json.dumps(found).encode(), 20)


def _reconcile(number):
    queries = {f"q{i}": {"query": _filled(f"Ada Brook {i} ", 250)} for i in range(number)}
    body = f"queries={json.dumps(queries)}".encode()
    return Hostile("/v1/reconcile", body, 10, "application/x-www-form-urlencoded")


def _statement(text, address="/v1/statements?dry_run=true"):
    return Hostile(address, json.dumps(_line(text, 1)).encode(), 5)


_ROW = "<tr>" + "<td>12</td>" * 100 + "</tr>"
_MARKS = [_filled(f"{i}(((", 1_000) for i in range(496)]

HOSTILE = {
    "parentheses, checked": _check(*zip(_MARKS[::2], _MARKS[1::2], strict=True)),
    "parentheses, an article": _article(_filled("(", 99_000)),
    "parentheses, few enough to be read": _article(_filled("(", 39_000)),
    "letters": _article(_filled("a", 99_000)),
    "digits": _article(_filled("7", 99_000)),
    "emoji": _article(_filled("😀", 39_000)),
    "combining marks": _article(_filled("e" + "\u0301" * 40, 39_000)),
    "CJK without a space": _article(_SAID * 3 + _filled("漢字", 2_000)),
    "quotation marks that never close": _article(_filled("“ ", 70_000)),
    "quotes nearly the same, a dry run": _article(_quotes(1_200)),
    "quotes nearly the same, to be stored": _article(_quotes(1_200), "/v1/articles"),
    "quotes nearly the same, as many as may be": _article(_quotes(230), "/v1/articles"),
    "500 pairs of a thousand characters": _check(
        *(
            (_filled(f"harbour open not {i} ", 1_000), _filled(f"open harbour {i} not ", 1_000))
            for i in range(250)
        )
    ),
    "a pair of twenty thousand characters": _check(
        (_filled("harbour open not ", 20_000), _filled("open harbour not ", 20_000))
    ),
    "one sentence of a hundred thousand characters": _article(_filled("harbour open not ", 99_000)),
    "80,000 attributes": _page("<p " + " ".join(f"a{i}" for i in range(80_000)) + ">x</p>"),
    "50,000 elements in each other": _page("<div>" * 50_000),
    "100,000 elements": _page("<b>a</b>" * 100_000),
    "elements, as many as may be": _page("<b>a</b>" * 40_000),
    "entities": _page("<p>" + "&amp;&eacute;" * 200_000 + "</p>"),
    "newlines": _article(_SAID + _filled("a\n", 90_000)),
    "a table of 10,000 cells": _page(f"<table>{_ROW * 100}</table>"),
    "names": _article(_filled("Ada Brook, Bo Falk, Cy Dahl and he ", 99_000)),
    "cues": _article(_filled("she said that he said that ", 99_000)),
    "dates and numbers": _article(_filled("on 12 March 2025 at 5, 1,234 of 5.6 million ", 99_000)),
    "deep JSON": Hostile(CHECK, b'{"pairs": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", 5),
    "text that makes patterns look again": _article(
        _filled("By A A A A A A , read more " + " " * 2_000 + "A.A.A.A ", 99_000)
    ),
    "a batch of reconciliation": _reconcile(50),
    "lines of an import": _lines([_filled("(", 20_000), _filled("harbour open not ", 20_000)] * 3),
    "fact-checks": _reviews(200),
    "one statement of marks": _statement(_filled("(", 19_000)),
    "one statement of words": _statement(_filled("harbour open not ", 19_000)),
}
