"""What may go wrong with a request: one class a kind, with its status, stable code and title."""

from __future__ import annotations

from typing import Literal

from mappings.errors import NabaError

# What is wrong with a parameter by our own rules; the page has its words for each.
Reason = Literal[
    "unknown_parameter",
    "repeated",
    "whole_number",
    "partial_date",
    "no_such_day",
    "instant",
    "beyond_calendar",
    "double_range",
    "reversed_range",
    "beyond_window",
    "unordered_walk",
    "paged_walk",
]


class ServiceError(NabaError):
    """Base of all own errors. `detail` is one sentence that says what to do and holds nothing
    internal; `reason` names what is wrong with `parameter`, for those who say it in other words.
    """

    status = 500
    code = "internal"
    title = "Something went wrong"
    retry_after: int | None = None  # seconds

    def __init__(
        self, detail: str, *, parameter: str | None = None, reason: Reason | None = None
    ) -> None:
        super().__init__(detail)
        self.detail = detail
        self.parameter = parameter
        self.reason = reason

    @property
    def headers(self) -> dict[str, str]:
        """What the answer says besides: when to come back, in seconds."""
        return {} if self.retry_after is None else {"Retry-After": str(self.retry_after)}


class NotFound(ServiceError):
    status, code, title = 404, "not-found", "Not found"


class Gone(ServiceError):
    status, code, title = 410, "withdrawn", "The article was withdrawn"


class NotWritable(ServiceError):
    status, code, title, retry_after = 503, "not-writable", "Nothing can be written now", 5


class NotAcceptable(ServiceError):
    status, code, title = 406, "not-acceptable", "No such representation"


class NotHttp(ServiceError):
    status, code, title = 400, "bad-request", "The request is not HTTP"


class RequestTimeout(ServiceError):
    status, code, title = 408, "request-timeout", "The request did not arrive in time"


class HeadersTooLarge(ServiceError):
    status, code, title = 431, "headers-too-large", "The headers are too large"


class BadCursor(ServiceError):
    status, code, title = 400, "bad-cursor", "The cursor is not valid"


class AddressTooLong(ServiceError):
    status, code, title = 414, "address-too-long", "The address is too long"


class InvalidParameter(ServiceError):
    status, code, title = 422, "invalid-parameter", "A parameter is not valid"


class IndexMissing(ServiceError):
    status, code, title, retry_after = 503, "index-missing", "There is no index yet", 10


class IndexOutdated(ServiceError):
    status, code, title, retry_after = 503, "index-outdated", "The index is of another version", 60


class SearchUnavailable(ServiceError):
    status, code, title, retry_after = 503, "search-unavailable", "Elasticsearch does not answer", 2


class SearchTimeout(ServiceError):
    status, code, title, retry_after = 503, "search-timeout", "Elasticsearch took too long", 5


class PartialAnswer(ServiceError):
    status, code, title, retry_after = (
        503,
        "partial-answer",
        "Elasticsearch answered only in part",
        5,
    )


class AccessRefused(ServiceError):
    status, code, title, retry_after = 503, "access-refused", "Elasticsearch refuses Naba's key", 60


class Overloaded(ServiceError):
    status, code, title, retry_after = 503, "overloaded", "Too many requests at once", 1


class Draining(ServiceError):
    status, code, title, retry_after = 503, "stopping", "Naba is being stopped", 5


class TooManyExports(ServiceError):
    status, code, title, retry_after = 429, "too-many-exports", "Too many exports at once", 10
