"""``/metrics``: what it counts, and who may read it."""

import re
from urllib.request import Request, urlopen

import pytest
from prometheus_client import Gauge
from prometheus_client.openmetrics.parser import text_string_to_metric_families as openmetrics
from prometheus_client.parser import text_string_to_metric_families

from api.services.admin import keys
from tests.serving import serving

ELSEWHERE = {"REMOTE_ADDR": "203.0.113.9"}
CALL = {"method": "GET", "route": "/v1/statements/{id}", "status": "404"}


@pytest.fixture
def counted(client):
    """The value of a sample by its name and labels; 0 where there is none."""

    def read(name, **labels):
        families = text_string_to_metric_families(client.get("/metrics").text)
        samples = [sample for family in families for sample in family.samples]
        return sum(one.value for one in samples if (one.name, one.labels) == (name, labels))

    return read


def test_requests_are_counted_by_their_route_and_not_their_address(client, counted):
    before = counted("counterclaim_request_seconds_count", **CALL)
    for number in (7, 8, 9):
        client.get(f"/v1/statements/{number}", buffered=True)
    assert counted("counterclaim_request_seconds_count", **CALL) == before + 3
    assert counted("counterclaim_request_seconds_sum", **CALL) > 0


def test_what_is_in_the_ledger_is_told(oppose, record, client, counted):
    oppose()
    record()
    client.delete("/v1/statements/3")
    assert counted("counterclaim_statements", status="active") == 2
    assert counted("counterclaim_statements", status="retracted") == 1
    assert counted("counterclaim_contradictions", status="flagged") == 1
    assert counted("counterclaim_changes") > 5
    assert counted("counterclaim_ledger_bytes") > 4096
    assert counted("counterclaim_ready") == 1


def test_what_webhooks_were_not_told_of_is_counted(client, record, counted):
    assert counted("counterclaim_webhook_backlog") == 0
    body = {"url": "https://1.1.1.1/told", "events": ["statement.created"]}
    assert client.post("/v1/webhooks", json=body).status_code == 201
    record()
    assert counted("counterclaim_webhook_backlog") > 0
    assert counted("counterclaim_webhook_deliveries", status="waiting") == 0


def test_each_write_tells_how_long_it_waited(record, counted):
    before = counted("counterclaim_write_wait_seconds_count")
    record()
    assert counted("counterclaim_write_wait_seconds_count") > before


OPENMETRICS, TEXT = "application/openmetrics-text", "text/plain"
PARSERS = {OPENMETRICS: openmetrics, TEXT: text_string_to_metric_families}
# What releases 2 and 3 of Prometheus send.
PROMETHEUS = (
    f"{OPENMETRICS};version=1.0.0,{OPENMETRICS};version=0.0.1;q=0.75,"
    f"{TEXT};version=0.0.4;q=0.5,*/*;q=0.1",
    f"{OPENMETRICS};version=1.0.0;escaping=allow-utf-8;q=0.6,{OPENMETRICS};version=0.0.1;q=0.5,"
    f"{TEXT};version=1.0.0;escaping=allow-utf-8;q=0.4,{TEXT};version=0.0.4;q=0.3,*/*;q=0.2",
)


@pytest.mark.parametrize(
    ("accept", "mimetype"),
    [
        ("", TEXT),
        ("*/*", TEXT),
        ("text/html", TEXT),
        (TEXT, TEXT),
        (f"{TEXT};version=x", TEXT),
        (f"{TEXT}, {OPENMETRICS};q=0.1", TEXT),
        (f"{OPENMETRICS};q=0", TEXT),
        (OPENMETRICS, OPENMETRICS),
        (f"{OPENMETRICS};version=x", OPENMETRICS),
        (f"{OPENMETRICS};version=99.0;escaping=odd", OPENMETRICS),
        *((sent, OPENMETRICS) for sent in PROMETHEUS),
    ],
)
def test_it_comes_as_the_scraper_asks_with_each_family_once(client, record, accept, mimetype):
    record()
    client.get("/v1/statements/7", buffered=True)
    answer = client.get("/metrics", headers={"Accept": accept})
    version = {OPENMETRICS: "1.0.0", TEXT: "0.0.4"}[mimetype]
    assert answer.content_type == f"{mimetype}; version={version}; charset=utf-8"
    described = re.findall(r"^# (HELP|TYPE) (\S+)", answer.text, re.M)
    assert len(described) == len(set(described)) > 20
    assert answer.text.endswith("# EOF\n") == (mimetype == OPENMETRICS)
    families = {family.name: family for family in PARSERS[mimetype](answer.text)}
    assert families["counterclaim_statements"].samples[0].value == 1
    assert families["counterclaim_request_seconds"].type == "histogram"


def test_so_it_does_from_several_processes(tmp_path):
    with serving(tmp_path) as server:
        for mimetype, parse in PARSERS.items():
            asked = Request(f"{server}/metrics", headers={"Accept": mimetype})
            with urlopen(asked) as answer:
                text = answer.read().decode()
            described = re.findall(r"^# (HELP|TYPE) (\S+)", text, re.M)
            assert len(described) == len(set(described))
            names = {family.name for family in parse(text)}
            assert {"counterclaim_ledger_bytes", "counterclaim_request_seconds"} <= names


def test_what_is_counted_has_one_name(app):
    from api.services.admin import metrics as measures
    from api.web.middleware import metrics

    given = ("statements", "Statements", (), dict)
    with pytest.raises(ValueError, match="statements"):
        measures._add(*given)
    with pytest.raises(ValueError, match="counterclaim_statements"):
        Gauge("counterclaim_statements", "Statements", registry=metrics._COUNTED)


def test_this_machine_and_whoever_has_a_key_read_it(client, refused):
    token = keys.create("scraper", ["read"])
    assert client.get("/metrics").status_code == 200
    refused(client.get("/metrics", environ_base=ELSEWHERE), 401)
    refused(client.get("/metrics", headers={"X-Forwarded-For": "203.0.113.9"}), 401)
    headers = {"Authorization": f"Bearer {token}"}
    answer = client.get("/metrics", environ_base=ELSEWHERE, headers=headers)
    assert answer.status_code == 200
    refused(client.get("/metrics", headers={"Authorization": "Bearer wrong"}), 401)


@pytest.mark.parametrize(("readers", "status"), [("all", 200), ("nobody", 404)])
def test_a_setting_opens_it_or_closes_it(open_ledger, readers, status):
    client = open_ledger(metrics=readers).test_client()
    assert client.get("/metrics", environ_base=ELSEWHERE).status_code == status


def test_probes_answer_beyond_the_rate_limit(open_ledger):
    client = open_ledger(rate_limit="1 per minute").test_client()
    for address in ("/healthz", "/readyz"):
        answers = {client.get(address, environ_base=ELSEWHERE).status_code for _ in range(3)}
        assert answers == {200}
