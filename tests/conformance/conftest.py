"""What the tests of the reconciliation service share."""

import json

import pytest

SERVICE = "/v1/reconcile"


@pytest.fixture
def people(add):
    """Some speakers, by their names; two of them share one."""
    made = [
        ("Volodymyr Zelenskyy", "person", ["Zelensky"], "President of Ukraine", "Q3874799"),
        ("Friedrich Merz", "person", [], "Chancellor of Germany", None),
        ("Ministry of Transport", "organization", ["MoT"], None, None),
        ("Constitution of Ukraine", "document", [], None, None),
        ("John Smith", "person", [], "Mayor", None),
        ("John Smith", "person", [], "Referee", None),
    ]
    ids = []
    for name, kind, aliases, role, wikidata in made:
        body = {"name": name, "kind": kind, "aliases": aliases, "role": role}
        ids.append(add("/v1/speakers", **body, wikidata=wikidata, distinct=True)["id"])
    return ids


@pytest.fixture
def ask(client):
    """Sends a batch as OpenRefine does: a form with JSON in it."""

    def send(queries):
        return client.post(SERVICE, data={"queries": json.dumps(queries)})

    return send
