"""Two gunicorn workers writing to one ledger at once: nothing lost, nothing twice, no 5xx."""

import json
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.serving import serving

WRITERS = 8


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with serving(tmp_path_factory.mktemp("workers"), workers="2") as address:
        yield address


def call(url, method="GET", body=None, **headers):
    data = None if body is None else json.dumps(body).encode()
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(
        url, data, {"Content-Type": "application/json", **headers}, method=method
    )
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, dict(answer.headers), json.loads(answer.read() or b"null")
    except urllib.error.HTTPError as error:
        return error.code, dict(error.headers), json.loads(error.read())


def at_once(work, count):
    with ThreadPoolExecutor(WRITERS) as pool:
        return list(pool.map(work, range(count)))


def test_statements_of_one_new_speaker_at_once_make_one_speaker(server):
    def record(number):
        body = {
            "kind": "claim",
            "text": f"Kai Nr. {number} bleibt offen",
            "language": "de",
            "speaker": {"name": "Hafenamt", "kind": "organization"},
            "source": {"url": "https://amtsblatt.example/1", "title": "Amtsblatt"},
        }
        return call(f"{server}/v1/statements", "POST", body)

    answers = at_once(record, 40)
    assert {status for status, _, _ in answers} == {201}
    assert len({body["id"] for _, _, body in answers}) == 40
    assert len({body["speaker"]["id"] for _, _, body in answers}) == 1
    assert len({body["source"]["id"] for _, _, body in answers}) == 1


def test_revisions_of_one_version_at_once_let_one_win_each_time(server):
    body = {
        "kind": "claim",
        "text": "Der Kran steht still",
        "language": "de",
        "speaker": {"name": "Werft", "kind": "organization"},
    }
    _, _, made = call(f"{server}/v1/statements", "POST", body)
    address = f"{server}/v1/statements/{made['id']}"

    def revise(number):
        won = 0
        for turn in range(4):
            _, headers, _ = call(address)
            changes = {"context": f"Fassung {number}.{turn}"}
            status, _, _ = call(address, "PATCH", changes, If_Match=headers["ETag"])
            assert status in (200, 412)
            won += status == 200
        return won

    won = sum(at_once(revise, WRITERS))
    _, _, final = call(address)
    assert won >= 1
    assert final["version"] == 1 + won


def test_one_idempotency_key_at_once_records_once(server):
    body = {
        "kind": "claim",
        "text": "Die Schleuse wird gesperrt",
        "language": "de",
        "speaker": {"name": "Schleusenamt", "kind": "organization"},
    }

    def record(_):
        return call(f"{server}/v1/statements", "POST", body, Idempotency_Key="schleuse-1")

    answers = at_once(record, WRITERS)
    assert {status for status, _, _ in answers} == {201}
    assert len({json.dumps(body) for _, _, body in answers}) == 1


def test_contradicting_statements_at_once_are_flagged(server):
    sides = ("The board approved the merger", "The board did not approve the merger")

    def record(number):
        text = f"{sides[number % 2]} with Company {number // 2}"
        speaker = {"name": f"Witness {number}", "kind": "person"}
        body = {"kind": "claim", "text": text, "speaker": speaker, "said_on": "2026-02-03"}
        return call(f"{server}/v1/statements", "POST", body)

    answers = at_once(record, 8)
    assert {status for status, _, _ in answers} == {201}
    ids = {body["id"]: body["text"].split()[-1] for _, _, body in answers}
    _, _, found = call(f"{server}/v1/contradictions?limit=200")
    flagged = {
        frozenset(side["id"] for side in each["statements"])
        for each in found["items"]
        if {side["id"] for side in each["statements"]} <= set(ids)
    }
    matching = {frozenset(i for i in ids if ids[i] == company) for company in set(ids.values())}
    assert matching <= flagged
