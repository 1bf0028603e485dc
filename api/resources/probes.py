"""``/healthz``, ``/readyz`` and ``/metrics``: for those who keep the server running."""

from typing import Any

from flask import Response, request

from api.services.admin.readiness import replica_states, trouble
from api.web.http.problem_types import NOT_READY
from api.web.http.problems import Problem
from api.web.middleware.access import authorize_metrics, is_open_to_writes
from api.web.middleware.metrics import exposed
from api.web.openapi.blueprint import Blueprint
from api.web.responses.formats import computed
from schemas.probes import Health, Readiness

probes = Blueprint("probes", __name__, description="For those who keep the server running.")


@probes.get("/healthz")
@probes.response(200, Health)
def get_health() -> Response:
    """Whether the process answers

    It looks no further than itself: restart the server when it does not answer.
    """
    return computed({"status": "ok"})


@probes.get("/readyz")
@probes.alt_response(503, response="NotReady")
@probes.response(200, Readiness)
def get_readiness() -> Response:
    """Whether the ledger can be used

    503 while it cannot be reached, is being migrated, or its disk takes no writes, and which of
    these it is: send it no requests until then. The state of replicas is told and changes nothing:
    what they do not serve is read from the ledger itself. While no key was made it says so: whoever
    is on the server's machine writes then.
    """
    if (reason := trouble()) is not None:
        raise Problem(NOT_READY, reason)
    copies = replica_states()
    told: dict[str, Any] = {"status": "ready"}
    if is_open_to_writes():
        told["open_to_writes_from"] = "loopback"
    return computed(told | ({"replicas": copies} if copies else {}))


@probes.get("/metrics")
@probes.alt_response(401, response="KeyNeeded")
@probes.alt_response(404, response="NotFound")
@probes.serves("text/plain", "application/openmetrics-text")
def get_metrics() -> Response:
    """What the server counts of itself, for Prometheus

    Requests and their times by method, route and status, over all workers; how long writes waited;
    what is in the ledger. Needs a key, unless the request comes from the server's own machine.
    """
    authorize_metrics()
    body, media_type = exposed(request.headers.get("Accept", ""))
    return Response(body, content_type=media_type)
