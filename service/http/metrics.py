"""What /metrics tells: requests by route, Elasticsearch's share of the time, and how searches
end.
"""

from __future__ import annotations

from functools import cache

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector

# Seconds; a search answers in milliseconds, and what takes seconds is a fault or an export.
_BUCKETS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)


class Metrics:
    """One set of metrics, in a registry of its own, so that several applications fit into one
    process.
    """

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        requests = Counter(
            "naba_requests",
            "Requests answered.",
            ["method", "route", "status"],
            registry=self.registry,
        )
        seconds = Histogram(
            "naba_request_seconds",
            "Seconds to answer.",
            ["route"],
            buckets=_BUCKETS,
            registry=self.registry,
        )
        elasticsearch_seconds = Histogram(
            "naba_elasticsearch_seconds",
            "Seconds spent waiting for Elasticsearch.",
            ["route"],
            buckets=_BUCKETS,
            registry=self.registry,
        )
        # By labels, in their order. Kept, since looking them up by name takes as long as counting.
        self.requests = cache(requests.labels)
        self.seconds = cache(seconds.labels)
        self.elasticsearch_seconds = cache(elasticsearch_seconds.labels)
        self.in_flight = Gauge(
            "naba_requests_in_flight", "Requests being worked on.", registry=self.registry
        )
        self.shed = Counter(
            "naba_requests_shed", "Requests turned away under load.", registry=self.registry
        )
        self.cancelled = Counter(
            "naba_requests_cancelled", "Requests whose client left.", registry=self.registry
        )
