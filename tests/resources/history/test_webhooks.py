"""``/v1/webhooks``: made, read, revised and deleted by an admin, with secrets shown once."""

import re

import pytest

from api.services.admin import keys

HOOK = {"url": "https://desk.example/hook", "events": ["contradiction.flagged"]}
WEBHOOKS = "/v1/webhooks"


def test_a_webhook_is_made_read_revised_and_deleted(client, record, add):
    speaker = record()["speaker"]["id"]
    narrowed = {"speaker": [speaker], "topic": ["Harbour plan"], "q": "harbour"}
    answer = client.post(WEBHOOKS, json=HOOK | {"filter": narrowed})
    assert answer.status_code == 201
    made = answer.json
    assert answer.headers["Location"] == "/v1/webhooks/1"
    assert re.fullmatch(r"whsec_[A-Za-z0-9+/]{43}=", made.pop("secret"))
    assert made["filter"] == {**narrowed, "topic": ["harbour-plan"]}
    assert (made["status"], made["waiting"], made["dead"]) == ("active", 0, 0)
    read = client.get("/v1/webhooks/1")
    assert read.json == made
    assert client.get(WEBHOOKS).json["items"] == [made]
    tag = {"If-Match": answer.headers["ETag"]}
    revised = client.patch("/v1/webhooks/1", json={"filter": None}, headers=tag)
    assert revised.status_code == 200
    assert revised.json["filter"] == {"speaker": [], "topic": [], "q": None}
    assert revised.json["version"] == 2
    assert client.patch("/v1/webhooks/1", json={"filter": None}, headers=tag).status_code == 412
    assert client.delete("/v1/webhooks/1", headers=tag).status_code == 412
    assert client.delete("/v1/webhooks/1").status_code == 204
    assert client.get("/v1/webhooks/1").status_code == 404


def test_a_list_is_fresh_while_it_reads_the_same(client):
    client.post(WEBHOOKS, json=HOOK)
    held = {"If-None-Match": client.get(WEBHOOKS).headers["ETag"]}
    assert client.get(WEBHOOKS, headers=held).status_code == 304
    # No part of the history, so that the head of the ledger stays.
    client.patch("/v1/webhooks/1", json={"status": "disabled"})
    assert client.get(WEBHOOKS, headers=held).status_code == 200


def test_secrets_are_shown_once_and_never_exported(client, app):
    from api.services.admin.export import export

    secrets = [client.post(WEBHOOKS, json=HOOK).json["secret"]]
    answer = client.post("/v1/webhooks/1/rotate")
    assert answer.status_code == 200
    secrets.append(answer.json["secret"])
    assert secrets[0] != secrets[1]
    shown = [client.get(address).text for address in (WEBHOOKS, "/v1/webhooks/1", "/v1/changes")]
    shown.append(b"".join(export()).decode())
    for secret in secrets:
        assert not [text for text in shown if secret in text]
    assert "desk.example" not in shown[-1]


def test_only_an_admin_sees_and_makes_them(client, refused):
    client.post(WEBHOOKS, json=HOOK)
    calls = [
        ("GET", WEBHOOKS),
        ("POST", WEBHOOKS),
        ("GET", "/v1/webhooks/1"),
        ("PATCH", "/v1/webhooks/1"),
        ("DELETE", "/v1/webhooks/1"),
        ("POST", "/v1/webhooks/1/rotate"),
        ("GET", "/v1/webhooks/1/deliveries"),
        ("POST", "/v1/webhooks/1/deliveries/1/replay"),
    ]
    writer = {"Authorization": f"Bearer {keys.create('desk', ['write', 'review'])}"}
    admin = {"Authorization": f"Bearer {keys.create('chief', ['admin'])}"}
    for method, address in calls:
        refused(client.open(address, method=method, json=HOOK), 401)
        problem = refused(client.open(address, method=method, json=HOOK, headers=writer), 403)
        assert problem["scope"] == "admin"
    assert client.get(WEBHOOKS, headers=admin).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "127.1",
        "2130706433",
        "0x7f.1",
        "0.0.0.0",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "169.254.169.254",
        "[fd00:ec2::254]",
        "[fe80::1]",
        "[fec0::1]",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "100.100.100.200",
        "224.0.0.1",
        "255.255.255.255",
        "user:secret@93.184.215.14",
    ],
)
def test_an_address_that_leads_inside_is_refused_by_name(empty_client, refused, host):
    body = HOOK | {"url": f"http://{host}:8000/hook"}
    refused(empty_client.post(WEBHOOKS, json=body), 422, pointer="/url")


def test_nor_can_one_be_led_inside_later(client, refused):
    client.post(WEBHOOKS, json=HOOK)
    changes = {"url": "http://169.254.169.254/latest/meta-data"}
    refused(client.patch("/v1/webhooks/1", json=changes), 422, pointer="/url")
    assert client.get("/v1/webhooks/1").json["version"] == 1


def test_a_network_that_is_let_in_is_and_no_other(open_ledger, refused):
    client = open_ledger(webhook_networks="10.1.0.0/16, fd00::/8").test_client()
    for host, status in (("10.1.2.3", 201), ("[fd00::1]", 201), ("10.2.0.1", 422)):
        answer = client.post(WEBHOOKS, json=HOOK | {"url": f"https://{host}/"})
        assert answer.status_code == status, answer.text


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({"url": "ftp://desk.example/"}, "/url"),
        ({"url": None}, "/url"),
        ({"events": []}, "/events"),
        ({"events": ["statement.deleted"]}, "/events/0"),
        ({"filter": {"speaker": [7]}}, "/filter/speaker/0"),
        ({"filter": {"q": "!"}}, "/filter/q"),
        ({"filter": {"words": "x"}}, "/filter/words"),
        ({"status": "asleep"}, "/status"),
        ({"secret": "whsec_mine"}, "/secret"),
    ],
)
def test_what_cannot_be_is_refused_where_it_is(empty_client, refused, fields, pointer):
    refused(empty_client.post(WEBHOOKS, json=HOOK | fields), 422, pointer=pointer)


def test_what_is_not_there_is_404(client, refused):
    refused(client.get("/v1/webhooks/1"), 404)
    refused(client.post("/v1/webhooks/1/rotate"), 404)
    refused(client.get("/v1/webhooks/1/deliveries"), 404)
    client.post(WEBHOOKS, json=HOOK)
    refused(client.post("/v1/webhooks/1/deliveries/1/replay"), 404)
    refused(client.post("/v1/webhooks/1/rotate?overlap_hours=999"), 422, parameter="overlap_hours")


def test_each_change_is_an_event_that_can_be_asked_for(client, record, oppose, take, add):
    from api.ledger.models import Change
    from api.services.webhooks.events import event
    from schemas.changes import SUBJECTS
    from schemas.webhooks import EVENTS

    assert {name.partition(".")[0] for name in EVENTS} == set(SUBJECTS)
    first = record(source={"title": "Bote"})
    second = record(speaker="Bo Falk")
    found = oppose(first["id"], second["id"])
    proposition = add("/v1/propositions", text="Der Hafen schließt")
    take(first["id"], proposition["id"], "affirms")
    client.delete(f"/v1/statements/{first['id']}/stances/{proposition['id']}")
    client.patch(f"/v1/contradictions/{found['id']}", json={"status": "confirmed"})
    client.delete(f"/v1/statements/{first['id']}")
    told = [event(change) for change in Change.select().order_by(Change.id)]
    assert set(told) <= set(EVENTS)
    assert {
        "speaker.created",
        "source.created",
        "statement.created",
        "appearance.created",
        "contradiction.flagged",
        "proposition.created",
        "stance.created",
        "stance.deleted",
        "contradiction.confirmed",
        "decision.created",
        "statement.retracted",
        "contradiction.withdrawn",
    } == set(told)


def test_a_filter_holds_for_what_rests_on_statements(client, record, oppose, take, add):
    from api.ledger.models import Change
    from api.services.webhooks.events import concerning
    from schemas.webhooks import EVENTS

    one = record("Der Hafen bleibt", topics=["hafen"])
    other = record("Die Steuer steigt", speaker="Bo Falk", topics=["steuer"])
    oppose(one["id"], other["id"])
    proposition = add("/v1/propositions", text="Mehr Steuern", topics=["steuer"])
    take(other["id"], proposition["id"], "affirms")
    client.delete(f"/v1/statements/{other['id']}/stances/{proposition['id']}")

    def told(**narrowed):
        changes = list(Change.select().order_by(Change.id))
        return [name.removesuffix(".created") for _, name in concerning(changes, EVENTS, narrowed)]

    assert told(speaker=[one["speaker"]["id"]]) == ["speaker", "statement", "contradiction.flagged"]
    about_taxes = ["statement", "contradiction.flagged", "proposition", "stance", "stance.deleted"]
    assert told(topic=["steuer"]) == about_taxes
    assert told(q="steuer") == [each for each in about_taxes if each != "proposition"]
    assert told(q="steuer", topic=["hafen"]) == []
    assert told(topic=["hafen", "steuer"], speaker=[one["speaker"]["id"]]) == [
        "statement",
        "contradiction.flagged",
    ]


def test_the_connection_goes_where_was_looked_and_nowhere_else(monkeypatch):
    import socket

    from api.services.webhooks.http_post import send
    from tests.receiving import receiving

    asked = []

    def leads_elsewhere_next(host, port, *_, **__):
        asked.append(host)
        address = "127.0.0.1" if len(asked) == 1 else "169.254.169.254"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    with receiving() as receiver:
        lookup = socket.getaddrinfo
        monkeypatch.setattr(
            socket,
            "getaddrinfo",
            lambda host, *rest, **more: (
                leads_elsewhere_next(host, *rest)
                if host == "rebound.example"
                else lookup(host, *rest, **more)
            ),
        )
        url = f"http://rebound.example:{receiver.port}/hook?x=ü"
        outcome = send(url, {"X-Told": "1"}, b"{}", 5, ["127.0.0.1"])
        assert (outcome.answered, outcome.error) == (204, None)
        assert asked == ["rebound.example"]
        assert receiver.posted[0][0]["host"] == f"rebound.example:{receiver.port}"
        outcome = send(url, {}, b"{}", 5, ["127.0.0.1"])
        assert outcome.answered is None
        assert "169.254.169.254" in outcome.error
