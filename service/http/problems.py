"""What went wrong as an answer: problem+json (RFC 9457), or its page for people."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar

import orjson
import structlog
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from pydantic import ConfigDict, Field
from pydantic.json_schema import SkipJsonSchema
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from service.errors import InvalidParameter, NotFound, ServiceError

MEDIA_TYPE = "application/problem+json"
MACHINE_PATHS = ("/v1/", "/health/", "/metrics", "/openapi.json")
log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class ParameterError:
    __pydantic_config__: ClassVar = ConfigDict(extra="forbid")

    parameter: str
    message: str
    # By this the page finds its own words; None: pydantic's own check of a value.
    reason: SkipJsonSchema[str | None] = None


@dataclass(frozen=True)
class Problem:
    """RFC 9457."""

    __pydantic_config__: ClassVar = ConfigDict(extra="forbid")

    type: Annotated[str, Field(description="Stable name of the kind of problem.")]
    title: str
    status: int
    detail: str
    request_id: str | None = None
    errors: list[ParameterError] | None = None

    def members(self) -> dict[str, Any]:
        """What is sent as JSON; absent members are left out."""
        body: dict[str, Any] = {
            "type": self.type,
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
        }
        if self.request_id:
            body["request_id"] = self.request_id
        if self.errors:
            body["errors"] = [
                {"parameter": error.parameter, "message": error.message} for error in self.errors
            ]
        return body


PageRenderer = Callable[[Request, Problem, Mapping[str, str]], Response]
Handler = Callable[[Request, Exception], Awaitable[Response]]

_FAILURES = {
    400: "A cursor of another search, or none of ours.",
    404: "There is no such article.",
    406: "The answer has no form that the caller accepts.",
    410: "The article was withdrawn; `detail` says why.",
    414: "The address is too long.",
    422: "A parameter is unknown, given twice, or not valid.",
    429: "Too many exports at once.",
    503: "Elasticsearch or the index is not there, or there is too much to do; `Retry-After` "
    "says when to come back.",
}


def failures(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """`responses=` of a route: its failures besides those that every route has (openapi.py gives
    them their shape).
    """
    return {status: {"description": _FAILURES[status]} for status in (*statuses, 414, 422)}


def problem_type(code: str) -> str:
    """The stable name of a kind of problem, which is no address."""
    return f"urn:naba:problem:{code}"


def problem_of(error: Exception, request_id: str | None) -> tuple[Problem, dict[str, str]]:
    """The answer to `error` with its headers. What nobody foresaw is logged and told as a 500."""
    if isinstance(error, ServiceError):
        errors = (
            [ParameterError(error.parameter, error.detail, error.reason)]
            if error.parameter
            else None
        )
        return _problem(error, error.detail, request_id, errors), error.headers
    if isinstance(error, RequestValidationError):
        return validation_problem(error, request_id), {}
    if isinstance(error, HTTPException):
        return _routing_problem(error, request_id)
    log.error("unforeseen_error", exc_info=error, request_id=request_id)
    detail = "The fault is ours and has been logged under the request id."
    return _problem(ServiceError, detail, request_id), {}


def _problem(
    kind: ServiceError | type[ServiceError],
    detail: str,
    request_id: str | None,
    errors: list[ParameterError] | None = None,
) -> Problem:
    return Problem(problem_type(kind.code), kind.title, kind.status, detail, request_id, errors)


def _routing_problem(
    error: HTTPException, request_id: str | None
) -> tuple[Problem, dict[str, str]]:
    """The answer to what the router raises: no such address, no such method."""
    headers = dict(error.headers or {})
    if error.status_code == 404:
        return _problem(NotFound, "There is nothing at this address.", request_id), headers
    code = title = detail = str(error.detail)
    if error.status_code == 405:
        allowed = headers.get("Allow", headers.get("allow", "GET")).split(", ")
        # Every address that is read is answered to HEAD too, whether its route says so or not.
        headers = {"Allow": ", ".join(sorted({*allowed, "HEAD"} if "GET" in allowed else allowed))}
        code, title = "method-not-allowed", "Method not allowed"
        detail = f"Use {headers['Allow']}."
    else:
        code = "http"
    return Problem(problem_type(code), title, error.status_code, detail, request_id), headers


def validation_problem(error: RequestValidationError, request_id: str | None) -> Problem:
    """A 422 that names each parameter; what was sent is not repeated."""
    errors = list(dict.fromkeys(_parameter_error(item) for item in error.errors()))
    detail = "; ".join(
        ": ".join(filter(None, (item.parameter, item.message))) for item in errors[:5]
    )
    return _problem(InvalidParameter, detail, request_id, errors)


def _parameter_error(item: Mapping[str, Any]) -> ParameterError:
    """One error of pydantic; what several parameters get wrong together names the one to change."""
    place = [str(part) for part in item["loc"] if part not in ("query", "path", "body")]
    if item["type"] == "extra_forbidden":
        message = "no such parameter" if place and place[0] else "a parameter needs a name"
        return ParameterError(place[0] if place else "query", message, "unknown_parameter")
    together = item.get("ctx", {}).get("parameter", "query")
    message = item["msg"].removeprefix("Value error, ")
    return ParameterError(place[0] if place else together, message, item["type"])


def problem_response(body: Problem, headers: Mapping[str, str] | None = None) -> Response:
    return Response(
        orjson.dumps(body.members()),
        status_code=body.status,
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
        or path in ("/", "/compare", "/agencies")
        or path.startswith(("/articles/", "/stories/"))
    )


def add_error_handlers(app: FastAPI, render_page: PageRenderer | None = None) -> Handler:
    """Register the handler; `render_page(request, problem, headers)` makes the HTML for people.

    Returns it, for `middleware.Errors`, which answers what other middleware raises and what nobody
    foresaw: registered for those here, it would answer outside of all middleware, without their
    headers.
    """

    async def answer(request: Request, error: Exception) -> Response:
        request_id = request.scope.get("request_id")
        body, headers = problem_of(error, str(request_id) if request_id else None)
        if render_page is None or not prefers_page(request):
            return problem_response(body, headers)
        return render_page(request, body, headers)

    kinds: Iterable[type[Exception]] = (ServiceError, HTTPException, RequestValidationError)
    for kind in kinds:
        app.add_exception_handler(kind, answer)
    return answer
