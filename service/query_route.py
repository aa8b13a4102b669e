"""Routes that read their query parameters themselves, for those that are asked most.

FastAPI describes such a route as any other, but its own reading goes through all parameters of the model, given or
not, with every request: for a search a quarter of the service's whole work.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from functools import cache
from typing import Any, TypeVar, get_origin, get_type_hints

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import BaseModel, ValidationError
from starlette.datastructures import QueryParams
from starlette.responses import Response

Parameters = TypeVar("Parameters", bound=BaseModel)


class QueryRoute(APIRoute):
    """A route whose endpoint takes `request` and `params`, a model of the query, and whose dependencies only check.

    Each dependency is an async function of the request that raises or lets pass.
    """

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        endpoint: Callable[..., Coroutine[Any, Any, Response]] = self.endpoint
        model: type[BaseModel] = get_type_hints(endpoint)["params"]
        checks: list[Callable[[Request], Awaitable[None]]] = [
            depends.dependency for depends in self.dependencies if depends.dependency is not None
        ]

        async def answer(request: Request) -> Response:
            for check in checks:
                await check(request)
            return await endpoint(request, read_query(model, request.query_params))

        return answer


def read_query(model: type[Parameters], query: QueryParams) -> Parameters:
    """The parameters as `model`, by their names in the address. Raises RequestValidationError as FastAPI does."""
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
        raise RequestValidationError([{**item, "loc": ("query", *item["loc"])} for item in error.errors()]) from None


@cache
def _repeatable(model: type[BaseModel]) -> frozenset[str]:
    """The names of the parameters that hold a list."""
    fields = model.model_fields.items()
    return frozenset(field.alias or name for name, field in fields if get_origin(field.annotation) is list)
