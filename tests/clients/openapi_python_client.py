"""What a desk does in a day, with the client that openapi-python-client generates.

usage: python openapi_python_client.py ADDRESS KEY
"""

import json
import sys
from collections.abc import Iterator
from io import BytesIO
from urllib.parse import parse_qs, urlsplit

from counterclaim_client import AuthenticatedClient
from counterclaim_client.api.articles import create_article
from counterclaim_client.api.contradictions import list_contradictions_in_feed, review_contradiction
from counterclaim_client.api.statements import (
    create_statement,
    get_statement,
    import_statements,
    list_statements,
    retract_statement,
    revise_statement,
)
from counterclaim_client.models import (
    Article,
    ArticleIn,
    ArticleSource,
    Contradiction,
    ContradictionReason,
    Decision,
    DecisionStatus,
    Problem,
    SpeakerKind,
    SpeakerRef,
    Statement,
    StatementIn,
    StatementKind,
    StatementPage,
    StatementPatch,
    StatementWithContradictions,
)
from counterclaim_client.types import UNSET, File

address, key = sys.argv[1:]
client = AuthenticatedClient(address, token=key)


def pages() -> Iterator[list[Statement]]:
    cursor = UNSET
    while cursor is not None:
        page = list_statements.sync(client=client, limit=7, cursor=cursor)
        assert isinstance(page, StatementPage)
        yield page.items
        cursor = parse_qs(urlsplit(page.next_).query)["cursor"][0] if page.next_ else None


listed = list(pages())

made = create_statement.sync(
    client=client,
    body=StatementIn(
        kind=StatementKind.CLAIM,
        text="Ukraine is ready to cede territory",
        speaker=SpeakerRef(name="A senior official", kind=SpeakerKind.UNNAMED),
        said_on="2025-12-11",
    ),
    idempotency_key="desk-1",
)
assert isinstance(made, StatementWithContradictions)

etag = get_statement.sync_detailed(made.id, client=client).headers["ETag"]
cue = StatementPatch(cue="said")
revised = revise_statement.sync_detailed(made.id, client=client, body=cue, if_match=etag)
topics = StatementPatch(topics=["territorial-concessions"])
stale = revise_statement.sync_detailed(made.id, client=client, body=topics, if_match=etag)
assert isinstance(revised.parsed, Statement)
assert isinstance(stale.parsed, Problem)

dismissal = Decision(status=DecisionStatus.DISMISSED, reason=ContradictionReason.MISREAD)
dismissed = review_contradiction.sync(made.contradictions[0].id, client=client, body=dismissal)
assert isinstance(dismissed, Contradiction)

article = create_article.sync(
    client=client,
    body=ArticleIn(
        source=ArticleSource(title="Ferry line in doubt", language="en"),
        text="“The city will close the ferry line,” Mayor Ada Brook said.",
    ),
)
assert isinstance(article, Article)

refused = create_statement.sync(
    client=client,
    body=StatementIn(
        kind=StatementKind.CLAIM,
        text="The ceasefire holds",
        speaker=SpeakerRef(name="A spokesman", kind=SpeakerKind.UNNAMED),
        said_on="2025-02-30",
    ),
)
assert isinstance(refused, Problem)

line = {"kind": "claim", "text": "The bridge holds", "speaker": {"name": "Ada Brook"}}
lines = f"{json.dumps(line)}\nno JSON\n".encode()
imported = import_statements.sync(client=client, body=File(payload=BytesIO(lines)))
assert isinstance(imported, File)

feed = list_contradictions_in_feed.sync(client=client)
assert isinstance(feed, File)

retracted = retract_statement.sync_detailed(made.id, client=client)

print(
    json.dumps(
        {
            "listed": [len(items) for items in listed],
            "created": [made.kind, made.speaker.kind, made.said_on, len(made.contradictions)],
            "revised": [revised.status_code, revised.parsed.cue, revised.parsed.version],
            "stale": [stale.status_code, stale.parsed.type_],
            "dismissed": [dismissed.status, dismissed.reason],
            "article": [
                [each.outcome, each.speaker.name, each.text] for each in article.statements
            ],
            "pointers": [error.pointer for error in refused.errors],
            "imported": [json.loads(outcome)["outcome"] for outcome in imported.payload],
            "feed": b"<feed" in feed.payload.read(),
            "retracted": retracted.status_code,
        }
    )
)
