"""What tests of imported fact-checks share: a document sent, and the reviews that it brought."""

import json

import pytest


@pytest.fixture
def send(client):
    """Imports a document and gives the outcomes."""

    def send_it(body, media_type="application/json"):
        answer = client.post("/v1/reviews/import", data=json.dumps(body), content_type=media_type)
        assert answer.status_code == 200, answer.text
        return answer.json["outcomes"]

    return send_it


@pytest.fixture
def taken(client, send):
    """Imports a document and gives the reviews that it brought."""

    def take(body):
        return [
            client.get(f"/v1/reviews/{each['id']}").json
            for each in send(body)
            if each["id"] is not None
        ]

    return take
