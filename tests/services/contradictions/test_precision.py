"""Precision from the ledger's own reviews."""

import pytest

from api.services.contradictions.precision import precision

PAIRS = [
    ("The court upheld the ban", "The court did not uphold the ban"),
    ("The mayor opened the bridge", "The mayor did not open the bridge"),
    ("The union accepted the offer", "The union did not accept the offer"),
]


@pytest.fixture
def raised(record):
    """The ids of three contradictions that the engine raised."""
    ids = []
    for number, (first, second) in enumerate(PAIRS):
        record(first, language="en", speaker=f"First {number}")
        found = record(second, language="en", speaker=f"Second {number}")
        ids += [each["id"] for each in found["contradictions"]]
    assert len(ids) == len(PAIRS)
    return ids


def test_it_counts_decisions_by_what_the_engine_had_said(client, raised):
    for number, contradiction in enumerate(raised):
        decision = (
            {"status": "dismissed", "reason": "different_time"}
            if number == 0
            else {"status": "confirmed"}
        )
        client.patch(f"/v1/contradictions/{contradiction}", json=decision)
    groups = precision()
    flagged = groups["verdict"]["flagged"]
    assert (flagged.confirmed, flagged.dismissed) == (2, 1)
    assert flagged.precision == pytest.approx(2 / 3)
    assert flagged.reasons == {"different_time": 1}
    assert groups["basis"]["negation"].confirmed == 2


def test_the_undecided_and_what_people_put_in_do_not_count(client, raised, oppose):
    client.patch(f"/v1/contradictions/{oppose()['id']}", json={"status": "confirmed"})
    assert not any(precision().values())
