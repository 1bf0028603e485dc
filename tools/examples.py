"""Writes ``schemas/data/examples.json``: every call of the API with its true answer.

usage: python -m tools.examples

The calls run against the real application on a new ledger; only moments in time are replaced, by
the first of January 2026, so that the file changes when the answers do and not otherwise.
"""

import json
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from flask import Flask

from api.app import create_app
from api.ledger.migrations.runner import migrate
from api.ledger.storage.database import disconnect
from api.services.admin import keys
from api.settings import Settings
from api.web.http.media_types import JSON, NDJSON

FILE = Path(__file__).parent.parent / "schemas" / "data" / "examples.json"

# What differs from run to run, and what stands for it: moments in time, places in a history.
_PASSING = {
    r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z": "2026-01-01T00:00:00Z",
    r'(?<="since":")[^"]+': "WzMsImI1YzE0NDI4ZjFlZGQ3MWIiXQ.Vx1Yk0Vb1gkq1S6Jd4l2mQ2eGdM",
    r"(?<=since=)[\w.-]+": "WzIsIjE5ZmU0YzYwM2Y3YjQ2YWQiXQ.o0cW1rX8rJq3mKd0bYk4mB7vC9E",
}
_PASSING[r"whsec_[\w+/=]+"] = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oDazqkA6mYpWI="
_PASSING[r"urn:uuid:[0-9a-f-]{36}"] = "urn:uuid:5f2b7c1e-8f5d-5c3a-9a74-0d1b2c3e4f50"
# What hangs on salts and keys.
_PASSING[r"\b[0-9a-f]{64}\b"] = "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
_PASSING[r'(?<="salt":")[0-9a-f]{32}'] = "2bf1251e4320a344f5c0d7b76b7afbc4"
_NAME = "counterclaim/19fe4c603f7b46ad"
_PASSING[r"counterclaim/[0-9a-f]{16}\+[^\"]+"] = (
    f"{_NAME}+2b7cc1e8+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop"
)
_PASSING[r"counterclaim/[0-9a-f]{16}\\n(\d+)\\n[^\"]+"] = (
    rf"{_NAME}\\n\1\\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\\n\\n— {_NAME} "
    r"K3zB6MdMlBrx2rnJXW2mH5ff9YkVtsFQ7CRzh4RYo2wq0s3pC3JcNV2dM1n5H9dDgS9uZs6kUoX2Zb1rL0fVZQrjvQk=\\n"
)
_PASSING[r"counterclaim/[0-9a-f]{16}(?!\+)"] = _NAME
# What differs from machine to machine: sizes and times.
_PASSING[r"(?s)# HELP counterclaim_ledger_bytes.*"] = """\
# HELP counterclaim_ledger_bytes Size of the ledger on disk
# TYPE counterclaim_ledger_bytes gauge
counterclaim_ledger_bytes 528384.0
# HELP counterclaim_request_seconds Time from a request's coming in to its answer's having gone out
# TYPE counterclaim_request_seconds histogram
counterclaim_request_seconds_bucket{le="0.001",method="GET",route="/v1/topics",status="200"} 2.0
counterclaim_request_seconds_bucket{le="+Inf",method="GET",route="/v1/topics",status="200"} 3.0
counterclaim_request_seconds_count{method="GET",route="/v1/topics",status="200"} 3.0
counterclaim_request_seconds_sum{method="GET",route="/v1/topics",status="200"} 0.005
"""
_GAZETTE = {
    "title": "Council divided over the harbour",
    "url": "https://gazette.example/harbour",
    "publisher": "The Harbour Gazette",
    "published_on": "2026-03-15",
    "language": "en",
}
_MAYOR = {
    "kind": "quote",
    "text": "The city will not close the harbour",
    "verbatim": ["will not close"],
    "speaker": {"name": "Ada Brook", "kind": "person", "aliases": ["Mayor Brook"]},
    "role": "Mayor",
    "said_on": "2026-03-14",
    "said_on_text": "on Saturday",
    "source": _GAZETTE,
    "cue": "said",
    "topics": ["harbour-plan"],
    "external_id": "gazette-1",
}
_MINISTER = {
    "kind": "claim",
    "text": "The city will close the harbour",
    "speaker": {"name": "Ministry of Transport", "kind": "organization"},
    "said_on": "2026-03",
    "source": {"id": 1},
    "topics": ["harbour-plan"],
}

_LIGHTHOUSE = {
    "source": {
        "title": "Lighthouse keeper leaves",
        "url": "https://gazette.example/lighthouse",
        "published_on": "2026-03-18",
    },
    "text": "“The lamp will stay lit,” said Mayor Ada Brook on Monday.\n\n"
    "The keeper said that nobody would look after it.",
    "speakers": [{"mention": "The keeper", "speaker": {"name": "Jon Vale", "kind": "person"}}],
}

_LINES = """\
{"kind": "claim", "text": "The pilots will strike in May", "said_on": "2026-04-20", \
"speaker": {"name": "Pilots' Guild", "kind": "organization"}, "external_id": "wire-1"}
{"kind": "rumour", "text": "The pilots will not strike", "speaker": {"id": 1}}
"""

_CLAIM_REVIEW = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "url": "https://facts.example/lamp",
    "claimReviewed": "The lamp costs the city two million a year",
    "author": {"@type": "Organization", "name": "Quay Facts"},
    "itemReviewed": {
        "@type": "Claim",
        "author": {"@type": "Person", "name": "Jon Vale"},
        "datePublished": "2026-03-17",
        "firstAppearance": {"@type": "CreativeWork", "url": "https://courier.example/8"},
    },
    "reviewRating": {"@type": "Rating", "ratingValue": 1, "alternateName": "False"},
}


class Form(dict[str, str]):
    """A body that is sent as a form."""


_COLUMN = Form(
    queries='{"q0": {"query": "Brook, Ada", "type": "person", "type_strict": "should", "limit": 3}}'
)

# Operation (and the media type that is accepted, where it is not JSON), method, address, body: in
# the order in which they are called.
CALLS: list[tuple[str, str, str, Any]] = [
    ("createStatement", "POST", "/v1/statements", _MAYOR),
    ("", "POST", "/v1/statements", _MINISTER),
    ("listStatements", "GET", "/v1/statements?q=harbour&kind=quote", None),
    ("reviseStatement", "PATCH", "/v1/statements/1", {"context": "The mayor spoke on the quay."}),
    ("getStatement", "GET", "/v1/statements/1", None),
    (
        "createAppearance",
        "POST",
        "/v1/statements/1/appearances",
        {"source": {"url": "https://courier.example/7", "title": "Harbour stays"}},
    ),
    ("listAppearances", "GET", "/v1/statements/1/appearances", None),
    ("getStatementHistory", "GET", "/v1/statements/1/history", None),
    (
        "createReference",
        "POST",
        "/v1/references",
        {"kind": "responds_to", "from_statement": 2, "to_statement": 1, "note": "A day later."},
    ),
    ("listReferences", "GET", "/v1/references?statement=1", None),
    ("getReference", "GET", "/v1/references/1", None),
    ("getStatementReferences", "GET", "/v1/statements/1/references", None),
    ("listContradictions", "GET", "/v1/contradictions?topic=harbour-plan", None),
    (
        "reviewContradiction",
        "PATCH",
        "/v1/contradictions/1",
        {"status": "confirmed", "reviewed_by": "A. Editor", "note": "Both are on the record."},
    ),
    ("getContradiction", "GET", "/v1/contradictions/1", None),
    (
        "",
        "POST",
        "/v1/statements",
        {
            "kind": "claim",
            "text": "Fishing boats moor in the old basin",
            "speaker": {"id": 2},
            "said_on": "2026-03-16",
        },
    ),
    (
        "createContradiction",
        "POST",
        "/v1/contradictions",
        {
            "statements": [2, 3],
            "nature": "factual",
            "explanation": "A closed harbour has no boats in its basin.",
            "evidence": [{"statement": 3, "start": 14, "end": 35, "role": "asserts"}],
        },
    ),
    (
        "checkContradictions",
        "POST",
        "/v1/contradictions/check",
        {
            "pairs": [
                {
                    "a": {"text": "The board approved the merger", "said_on": "2026-02-03"},
                    "b": {"text": "The board did not approve the merger"},
                }
            ]
        },
    ),
    (
        "createSpeaker",
        "POST",
        "/v1/speakers",
        {"name": "A. Brook", "kind": "person", "role": "Mayor"},
    ),
    ("listSpeakers", "GET", "/v1/speakers?q=brook", None),
    ("reviseSpeaker", "PATCH", "/v1/speakers/1", {"wikidata": "Q42"}),
    ("getSpeaker", "GET", "/v1/speakers/1", None),
    ("mergeSpeaker", "POST", "/v1/speakers/3/merge", {"into": 1}),
    (
        "createSource",
        "POST",
        "/v1/sources",
        {"title": "Minutes of the council", "publisher": "City of Quay", "published_on": "2026-03"},
    ),
    ("listSources", "GET", "/v1/sources?publisher=city%20of%20quay", None),
    ("reviseSource", "PATCH", "/v1/sources/3", {"url": "https://quay.example/minutes"}),
    ("getSource", "GET", "/v1/sources/3", None),
    ("listTopics", "GET", "/v1/topics", None),
    ("createArticle", "POST", "/v1/articles", _LIGHTHOUSE),
    ("getHealth", "GET", "/healthz", None),
    ("getReadiness", "GET", "/readyz", None),
    ("listStatementCounts", "GET", "/v1/statements/counts?by=speaker", None),
    ("listSpeakerCounts", "GET", "/v1/speakers/counts?by=kind", None),
    ("listStatements text/csv", "GET", "/v1/statements?all=true&q=lamp", None),
    ("listStatements application/x-ndjson", "GET", "/v1/statements?all=true&q=lamp", None),
    ("importStatements", "POST", "/v1/statements/import", _LINES),
    (
        "createProposition",
        "POST",
        "/v1/propositions",
        {"text": "The harbour should be closed", "topics": ["harbour-plan"]},
    ),
    ("listPropositions", "GET", "/v1/propositions?topic=harbour-plan", None),
    ("reviseProposition", "PATCH", "/v1/propositions/1", {"note": "As the council votes on it."}),
    ("getProposition", "GET", "/v1/propositions/1", None),
    ("putStance", "PUT", "/v1/statements/1/stances/1", {"stance": "denies"}),
    ("", "PUT", "/v1/statements/2/stances/1", {"stance": "affirms"}),
    ("listStances", "GET", "/v1/statements/1/stances", None),
    ("getStance", "GET", "/v1/statements/1/stances/1", None),
    ("listPropositionStances", "GET", "/v1/propositions/1/stances?stance=denies", None),
    ("", "PATCH", "/v1/statements/3", {"said_on": "2026-04-02"}),
    ("", "PUT", "/v1/statements/3/stances/1", {"stance": "denies"}),
    ("listPositions", "GET", "/v1/speakers/2/positions", None),
    (
        "createReview",
        "POST",
        "/v1/reviews",
        {
            "statement": 2,
            "url": "https://facts.example/harbour",
            "title": "Will the harbour close?",
            "author": {"name": "Quay Facts", "url": "https://facts.example"},
            "rating": {"value": 2, "label": "Mostly false"},
            "published_on": "2026-03-16",
            "language": "en",
        },
    ),
    ("listReviews", "GET", "/v1/reviews?author=quay%20facts", None),
    (
        "reviseReview",
        "PATCH",
        "/v1/reviews/1",
        {"rating": {"explanation": "No decision was taken."}},
    ),
    ("getReview", "GET", "/v1/reviews/1", None),
    ("getReview application/ld+json", "GET", "/v1/reviews/1", None),
    ("getStatement application/ld+json", "GET", "/v1/statements/1", None),
    ("getContradiction application/ld+json", "GET", "/v1/contradictions/1", None),
    ("listContradictionCounts", "GET", "/v1/contradictions/counts?by=status", None),
    ("listReviewCounts", "GET", "/v1/reviews/counts?by=label", None),
    ("importReviews", "POST", "/v1/reviews/import", _CLAIM_REVIEW),
    ("getReconciliation", "GET", "/v1/reconcile", None),
    ("reconcileSpeakers", "POST", "/v1/reconcile", _COLUMN),
    ("suggestSpeakers", "GET", "/v1/reconcile/suggest/entity?prefix=bro", None),
    ("suggestTypes", "GET", "/v1/reconcile/suggest/type?prefix=per", None),
    ("suggestProperties", "GET", "/v1/reconcile/suggest/property?prefix=wiki", None),
    ("proposeProperties", "GET", "/v1/reconcile/properties?type=person&limit=3", None),
    ("previewSpeaker", "GET", "/v1/reconcile/preview/1", None),
    ("listChanges", "GET", "/v1/changes?subject=speaker&limit=2", None),
    ("getMetrics text/plain", "GET", "/metrics", None),
    (
        "listContradictionsInFeed application/atom+xml",
        "GET",
        "/v1/contradictions.atom?topic=harbour-plan",
        None,
    ),
    ("getMetrics application/openmetrics-text", "GET", "/metrics", None),
    ("getLedgerHead", "GET", "/v1/ledger/head", None),
    ("getInclusionProof", "GET", "/v1/ledger/proofs/inclusion?change=2&size=5", None),
    ("getConsistencyProof", "GET", "/v1/ledger/proofs/consistency?first=3&second=5", None),
    (
        "createWebhook",
        "POST",
        "/v1/webhooks",
        {
            "url": "https://desk.example/counterclaim",
            "events": ["contradiction.flagged", "contradiction.withdrawn"],
            "filter": {"topic": ["harbour-plan"]},
        },
    ),
    ("listWebhooks", "GET", "/v1/webhooks", None),
    ("getWebhook", "GET", "/v1/webhooks/1", None),
    ("reviseWebhook", "PATCH", "/v1/webhooks/1", {"filter": {"speaker": [1], "q": "harbour"}}),
    ("rotateWebhookSecret", "POST", "/v1/webhooks/1/rotate?overlap_hours=48", None),
    ("listWebhookDeliveries", "GET", "/v1/webhooks/1/deliveries?status=dead", None),
    (
        "redactStatement",
        "POST",
        "/v1/statements/3/redaction",
        {"reason": "Erased at the request of a witness, case 2026-114."},
    ),
]


# Method, address, body, headers: a call that is refused for each type of problem that one can be.
REFUSED: list[tuple[str, str, Any, dict[str, str]]] = [
    ("POST", "/v1/statements", {"kind": "rumour", "text": "So", "speaker": {"id": 1}}, {}),
    ("POST", "/v1/statements", b'{"kind": "claim",', {}),
    ("POST", "/v1/statements", b"The city will close", {"Content-Type": "text/plain"}),
    ("POST", "/v1/articles", {"text": "long " * 25_000}, {}),
    ("POST", "/v1/speakers", {"name": "Ada Brook", "kind": "person"}, {}),
    ("PATCH", "/v1/statements/1", {"role": "The mayor"}, {"If-Match": '"1.9f8e7d6c5b4a3921"'}),
    ("GET", "/v1/statements/999", None, {}),
    ("GET", "/v1/statements", None, {"Accept": "image/png"}),
    ("GET", "/v1/statements", None, {"Host": "rebound.example"}),
    ("GET", "/v1/statements", None, {"Authorization": "Bearer nonsense"}),
]


def made() -> str:
    """The examples of this release, as the file holds them."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(database_url=f"sqlite:///{folder}/examples.db"))
        migrate()
        examples = dict(_answered(app)) | dict(_refused(app))
        disconnect()
    return json.dumps(examples, ensure_ascii=False, indent=1) + "\n"


def _answered(app: Flask) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each call with its answer, in the media type that it prefers or that is named."""
    for operation, method, address, body in CALLS:
        accepted = {"Accept": operation.partition(" ")[2] or "*/*"}
        answer = _call(app, method, address, body, accepted)
        if answer.status_code >= 300:
            raise RuntimeError(f"{method} {address}: {answer.status_code} {answer.text}")
        if operation:
            yield operation, _shown(body, answer)


def _refused(app: Flask) -> Iterator[tuple[str, dict[str, Any]]]:
    """An answer of each type of problem; the last to a key that does not open what it asks for."""
    answers = [_call(app, *refused) for refused in REFUSED]
    # The first key that is made closes the ledger to those without one.
    reading = {"Authorization": f"Bearer {keys.create('reader', ['read'])}"}
    answers.append(_call(app, "DELETE", "/v1/statements/1", None, reading))
    for answer in answers:
        yield f"problem {answer.json['type'].rpartition('/')[2]}", _shown(None, answer)


def _call(app: Flask, method: str, address: str, body: Any, headers: dict[str, str]) -> Any:
    sent: dict[str, Any] = {"json": body}
    if isinstance(body, bytes):
        sent = {"data": body, "content_type": headers.get("Content-Type", JSON)}
    elif isinstance(body, str):
        sent = {"data": body, "content_type": NDJSON}
    elif isinstance(body, Form):
        sent = {"data": body}
    return app.test_client().open(address, method=method, headers=headers, buffered=True, **sent)


def _shown(body: Any, answer: Any) -> dict[str, Any]:
    text = answer.text
    for passing, lasting in _PASSING.items():
        text = re.sub(passing, lasting, text)
    response = json.loads(text) if answer.is_json else text
    return {"request": body, "status": answer.status_code, "response": response}


if __name__ == "__main__":
    FILE.write_text(made(), encoding="utf-8")
