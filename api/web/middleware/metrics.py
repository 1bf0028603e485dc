"""What the server counts of itself, for Prometheus."""

import os
from collections.abc import Iterator

from prometheus_client import CollectorRegistry, Counter, Histogram, disable_created_metrics
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.openmetrics import exposition as openmetrics
from prometheus_client.registry import Collector
from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_accept_header

from api import __version__
from api.services.admin.metrics import MEASURES, Measure
from api.services.admin.readiness import is_ready

# When a series began tells nobody anything here, and doubles the lines.
disable_created_metrics()  # type: ignore[no-untyped-call]

_PREFIX = "counterclaim_"


class _Ledger(Collector):
    """What the ledger holds at the moment; it is the same for every worker."""

    def describe(self) -> Iterator[Metric]:
        """All that is ever told, without values: a registry takes no name twice."""
        yield from (_release(), _ready())
        yield from map(_family, MEASURES.values())

    def collect(self) -> Iterator[Metric]:
        """Count it; of a ledger that cannot be used only that is told."""
        release = _release()
        release.add_metric((__version__,), 1)
        yield release
        ready = is_ready()
        yield _ready(ready)
        for measure in MEASURES.values() if ready else ():
            family = _family(measure)
            for labels, value in measure.count().items():
                family.add_metric(labels, value)
            yield family


def _release() -> GaugeMetricFamily:
    return GaugeMetricFamily(f"{_PREFIX}build_info", "The release that runs", labels=("version",))


def _ready(is_ready: bool | None = None) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"{_PREFIX}ready", "1 while the ledger can be used", is_ready)


def _family(measure: Measure) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"{_PREFIX}{measure.name}", measure.meaning, labels=measure.labels)


_LEDGER = _Ledger()
# Of one process; it takes no name that is another's already.
_COUNTED = CollectorRegistry()
_COUNTED.register(_LEDGER)
_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)

REQUESTS = Histogram(
    f"{_PREFIX}request_seconds",
    "Time from a request's coming in to its answer's having gone out",
    ("method", "route", "status"),
    registry=_COUNTED,
    buckets=_SECONDS,
)
WAITS = Histogram(
    f"{_PREFIX}write_wait_seconds",
    "Time a write waited for the write lock, until it had it or timed out",
    registry=_COUNTED,
    buckets=_SECONDS,
)
QUEUED = Histogram(
    f"{_PREFIX}queue_seconds",
    "Time a request waited for a thread of its worker, where that was a millisecond or more",
    registry=_COUNTED,
    buckets=_SECONDS,
)
REFUSED = Counter(
    f"{_PREFIX}refused_requests",
    "Requests refused before anything was done: as too many waited (full), or it had waited too "
    "long (late)",
    ("reason",),
    registry=_COUNTED,
)


def exposed(accept: str) -> tuple[bytes, str]:
    """All metrics of all workers, and the media type that was asked for.

    Args:
        accept: the request's ``Accept``.
    """
    registry = _COUNTED
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        registry = CollectorRegistry()
        registry.register(_LEDGER)
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    if _is_openmetrics(accept):
        body: bytes = openmetrics.generate_latest(registry)  # type: ignore[no-untyped-call]
        return body, openmetrics.CONTENT_TYPE_LATEST
    return generate_latest(registry), CONTENT_TYPE_PLAIN_0_0_4


def _is_openmetrics(accept: str) -> bool:
    """Whether OpenMetrics is asked for, at least as much as the older format.

    Of each there is one version, whichever is asked for: an answer says which it is.
    """
    asked = {"application/openmetrics-text": 0.0, "text/plain": 0.0}
    for media_type, quality in parse_accept_header(accept, MIMEAccept):
        name = media_type.partition(";")[0].strip().lower()
        asked[name] = max(asked.get(name, 0), quality)
    return 0 < asked["application/openmetrics-text"] >= asked["text/plain"]
