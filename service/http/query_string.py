"""Query strings as parameters: read once, for the page and for the API."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any, TypeVar, get_origin

from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ValidationError
from starlette.requests import Request

from service.errors import InvalidParameter
from service.params import SearchParams

Parameters = TypeVar("Parameters", bound=BaseModel)


@cache
def repeatable(model: type[BaseModel]) -> frozenset[str]:
    """The names of the parameters that hold a list and may stand in an address more than once."""
    return frozenset(
        field.alias or name
        for name, field in model.model_fields.items()
        if get_origin(field.annotation) is list
    )


# Names by which Python code fills parameters whose own name is a keyword; no caller may use them.
INNER_NAMES = frozenset(
    name for name, field in SearchParams.model_fields.items() if field.alias not in (None, name)
)


def read_query(model: type[Parameters], pairs: Iterable[tuple[str, str]]) -> Parameters:
    """The parameters in the pairs of a query string.

    Raises RequestValidationError for an unknown name, a value out of bounds and a repeated single
    value.
    """
    lists = repeatable(model)
    given: dict[str, Any] = {}
    for name, value in pairs:
        if name in lists:
            given.setdefault(name, []).append(value)
        else:
            # A second value makes a list, which no single parameter accepts.
            given[name] = [given[name], value] if name in given else value
    try:
        return model.model_validate(given)
    except ValidationError as error:
        raise RequestValidationError(error.errors()) from None


def read_form(model: type[Parameters], pairs: Iterable[tuple[str, str]]) -> Parameters:
    """The parameters as a form sends them: its empty boxes ask for nothing.

    Raises RequestValidationError as `read_query` does.
    """
    return read_query(model, [(name, value) for name, value in pairs if value.strip()])


def no_inner_names(names: Iterable[str]) -> None:
    """Refuse parameters by an inner name. Raises InvalidParameter."""
    for name in names:
        if name in INNER_NAMES:
            raise InvalidParameter("no such parameter", parameter=name, reason="unknown_parameter")


async def no_repeats(request: Request) -> None:
    """Refuse a parameter that is given twice though it holds one value, or by an inner name.

    Async, or FastAPI would run it in a thread, at a tenth of a millisecond each. Raises
    InvalidParameter.
    """
    names = [name for name, _ in request.query_params.multi_items()]
    if len(names) == len(set(names)) and INNER_NAMES.isdisjoint(names):
        return
    no_inner_names(names)
    for name in names:
        if names.count(name) > 1 and name not in repeatable(SearchParams):
            raise InvalidParameter(
                f"{name[:40]} is given more than once; give it once",
                parameter=name[:40],
                reason="repeated",
            )
