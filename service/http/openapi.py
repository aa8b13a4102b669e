"""The description of the API (/openapi.json), with an example of every parameter and every
answer.
"""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import TypeAdapter

from service.errors import ServiceError
from service.http.examples import ANSWERS
from service.http.problems import MEDIA_TYPE, ParameterError, Problem, problem_type
from service.http.responses import JSON

_KINDS: dict[type, str] = {str: "string", list: "array", dict: "object"}
_REFERENCE = "#/components/schemas/"
_SCHEMES = {
    "bearer": {"type": "http", "scheme": "bearer", "description": "A key of Naba."},
    "basic": {
        "type": "http",
        "scheme": "basic",
        "description": "A key as the password, with any name.",
    },
}
_KEYED: list[dict[str, list[str]]] = [{name: []} for name in _SCHEMES]


_TAGS = {
    "search": "Searches, articles, what is served.",
    "finding": "What helps a reader on.",
    "stories": "The copies of a story, and what sets two articles apart.",
    "newsroom": "What a newsroom decides about its articles.",
    "export": "Everything found.",
    "feeds": "For feed readers and browsers.",
    "operation": "For those who run Naba.",
}
_LICENCE = {"name": "GPL-3.0-or-later", "identifier": "GPL-3.0-or-later"}


def describe(app: FastAPI, public_url: str | None) -> None:
    """Let `app.openapi()` give the whole description; made once, on the first call. Its addresses
    stand on `public_url`, where there is one.
    """

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _description(app)
            if public_url:
                app.openapi_schema["servers"] = [{"url": public_url}]
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]


def _description(app: FastAPI) -> dict[str, Any]:
    found = get_openapi(
        title=app.title,
        version=app.version,
        summary=app.summary,
        routes=app.routes,
        license_info=_LICENCE,
        tags=[{"name": name, "description": text} for name, text in _TAGS.items()],
    )
    schemas = found["components"]["schemas"]
    inner = TypeAdapter(Problem).json_schema(ref_template=_REFERENCE + "{model}")
    schemas |= inner.pop("$defs", {}) | {"Problem": inner}
    found["components"]["securitySchemes"] = _SCHEMES
    # Whether reading needs a key is a setting; writing always does.
    found["security"] = [{}, *_KEYED]
    for path, operations in found["paths"].items():
        for method, operation in operations.items():
            if method != "get":
                operation["security"] = _KEYED
            _complete(path, operation["responses"])
            if method == "get" and JSON in operation["responses"]["200"]["content"]:
                operation["responses"]["304"] = {"description": "Not modified"}
    return found


def _complete(path: str, responses: dict[str, Any]) -> None:
    """Give the 200 its examples and every failure its shape."""
    if "200" in responses:
        _give_examples(path, responses["200"])
    responses["default"] = {"description": "Any other failure."}
    for status, response in responses.items():
        if status not in ("200", "204", "304"):
            response["content"] = {
                MEDIA_TYPE: {
                    "schema": {"$ref": _REFERENCE + "Problem"},
                    "example": _failure(status),
                }
            }


def _give_examples(path: str, response: dict[str, Any]) -> None:
    content = response.setdefault("content", {})
    for media_type, example in ANSWERS.get(path, {}).items():
        schema = {"schema": {"type": _KINDS[type(example)]}}
        content[media_type] = schema | content.get(media_type, {}) | {"example": example}
    for media_type in set(content) - set(ANSWERS.get(path, content)):
        del content[media_type]


def _failure(status: str) -> dict[str, Any]:
    """A problem of this status as a caller sees it."""
    number = int(status) if status.isdecimal() else 500
    known = [error for error in _kinds(ServiceError) if error.status == number] or [ServiceError]
    errors = [ParameterError("size", "Input should be less than or equal to 100")]
    return Problem(
        problem_type(known[0].code),
        known[0].title,
        number,
        "One sentence that says what to do.",
        "4f1f…",
        errors if number == 422 else None,
    ).members()


def _kinds(error: type[ServiceError]) -> list[type[ServiceError]]:
    return [kind for child in error.__subclasses__() for kind in (child, *_kinds(child))]
