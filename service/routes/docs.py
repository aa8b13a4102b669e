"""/docs: the description of the API as a page, made on the server; nothing is fetched from
elsewhere.
"""

from __future__ import annotations

from typing import Any

import orjson
from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from service.page.render import environment

router = APIRouter(include_in_schema=False)

_BOUNDS = {"minimum": "from", "maximum": "to", "maxLength": "up to characters:"}


@router.get("/docs")
async def reference(request: Request) -> HTMLResponse:
    """Every address with its parameters and an example of each answer."""
    return HTMLResponse(page(request.app.openapi()), headers={"Cache-Control": "no-cache"})


def page(description: dict[str, Any]) -> str:
    """The page for an OpenAPI description."""
    pages = environment().overlay()
    pages.filters = environment().filters | {
        "allowed_values": allowed_values,
        "example": example,
        "pretty": pretty,
    }
    info = description["info"]
    return pages.get_template("reference.html").render(
        title=f"{info['title']} API {info['version']}",
        operations=[
            (path, operation)
            for path, methods in description["paths"].items()
            for operation in methods.values()
        ],
    )


def allowed_values(schema: dict[str, Any]) -> str:
    """What a parameter may hold, in short."""
    options = [option for option in schema.get("anyOf", [schema]) if option.get("type") != "null"]
    option = options[0]
    if option.get("type") == "array":
        return f"{allowed_values(option['items'])}, repeatable"
    if "enum" in option:
        return " | ".join(option["enum"])
    if "const" in option:
        return str(option["const"])
    bounds = [f"{name} {option[key]}" for key, name in _BOUNDS.items() if key in option]
    return " ".join([option.get("format") or option.get("type", "string"), *bounds])


def example(value: Any) -> str:
    """A parameter's value as one writes it."""
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def pretty(answer: Any) -> str:
    """An answer as people read it."""
    if isinstance(answer, str):
        return answer
    return orjson.dumps(answer, option=orjson.OPT_INDENT_2).decode()
