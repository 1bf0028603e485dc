"""``GET /v1/contradictions.atom``: valid by RFC 4287, and read as a reader of feeds reads it."""

import re
from collections import Counter
from pathlib import Path

import feedparser
import pytest
from lxml import etree

ATOM = "{http://www.w3.org/2005/Atom}"
FEED = "/v1/contradictions.atom"
SCHEMA = etree.RelaxNG(etree.parse(Path(__file__).with_name("atom.rng")))


@pytest.fixture
def read(client):
    """Reads a page of the feed as a reader does, once it is known to be valid."""

    def read_it(address=FEED, **parameters):
        answer = client.get(address, query_string=parameters or None)
        assert answer.status_code == 200, answer.text
        assert answer.mimetype == "application/atom+xml"
        document = etree.fromstring(answer.data)
        SCHEMA.assertValid(document)
        for holder in (document, *document.iter(f"{ATOM}entry")):
            alternates = Counter(
                (link.get("type"), link.get("hreflang"))
                for link in holder.findall(f"{ATOM}link")
                if link.get("rel", "alternate") == "alternate"
            )
            assert set(alternates.values()) <= {1}
        assert document.find(f"{ATOM}author") is not None
        found = feedparser.parse(answer.data)
        assert not found.bozo, found.get("bozo_exception")
        return found

    return read_it


def ids(found):
    return [entry.id for entry in found.entries]


def test_an_invalid_feed_would_not_pass():
    entry = f"<entry xmlns='{ATOM[1:-1]}'><id>urn:x:1</id><title>T</title></entry>"
    feed = (
        f"<feed xmlns='{ATOM[1:-1]}'><id>urn:x:0</id><title>T</title>"
        f"<updated>2026-01-01T00:00:00Z</updated>{entry}</feed>"
    )
    assert not SCHEMA.validate(etree.fromstring(feed))
    whole = feed.replace(
        "</title></entry>", "</title><updated>2026-01-01T00:00:00Z</updated></entry>"
    )
    assert SCHEMA.validate(etree.fromstring(whole))
    assert not SCHEMA.validate(etree.fromstring(whole.replace("00:00:00Z", "00:00:00")))


def test_an_entry_says_who_contradicts_whom_in_what_words(record, oppose, read):
    first = record(
        "Der Hafen bleibt offen",
        speaker="Anna Berg",
        said_on="2026-03-14",
        role="Mayor",
        source={"url": "https://a.example/1?x=1&y=2", "title": "Bote", "publisher": "Verlag"},
        topics=["hafen"],
    )
    second = record("Der Hafen wird geschlossen", speaker="Bo Falk", topics=["stadt"])
    oppose(
        first["id"],
        second["id"],
        explanation="Offen ist nicht geschlossen.",
        evidence=[
            {"statement": first["id"], "start": 10, "end": 22},
            {"statement": first["id"], "start": 17, "end": 22},
        ],
    )
    found = read()
    assert found.feed.title == "Contradictions"
    (entry,) = found.entries
    assert entry.title == "Anna Berg and Bo Falk: statements that exclude each other"
    assert entry.summary == "Offen ist nicht geschlossen."
    (content,) = entry.content
    assert content.type == "text/html"
    assert "Der Hafen <strong>bleibt offen</strong>" in content.value
    assert "— Anna Berg, Mayor, 2026-03-14, " in content.value
    assert '<a href="https://a.example/1?x=1&amp;y=2">Bote</a>, Verlag' in content.value
    assert "Flagged: manual; score 1.00." in content.value
    assert [tag.term for tag in entry.tags] == ["hafen", "stadt"]
    links = {(link.rel, link.href) for link in entry.links}
    assert links == {
        ("alternate", "http://localhost/v1/contradictions/1"),
        ("related", "http://localhost/v1/statements/1"),
        ("related", "http://localhost/v1/statements/2"),
        ("via", "https://a.example/1?x=1&y=2"),
    }


def test_html_and_what_xml_cannot_carry_is_shown_and_never_run(record, oppose, read):
    nasty = "<script>alert(1)</script> & ]]> \x01\ufffe\u202e „so“"
    oppose(
        record(nasty, source={"title": "<img src=x onerror=alert(2)>"})["id"],
        record("Anders", speaker="<b>Bo</b>")["id"],
        explanation=nasty,
        note="<i>note</i>",
    )
    (entry,) = read().entries
    shown = nasty.replace("\x01", "\ufffd").replace("\ufffe", "\ufffd")
    assert entry.title_detail.type == "text/plain"
    assert "<b>Bo</b>" in entry.title
    assert entry.summary == shown
    value = entry.content[0].value
    assert not re.search(r"<(script|img|b|i)\b", value)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in value


def test_what_was_decided_last_comes_first_and_keeps_its_id(client, oppose, read):
    older, newer = oppose(), oppose()
    before = read()
    assert len(set(ids(before))) == 2
    assert [entry.link.rpartition("/")[2] for entry in before.entries] == [
        str(newer["id"]),
        str(older["id"]),
    ]
    etag = client.get(f"/v1/contradictions/{older['id']}").headers["ETag"]
    answer = client.patch(
        f"/v1/contradictions/{older['id']}",
        json={"status": "dismissed", "reason": "misread", "reviewed_by": "A. Editor"},
        headers={"If-Match": etag},
    )
    assert answer.status_code == 200
    dismissed = read(status=["dismissed", "flagged"])
    assert ids(dismissed) == ids(before)[::-1]
    assert "decided as misread by A. Editor" in dismissed.entries[0].content[0].value
    assert dismissed.entries[0].updated > before.entries[1].updated
    assert dismissed.feed.updated == dismissed.entries[0].updated
    assert dismissed.entries[0].published == before.entries[1].published
    assert ids(read()) == ids(before)[:1]


def test_ids_are_those_of_the_ledger_whatever_its_host_is_called(client, oppose, read):
    oppose()
    here = read()
    moved = feedparser.parse(client.get(FEED, base_url="https://127.0.0.1").data)
    assert moved.entries[0].link.startswith("https://127.0.0.1/v1/")
    assert (moved.feed.id, ids(moved)) == (here.feed.id, ids(here))
    assert here.feed.id.startswith("urn:uuid:")


def test_another_ledger_gives_other_ids(open_ledger):
    found = []
    for name in ("one.db", "other.db"):
        client = open_ledger(name).test_client()
        for text in ("Ja", "Nein"):
            body = {"kind": "claim", "text": text, "language": "de"}
            client.post("/v1/statements", json=body | {"speaker": {"name": "A", "kind": "person"}})
        client.post("/v1/contradictions", json={"statements": [1, 2], "nature": "factual"})
        found.append(feedparser.parse(client.get(FEED).data))
    assert found[0].feed.id != found[1].feed.id
    assert ids(found[0]) != ids(found[1])


def test_the_filters_of_the_list_narrow_the_feed_to_one_of_its_own(
    oppose, record, read, refused, client
):
    taxes = record("Mehr Steuern", topics=["steuer"])
    oppose()
    oppose(taxes["id"], record("Keine")["id"], nature="position")
    whole, narrowed = read(), read(topic="steuer", nature="position")
    assert (len(whole.entries), len(narrowed.entries)) == (2, 1)
    assert ids(narrowed) == ids(whole)[:1]
    assert narrowed.feed.title == "Contradictions: nature position, topic steuer" or (
        narrowed.feed.title == "Contradictions: topic steuer, nature position"
    )
    assert narrowed.feed.id != whole.feed.id
    assert read(f"{FEED}?nature=position&topic=steuer").feed.id == narrowed.feed.id
    assert read(f"{FEED}?topic=steuer&nature=position&limit=1").feed.id == narrowed.feed.id
    refused(client.get(f"{FEED}?nature=odd"), 422, parameter="nature")
    refused(client.get(f"{FEED}?sort=-score"), 422, parameter="sort")
    refused(client.get(f"{FEED}?all=true"), 422, parameter="all")


def test_pages_lead_to_each_other_and_leave_nothing_out(oppose, read):
    made = [oppose()["id"] for _ in range(5)]
    page, seen = read(limit=2), []
    feed_id = page.feed.id
    while True:
        assert page.feed.id == feed_id
        links = {link.rel: link.href for link in page.feed.links}
        assert links["first"] == f"http://localhost{FEED}?limit=2"
        seen += [int(entry.link.rpartition("/")[2]) for entry in page.entries]
        if "next" not in links:
            break
        page = read(links["next"])
        assert {link.rel: link.href for link in page.feed.links}["self"] == links["next"]
    assert seen == made[::-1]


def test_a_reader_that_has_it_is_told_so(client, oppose):
    oppose()
    answer = client.get(FEED)
    held = {"If-None-Match": answer.headers["ETag"]}
    assert client.get(FEED, headers=held).status_code == 304
    oppose()
    assert client.get(FEED, headers=held).status_code == 200


def test_the_feed_of_an_empty_ledger_is_valid(read):
    found = read()
    assert found.entries == []
    assert found.feed.updated_parsed.tm_year > 2000


@pytest.mark.parametrize("accept", ["application/atom+xml", "text/html,*/*;q=0.8", "*/*"])
def test_readers_and_browsers_get_it(client, accept):
    assert client.get(FEED, headers={"Accept": accept}).mimetype == "application/atom+xml"


def test_who_wants_json_is_told_what_there_is(client, refused):
    problem = refused(client.get(FEED, headers={"Accept": "application/json"}), 406)
    assert problem["available"] == ["application/atom+xml"]
