"""What a desk does in a day, with the client that openapi-generator generates.

usage: python openapi_generator.py ADDRESS KEY
"""

import json
import sys
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

from counterclaim_client import (
    ApiClient,
    ApiException,
    ArticleIn,
    ArticlesApi,
    ArticleSource,
    Configuration,
    ContradictionReason,
    ContradictionsApi,
    Decision,
    DecisionStatus,
    SpeakerKind,
    SpeakerRef,
    Statement,
    StatementIn,
    StatementKind,
    StatementPatch,
    StatementsApi,
)

address, key = sys.argv[1:]
client = ApiClient(Configuration(host=address, access_token=key))
statements = StatementsApi(client)


def pages() -> Iterator[list[Statement]]:
    cursor = None
    while True:
        page = statements.list_statements(limit=7, cursor=cursor)
        yield page.items
        if page.next is None:
            return
        cursor = parse_qs(urlsplit(page.next).query)["cursor"][0]


listed = list(pages())

made = statements.create_statement(
    StatementIn(
        kind=StatementKind.CLAIM,
        text="Ukraine is ready to cede territory",
        speaker=SpeakerRef(name="A senior official", kind=SpeakerKind.UNNAMED),
        said_on="2025-12-11",
    ),
    idempotency_key="desk-1",
)

etag = statements.get_statement_with_http_info(made.id).headers["ETag"]
cue = StatementPatch(cue="said")
revised = statements.revise_statement_with_http_info(made.id, cue, if_match=etag)
try:
    topics = StatementPatch(topics=["territorial-concessions"])
    statements.revise_statement(made.id, topics, if_match=etag)
except ApiException as refusal:
    stale = refusal

dismissed = ContradictionsApi(client).review_contradiction(
    made.contradictions[0].id,
    Decision(status=DecisionStatus.DISMISSED, reason=ContradictionReason.MISREAD),
)

article = ArticlesApi(client).create_article(
    ArticleIn(
        source=ArticleSource(title="Ferry line in doubt", language="en"),
        text="“The city will close the ferry line,” Mayor Ada Brook said.",
    )
)

try:
    statements.create_statement(
        StatementIn(
            kind=StatementKind.CLAIM,
            text="The ceasefire holds",
            speaker=SpeakerRef(name="A spokesman", kind=SpeakerKind.UNNAMED),
            said_on="2025-02-30",
        )
    )
except ApiException as refusal:
    refused = refusal

line = {"kind": "claim", "text": "The bridge holds", "speaker": {"name": "Ada Brook"}}
imported = statements.import_statements(f"{json.dumps(line)}\nno JSON\n".encode())

feed = ContradictionsApi(client).list_contradictions_in_feed()

retracted = statements.retract_statement_with_http_info(made.id)

print(
    json.dumps(
        {
            "listed": [len(items) for items in listed],
            "created": [made.kind, made.speaker.kind, made.said_on, len(made.contradictions)],
            "revised": [revised.status_code, revised.data.cue, revised.data.version],
            "stale": [stale.status, stale.data.type],
            "dismissed": [dismissed.status, dismissed.reason],
            "article": [
                [each.outcome, each.speaker.name, each.text] for each in article.statements
            ],
            "pointers": [error.pointer for error in refused.data.errors],
            "imported": [json.loads(outcome)["outcome"] for outcome in imported.splitlines()],
            "feed": b"<feed" in feed,
            "retracted": retracted.status_code,
        }
    )
)
