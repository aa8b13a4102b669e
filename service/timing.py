"""The time a request waits for Elasticsearch, counted where it waits and told in its answer."""

from __future__ import annotations

from contextvars import ContextVar

# Seconds spent waiting by the request being served; None outside of one.
waited: ContextVar[list[float] | None] = ContextVar("waited", default=None)
