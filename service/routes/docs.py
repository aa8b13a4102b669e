"""/docs: the description of the API as a page, made on the server; nothing is fetched from
elsewhere.
"""

from __future__ import annotations

from html import escape
from typing import Any

import orjson
from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from service.page.render import static_address

router = APIRouter(include_in_schema=False)


@router.get("/docs")
async def reference(request: Request) -> HTMLResponse:
    """Every address with its parameters and an example of each answer."""
    return HTMLResponse(page(request.app.openapi()), headers={"Cache-Control": "no-cache"})


def page(description: dict[str, Any]) -> str:
    """The page for an OpenAPI description."""
    operations = [
        _operation(path, operation)
        for path, methods in description["paths"].items()
        for operation in methods.values()
    ]
    title = f"{description['info']['title']} API {description['info']['version']}"
    return (
        f'<!DOCTYPE html>\n<html lang="en" dir="ltr">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>'
        f"{escape(title)}</title>\n"
        f'<link rel="stylesheet" href="{static_address("page.css")}">\n</head>\n<body>\n<main '
        f'class="reference">\n'
        f'<h1>{escape(title)}</h1>\n<p>For programs: <a href="/openapi.json">/openapi.json</a>. '
        f'<a href="/">Search</a>.</p>\n{"".join(operations)}</main>\n</body>\n</html>\n'
    )


def _operation(path: str, operation: dict[str, Any]) -> str:
    parameters = "".join(_parameter(parameter) for parameter in operation.get("parameters", []))
    table = (
        f"<table>\n<tr><th>Parameter</th><th>Values</th><th>Meaning</th><th>Example</th></tr>"
        f"\n{parameters}</table>\n"
        if parameters
        else ""
    )
    answers = "".join(
        _answer(status, response) for status, response in operation["responses"].items()
    )
    return (
        f"<section>\n<h2>GET <code>{escape(path)}</code></h2>\n<p>"
        f"{escape(operation.get('summary', ''))}. "
        f"{escape(operation.get('description', ''))}</p>\n{table}{answers}</section>\n"
    )


def _parameter(parameter: dict[str, Any]) -> str:
    schema = parameter["schema"]
    cells = (
        f"<code>{escape(parameter['name'])}</code>",
        escape(_values(schema)),
        escape(parameter.get("description", "")),
        f'<code dir="auto">{escape(_plain(schema["examples"][0]))}</code>',
    )
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>\n"


def _values(schema: dict[str, Any]) -> str:
    """What a parameter may hold, in short."""
    options = [option for option in schema.get("anyOf", [schema]) if option.get("type") != "null"]
    option = options[0]
    if option.get("type") == "array":
        return f"{_values(option['items'])}, repeatable"
    if "enum" in option:
        return " | ".join(option["enum"])
    if "const" in option:
        return str(option["const"])
    bounds = [f"{name} {option[key]}" for key, name in _BOUNDS.items() if key in option]
    return " ".join([option.get("format") or option.get("type", "string"), *bounds])


_BOUNDS = {"minimum": "from", "maximum": "to", "maxLength": "up to characters:"}


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value)


def _answer(status: str, response: dict[str, Any]) -> str:
    examples = "".join(
        f'<p>{escape(media_type)}</p>\n<pre dir="auto">'
        f"{escape(_pretty(content['example']))}</pre>\n"
        for media_type, content in response.get("content", {}).items()
    )
    description = response.get("description", "")
    return (
        f"<details><summary>{escape(status)} {escape(description)}</summary>"
        f"\n{examples}</details>\n"
    )


def _pretty(example: Any) -> str:
    return (
        example
        if isinstance(example, str)
        else orjson.dumps(example, option=orjson.OPT_INDENT_2).decode()
    )
