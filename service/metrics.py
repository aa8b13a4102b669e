"""What /metrics tells: requests by route, Elasticsearch's share of the time, and how searches end."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector

# Seconds; a search answers in milliseconds, and what takes seconds is a fault or an export.
_BUCKETS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)


class Metrics:
    """One set of metrics, in a registry of its own, so that several applications fit into one process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self.requests = Counter(
            "naba_requests", "Requests answered.", ["method", "route", "status"], registry=self.registry
        )
        self.seconds = Histogram(
            "naba_request_seconds", "Seconds to answer.", ["route"], buckets=_BUCKETS, registry=self.registry
        )
        self.elasticsearch_seconds = Histogram(
            "naba_elasticsearch_seconds",
            "Seconds spent waiting for Elasticsearch.",
            ["route"],
            buckets=_BUCKETS,
            registry=self.registry,
        )
        self.in_flight = Gauge("naba_requests_in_flight", "Requests being worked on.", registry=self.registry)
        self.shed = Counter("naba_requests_shed", "Requests turned away under load.", registry=self.registry)
        self.cancelled = Counter("naba_requests_cancelled", "Requests whose client left.", registry=self.registry)
