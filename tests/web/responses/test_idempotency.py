"""``Idempotency-Key``: a creating call that is repeated with its key is answered once."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from api.services.admin import keys

BODY = {
    "kind": "claim",
    "text": "Der Hafen bleibt offen",
    "language": "de",
    "speaker": {"name": "Anna Berg", "kind": "person"},
}
KEY = {"Idempotency-Key": "ein-schlüssel".replace("ü", "u")}


def test_the_same_key_and_body_get_the_same_answer_again(client, ids):
    first = client.post("/v1/statements", json=BODY, headers=KEY)
    client.patch("/v1/statements/1", json={"cue": "sagte"})
    again = client.post("/v1/statements", json=BODY, headers=KEY)
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.data == first.data
    for name in ("Location", "ETag", "Content-Type"):
        assert again.headers[name] == first.headers[name]
    assert ids("/v1/statements") == [1]


def test_without_a_key_the_repeated_call_is_answered_anew(client):
    assert client.post("/v1/statements", json=BODY).status_code == 201
    assert client.post("/v1/statements", json=BODY).status_code == 200


def test_the_same_key_for_another_request_is_refused(client, refused, ids):
    client.post("/v1/statements", json=BODY, headers=KEY)
    refused(client.post("/v1/statements", json=BODY | {"text": "Neu"}, headers=KEY), 422)
    speaker = {"name": "Bo Falk", "kind": "person"}
    refused(client.post("/v1/speakers", json=speaker, headers=KEY), 422)
    assert len(ids("/v1/statements")) == len(ids("/v1/speakers")) == 1


@pytest.fixture
def desk(app):
    """Makes a key for a desk, and gives the headers that carry it beside the Idempotency-Key."""

    def make(name, *scopes):
        return KEY | {"Authorization": f"Bearer {keys.create(name, scopes or ('write',))}"}

    return make


def test_two_callers_with_the_same_key_are_each_answered_for_themselves(client, desk, ids):
    first, second = desk("first"), desk("second")
    assert client.post("/v1/statements", json=BODY, headers=first).status_code == 201
    # Known already, and so answered anew: not as it was to the first.
    assert client.post("/v1/statements", json=BODY, headers=second).status_code == 200
    other = client.post("/v1/statements", json=BODY | {"text": "Neu"}, headers=desk("third"))
    assert other.status_code == 201
    again = [client.post("/v1/statements", json=BODY, headers=desk) for desk in (first, second)]
    assert [answer.status_code for answer in again] == [201, 200]
    assert ids("/v1/statements") == [2, 1]


def test_the_secret_of_a_webhook_is_told_to_no_other_caller(open_ledger):
    client = open_ledger(webhook_networks="127.0.0.0/8").test_client()
    body = {"url": "http://127.0.0.1:9/notices", "events": ["statement.created"]}
    made = []
    for name in ("first", "second"):
        headers = KEY | {"Authorization": f"Bearer {keys.create(name, ['admin'])}"}
        made.append(client.post("/v1/webhooks", json=body, headers=headers))
    assert [answer.status_code for answer in made] == [201, 201]
    assert [answer.json["id"] for answer in made] == [1, 2]
    assert made[0].json["secret"] != made[1].json["secret"]


def test_a_new_secret_of_a_key_gets_what_the_key_was_answered(client, desk):
    first = client.post("/v1/statements", json=BODY, headers=desk("desk"))
    rotated = KEY | {"Authorization": f"Bearer {keys.rotate('desk')}"}
    again = client.post("/v1/statements", json=BODY, headers=rotated)
    assert (again.status_code, again.data) == (201, first.data)


def test_what_was_answered_without_a_key_is_told_to_none_with_one(client, desk):
    assert client.post("/v1/statements", json=BODY, headers=KEY).status_code == 201
    assert client.post("/v1/statements", json=BODY, headers=desk("desk")).status_code == 200


def test_this_machine_is_one_caller_by_whichever_of_its_addresses(client):
    answers = [
        client.post("/v1/statements", json=BODY, headers=KEY, environ_base={"REMOTE_ADDR": address})
        for address in ("127.0.0.1", "::1")
    ]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].data == answers[1].data


def test_a_dry_run_leaves_nothing_under_its_key(client, ids):
    rehearsed = client.post("/v1/statements?dry_run=true", json=BODY, headers=KEY)
    assert rehearsed.status_code == 200
    assert client.post("/v1/statements", json=BODY, headers=KEY).status_code == 201
    assert ids("/v1/statements") == [1]


def test_every_creating_call_takes_a_key(client, record):
    first, second = record()["id"], record(speaker="Bo Falk")["id"]
    for address, body in (
        ("/v1/statements", BODY),
        ("/v1/speakers", {"name": "Jan Maas", "kind": "person", "distinct": True}),
        ("/v1/sources", {"title": "Kurier"}),
        (f"/v1/statements/{first}/appearances", {"source": {"title": "Bote"}}),
        ("/v1/references", {"kind": "quotes", "from_statement": first, "to_statement": second}),
        ("/v1/contradictions", {"statements": [first, second], "nature": "factual"}),
    ):
        key = {"Idempotency-Key": f"key {address}"}
        made = client.post(address, json=body, headers=key)
        again = client.post(address, json=body, headers=key)
        assert (made.status_code, again.status_code) == (201, 201), address
        assert again.data == made.data
        assert len(client.get(address).json["items"]) == len(
            {item["id"] for item in client.get(address).json["items"]}
        )


def test_a_merge_takes_a_key(client, add):
    for name in ("Jan Maas", "J. Maas"):
        add("/v1/speakers", name=name, kind="person")
    answers = [client.post("/v1/speakers/2/merge", json={"into": 1}, headers=KEY) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].data == answers[1].data


def test_a_refused_request_does_not_use_its_key_up(client):
    wrong = BODY | {"speaker": {"name": "Anna Berg"}}
    assert client.post("/v1/statements", json=wrong, headers=KEY).status_code == 422
    assert client.post("/v1/statements", json=BODY, headers=KEY).status_code == 201


@pytest.mark.parametrize("key", ["", "x" * 256, "schl\u00fcssel", "tab\tkey"])
def test_what_is_no_key_is_refused_and_nothing_stored(client, refused, ids, key):
    answer = client.post("/v1/statements", json=BODY, headers={"Idempotency-Key": key})
    refused(answer, 422)
    assert ids("/v1/statements") == []


def test_a_key_is_forgotten_after_its_hours(open_ledger, monkeypatch):
    client = open_ledger(idempotency_hours=1).test_client()
    speaker = {"name": "Jan Maas", "kind": "person"}
    assert client.post("/v1/speakers", json=speaker, headers=KEY).status_code == 201
    later = datetime.now(UTC) + timedelta(hours=1, seconds=5)

    class Later(datetime):
        @classmethod
        def now(cls, tz=None):
            return later

    monkeypatch.setattr("api.services.common.idempotency.datetime", Later)
    assert client.post("/v1/speakers", json=speaker, headers=KEY).status_code == 409


def test_two_at_once_from_two_threads_are_recorded_once(at_once, ids):
    def call(caller):
        return caller.post("/v1/statements", json=BODY, headers=KEY)

    answers = at_once(*[call] * 4)
    worked = [answer for answer in answers if answer.status_code == 201]
    assert {answer.status_code for answer in answers} <= {201, 409}
    assert len({answer.data for answer in worked}) == 1
    assert ids("/v1/statements") == [1]


CALLER = """
import sys
from api.app import create_app
from api.settings import Settings

client = create_app(Settings(database_url=sys.argv[1])).test_client()
client.get("/v1/statements")
print("ready", flush=True)
sys.stdin.readline()
answer = client.post(
    "/v1/speakers",
    json={"name": "Jan Maas", "kind": "person", "distinct": True},
    headers={"Idempotency-Key": "key"},
)
print(answer.status_code, answer.text, flush=True)
"""


def test_two_at_once_from_two_processes_are_recorded_once(app, ids):
    url = app.config["SETTINGS"].database_url
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", CALLER, url],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    for process in processes:
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        process.stdin.write("go\n")
        process.stdin.flush()
    answers = {process.communicate(timeout=30)[0] for process in processes}
    assert len(answers) == 1
    assert answers.pop().startswith("201 ")
    assert len(ids("/v1/speakers")) == 1
