"""The errors a reader may meet, and the one place where they become answers (RFC 9457
problem+json).

Every error of Naba is a `ServiceError`; its class carries status, stable code and title. Pages get
the same problem as HTML through `render_page`, which the page supplies.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import orjson
import structlog
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

Problem = dict[str, Any]
PageRenderer = Callable[[Request, Problem, Mapping[str, str]], Response | Awaitable[Response]]

Handler = Callable[[Request, Exception], Awaitable[Response]]

MEDIA_TYPE = "application/problem+json"
MACHINE_PATHS = ("/v1/", "/health/", "/metrics", "/openapi.json")
log = structlog.get_logger(__name__)


class ServiceError(Exception):
    """Base of all own errors. `detail` is one sentence that says what to do and holds nothing
    internal.
    """

    status = 500
    code = "internal"
    title = "Something went wrong"
    retry_after: int | None = None  # seconds

    def __init__(self, detail: str, *, parameter: str | None = None) -> None:
        super().__init__(detail)
        self.detail = detail
        self.parameter = parameter

    @property
    def headers(self) -> dict[str, str]:
        return {} if self.retry_after is None else {"Retry-After": str(self.retry_after)}


class NotFound(ServiceError):
    status, code, title = 404, "not-found", "Not found"


class NotAcceptable(ServiceError):
    status, code, title = 406, "not-acceptable", "No such representation"


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


def problem(
    status: int,
    code: str,
    title: str,
    detail: str,
    request_id: str | None,
    errors: list[Problem] | None = None,
) -> Problem:
    """The body of an error. `type` is a stable name, not an address; `errors` name the
    parameters.
    """
    body: Problem = {
        "type": f"urn:naba:problem:{code}",
        "title": title,
        "status": status,
        "detail": detail,
    }
    if request_id:
        body["request_id"] = request_id
    if errors:
        body["errors"] = errors
    return body


def problem_response(body: Problem, headers: Mapping[str, str] | None = None) -> Response:
    return Response(
        orjson.dumps(body),
        status_code=body["status"],
        media_type=MEDIA_TYPE,
        headers={"Cache-Control": "no-store", **(headers or {})},
    )


def prefers_page(request: Request) -> bool:
    """Whether the answer is for a person: one of the page's addresses, or HTML is accepted by
    name.
    """
    path = request.url.path
    if path.startswith(MACHINE_PATHS):
        return False
    return (
        "text/html" in request.headers.get("accept", "")
        or path == "/"
        or path.startswith("/articles/")
    )


def validation_problem(error: RequestValidationError, request_id: str | None) -> Problem:
    """A 422 that names each parameter; what was sent is not repeated."""
    errors: list[Problem] = []
    for item in error.errors():
        place = [str(part) for part in item["loc"] if part not in ("query", "path", "body")]
        message = item["msg"].removeprefix("Value error, ")
        if item["type"] == "extra_forbidden":
            message = "no such parameter" if place and place[0] else "a parameter needs a name"
        together = item.get("ctx", {}).get(
            "parameter", "query"
        )  # what several parameters get wrong together
        errors.append({"parameter": place[0] if place else together, "message": message})
    errors = [dict(pairs) for pairs in dict.fromkeys(tuple(item.items()) for item in errors)]
    detail = "; ".join(
        ": ".join(filter(None, (item["parameter"], item["message"]))) for item in errors[:5]
    )
    return problem(422, InvalidParameter.code, InvalidParameter.title, detail, request_id, errors)


def add_error_handlers(app: FastAPI, render_page: PageRenderer | None = None) -> Handler:
    """Register the handlers; `render_page(request, problem, headers)` makes the HTML for people.

    Returns the handler of what middleware and direct routes raise and of what nobody foresaw, for
    `middleware.Errors`: registered here it would answer outside of all middleware, without their
    headers.
    """

    async def answer(request: Request, body: Problem, headers: Mapping[str, str]) -> Response:
        if render_page is None or not prefers_page(request):
            return problem_response(body, headers)
        page = render_page(request, body, headers)
        return await page if isinstance(page, Awaitable) else page

    def request_id(request: Request) -> str | None:
        value = request.scope.get("request_id")
        return str(value) if value else None

    async def own(request: Request, error: Exception) -> Response:
        assert isinstance(error, ServiceError)
        errors = (
            [{"parameter": error.parameter, "message": error.detail}] if error.parameter else None
        )
        body = problem(
            error.status, error.code, error.title, error.detail, request_id(request), errors
        )
        return await answer(request, body, error.headers)

    async def routing(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        headers = dict(error.headers or {})
        code, title, detail = "http", str(error.detail), str(error.detail)
        if error.status_code == 404:
            code, title, detail = NotFound.code, NotFound.title, "There is nothing at this address."
        elif error.status_code == 405:
            allowed = headers.get("Allow", headers.get("allow", "GET"))
            headers = {"Allow": "GET, HEAD" if allowed == "GET" else allowed}
            code, title, detail = (
                "method-not-allowed",
                "Method not allowed",
                f"Use {headers['Allow']}.",
            )
        return await answer(
            request, problem(error.status_code, code, title, detail, request_id(request)), headers
        )

    async def validation(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        return await answer(request, validation_problem(error, request_id(request)), {})

    async def outside_routes(request: Request, error: Exception) -> Response:
        if isinstance(error, ServiceError):
            return await own(request, error)
        if isinstance(error, RequestValidationError):
            return await validation(request, error)
        log.error("unforeseen_error", exc_info=error, request_id=request_id(request))
        detail = "The fault is ours and has been logged under the request id."
        body = problem(500, ServiceError.code, ServiceError.title, detail, request_id(request))
        return await answer(request, body, {})

    app.add_exception_handler(ServiceError, own)
    app.add_exception_handler(HTTPException, routing)
    app.add_exception_handler(RequestValidationError, validation)
    return outside_routes
