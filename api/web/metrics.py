"""What the server counts of itself, for Prometheus."""

import os
from collections.abc import Iterator

from prometheus_client import CollectorRegistry, Counter, Histogram, disable_created_metrics
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import choose_encoder
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from api import __version__
from api.services.measures import measures
from api.services.ready import is_ready

# When a series began tells nobody anything here, and doubles the lines.
disable_created_metrics()  # type: ignore[no-untyped-call]

_COUNTED = CollectorRegistry()
_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)

REQUESTS = Histogram(
    "counterclaim_request_seconds",
    "Time from a request's coming in to its answer's having gone out",
    ("method", "route", "status"),
    registry=_COUNTED,
    buckets=_SECONDS,
)
WAITS = Histogram(
    "counterclaim_write_wait_seconds",
    "Time a write waited for the writers before it, or in vain",
    registry=_COUNTED,
    buckets=_SECONDS,
)
QUEUED = Histogram(
    "counterclaim_queue_seconds",
    "Time a request waited for a thread of its worker, where that was a millisecond or more",
    registry=_COUNTED,
    buckets=_SECONDS,
)
REFUSED = Counter(
    "counterclaim_refused_requests",
    "Requests refused before anything was done: as too many waited (full), or it had waited too "
    "long (late)",
    ("reason",),
    registry=_COUNTED,
)


class _Ledger(Collector):
    """What the ledger holds at the moment; it is the same for every worker."""

    def collect(self) -> Iterator[Metric]:
        """Count it; of a ledger that cannot be used only that is told."""
        release = GaugeMetricFamily(
            "counterclaim_build_info", "The release that runs", labels=("version",)
        )
        release.add_metric((__version__,), 1)
        yield release
        ready = is_ready()
        yield GaugeMetricFamily("counterclaim_ready", "1 while the ledger can be used", ready)
        for measure in measures() if ready else ():
            family = GaugeMetricFamily(
                f"counterclaim_{measure.name}", measure.meaning, labels=measure.labels
            )
            for labels, value in measure.values.items():
                family.add_metric(labels, value)
            yield family


def exposed(accept: str) -> tuple[bytes, str]:
    """All metrics of all workers, and the media type that was asked for.

    Args:
        accept: the request's ``Accept``.
    """
    encode, media_type = choose_encoder(accept)
    registry = CollectorRegistry()
    registry.register(_Ledger())
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    else:
        for each in (REQUESTS, WAITS, QUEUED, REFUSED):
            registry.register(each)
    return encode(registry), media_type
