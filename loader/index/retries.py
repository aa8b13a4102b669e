"""Waiting for Elasticsearch: what may succeed later is tried again, after a growing, jittered
delay, and nothing else.

The one retry loop of the loader; the client's own is off (mappings/connection.py).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event
from typing import TypeVar

import tenacity
from elasticsearch import ApiError, Elasticsearch, TransportError

from mappings.connection import IndexUnreachable, address_of
from mappings.failures import Kind, classify, explain

FIRST_DELAY, LONGEST_DELAY, JITTER = (
    0.25,
    20.0,
    0.5,
)  # seconds between attempts: doubled each time, plus up to JITTER
# seconds; a node that restarts is back in less than one minute, a disk is cleared in five
PATIENCE = 300.0
T = TypeVar("T")


class Later(Exception):
    """It may succeed later. `reason` is a stable code, `detail` a sentence for people."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Patience:
    """How long one piece of work waits for Elasticsearch.

    `seconds` count from the work's first attempt; `stopping` cuts the waiting short; `waiting` is
    told why nothing moves, and None when it moves again.
    """

    seconds: float = PATIENCE
    stopping: Event = field(default_factory=Event)
    waiting: Callable[[str | None], None] = lambda _sentence: None

    def attempt(self, work: Callable[[], T]) -> T:
        """Do `work` until it no longer raises Later; raises the last Later when patience is at its
        end.
        """

        def say_why(state: tenacity.RetryCallState) -> None:
            error = state.outcome.exception() if state.outcome else None
            self.waiting(str(error))

        result = tenacity.Retrying(
            retry=tenacity.retry_if_exception_type(Later),
            wait=tenacity.wait_exponential(multiplier=FIRST_DELAY, max=LONGEST_DELAY)
            + tenacity.wait_random(0, JITTER),
            stop=tenacity.stop_after_delay(self.seconds)
            | tenacity.stop_when_event_set(self.stopping),
            sleep=tenacity.sleep_using_event(self.stopping),
            before_sleep=say_why,
            reraise=True,
        )(work)
        self.waiting(None)
        return result

    def call(self, es: Elasticsearch, work: Callable[[], T]) -> T:
        """Do a repeatable call of `es`, waiting where that helps. Raises IndexUnreachable with one
        sentence.
        """

        def translated() -> T:
            try:
                return work()
            except (ApiError, TransportError) as error:
                later = as_later(error, es)
                if later is not None:
                    raise later from error
                raise IndexUnreachable(explain(error, address_of(es))) from error

        try:
            return self.attempt(translated)
        except Later as error:
            raise IndexUnreachable(error.detail) from error


def as_later(error: ApiError | TransportError, es: Elasticsearch) -> Later | None:
    """The failure as one that may pass, or None when trying again cannot help. Raises what is a
    mistake of ours.
    """
    kind = classify(error)
    if kind is Kind.UNSENDABLE:
        raise error
    reason = _PASSING.get(kind)
    return Later(reason, explain(error, address_of(es))) if reason else None


# What may succeed later, and the stable code of waiting for it. A certificate is renewed, a node
# that starts cuts answers off.
_PASSING = {
    Kind.AWAY: "unreachable",
    Kind.SLOW: "unreachable",
    Kind.CERTIFICATE: "unreachable",
    Kind.UNREADABLE: "unreachable",
    Kind.PARTIAL: "unreachable",
    Kind.BUSY: "busy",
    Kind.READ_ONLY: "read-only",
}
