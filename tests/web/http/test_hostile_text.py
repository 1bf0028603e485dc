"""Text that is made to break out of an answer, or to pass for another's."""

import json

import pytest

BREAKS = ("\r\nX-Evil: 1", "%0d%0aX-Evil: 1", "\u560a\u560dX-Evil: 1", "\x00", "\x85X-Evil: 1")


@pytest.mark.parametrize("breaks", BREAKS)
def test_no_text_becomes_a_header(client, record, breaks):
    for number in range(2):
        record(f"Aussage {number} Wort{breaks if breaks != chr(0) else ''}", speaker=f"S{number}")
    first, second = (client.get(f"/v1/statements/{each}").json["speaker"]["id"] for each in (1, 2))
    client.post(f"/v1/speakers/{first}/merge", json={"into": second})
    for answer in (
        client.get("/v1/statements", query_string={"limit": 1, "q": f"Wort {breaks}"}),
        client.get(f"/v1/speakers/{first}", query_string={"x": breaks}),
        client.get(f"/v1/speakers/{first}/positions", query_string={"topic": breaks}),
        client.get(f"/problems/{breaks}".replace("\x00", "%00")),
    ):
        assert answer.status_code < 500
        assert "X-Evil" not in answer.headers
        assert not any(sign in value for _, value in answer.headers for sign in "\r\n\x00")


@pytest.mark.parametrize(
    ("name", "lookalike"),
    [
        ("Ada Brook", "\u0410d\u0430 Brook"),  # Cyrillic
        ("Ada Brook", "Ad\uff41 Brook"),  # full width
        ("Ada Brook", "Ada\u200b Brook"),  # a space of no width
        ("Jos\u00e9 Sosa", "Jose\u0301 Sosa"),  # composed and not
    ],
)
def test_a_name_that_only_looks_like_another_is_offered_and_not_merged(
    client, record, name, lookalike
):
    known = record(speaker=name)["speaker"]["id"]
    answer = client.post(
        "/v1/speakers", json={"name": lookalike, "kind": "person", "distinct": False}
    )
    if answer.status_code == 201:
        assert answer.json["id"] != known
    found = client.get("/v1/reconcile", query_string={"queries": _asked(lookalike)}).json
    assert str(known) in [each["id"] for each in found["q"]["result"]]


def _asked(name):
    return json.dumps({"q": {"query": name}})
