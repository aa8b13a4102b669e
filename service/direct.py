"""Routes that are asked most, answered before the framework's own layers: a tenth of a search's
processor time.

FastAPI describes such a route as any other. What it does for every request besides (two exit
stacks, three handlers of errors, a walk over all routes, a look at every parameter of the model
whether given or not) is for routes that need it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from functools import cache
from typing import Any, TypeVar, get_origin, get_type_hints

from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import BaseModel, ValidationError
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Receive, Scope, Send

from service.errors import Handler, ServiceError

Parameters = TypeVar("Parameters", bound=BaseModel)


class DirectRoute(APIRoute):
    """A GET route without parameters in its path, for `DirectRoutes` to find.

    Its endpoint takes `request` and `params`, a model of the query; its dependencies are async
    functions of the request that raise or let pass.
    """

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._model: type[BaseModel] = get_type_hints(self.endpoint)["params"]
        self._checks: list[Callable[[Request], Awaitable[None]]] = [
            depends.dependency for depends in self.dependencies if depends.dependency is not None
        ]

    async def answer(self, request: Request) -> Response:
        """What FastAPI would answer. Raises what it would handle."""
        for check in self._checks:
            await check(request)
        response: Response = await self.endpoint(
            request, read_query(self._model, request.query_params)
        )
        return response


class DirectRoutes:
    """The innermost middleware: answers the direct ones among `routes`, and errors as `handler`
    does.
    """

    def __init__(self, app: ASGIApp, routes: Iterable[BaseRoute], handler: Handler) -> None:
        self.app = app
        self.handler = handler
        self.routes = {route.path: route for route in routes if isinstance(route, DirectRoute)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        route = (
            self.routes.get(scope["path"])
            if scope["type"] == "http" and scope["method"] == "GET"
            else None
        )
        if route is None:
            await self.app(scope, receive, send)
            return
        scope["route"] = route  # the metrics count by it
        request = Request(scope, receive)
        try:
            response = await route.answer(request)
        except (ServiceError, RequestValidationError) as error:
            response = await self.handler(request, error)
        await response(scope, receive, send)


def read_query(model: type[Parameters], query: QueryParams) -> Parameters:
    """The parameters as `model`, by their names in the address. Raises RequestValidationError as
    FastAPI does.
    """
    repeatable = _repeatable(model)
    given: dict[str, Any] = {}
    for name, value in query.multi_items():
        if name in repeatable:
            given.setdefault(name, []).append(value)
        else:
            given[name] = value
    try:
        return model.model_validate(given)
    except ValidationError as error:
        raise RequestValidationError(
            [{**item, "loc": ("query", *item["loc"])} for item in error.errors()]
        ) from None


@cache
def _repeatable(model: type[BaseModel]) -> frozenset[str]:
    """The names of the parameters that hold a list."""
    fields = model.model_fields.items()
    return frozenset(
        field.alias or name for name, field in fields if get_origin(field.annotation) is list
    )
