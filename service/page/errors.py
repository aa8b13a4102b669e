"""The page of an error: the HTML twin of a problem+json answer, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from service.http.negotiation import REPEATABLE
from service.locale.language import Language, LanguageCode, load_language
from service.page.render import render

# Problems whose page says more than their status does, by the last part of the problem's type.
NAMED = {
    "index-missing": "index_missing",
    "index-outdated": "index_outdated",
    "overloaded": "overloaded",
}
# What the parameters say of themselves, and the text that says it to readers.
MESSAGES = {
    "no such parameter": "unknown_parameter",
    "a parameter needs a name": "unknown_parameter",
    "from lies after to": "reversed_range",
    "give either date or from and to, not both": "double_range",
}
# What whoever keeps the service running has to do, where that is known.
COMMANDS = {
    "error.index_missing_title": "naba load FOLDER",
    "error.index_outdated_title": "naba load --replace FOLDER",
}
MAX_QUERY_SHOWN = 512


def _texts(request: Request, problem: Mapping[str, Any], language: Language) -> tuple[str, str]:
    """The keys of heading and text for a problem."""
    status = int(problem["status"])
    name = NAMED.get(str(problem.get("type", "")).rpartition(":")[2], str(status))
    if status == 404 and request.url.path.startswith("/articles/"):
        name = "404_article"
    elif f"error.{name}_title" not in language.texts:
        name = "500" if status >= 500 else "400"
    return f"error.{name}_title", f"error.{name}_text"


def _message(request: Request, error: Mapping[str, Any], language: Language) -> tuple[str, str]:
    """A parameter's name and what to write instead, in the reader's language."""
    name, said = str(error.get("parameter", "")), str(error.get("message", ""))
    repeated = name not in REPEATABLE and len(request.query_params.getlist(name)) > 1
    hint = MESSAGES.get(said, "repeated" if repeated else f"hint_{name}")
    field = language.texts.get(f"error.field_{name}", name)
    return field, language.texts.get(f"error.{hint}") or language.text("error.hint_other")


def _without(request: Request, names: set[str]) -> str | None:
    """The address of the same search without the parameters at fault, where something is left of
    it.
    """
    kept = [
        (name, value)
        for name, value in request.query_params.multi_items()
        if name not in names and value
    ]
    return f"{request.url.path}?{urlencode(kept)}" if names and kept else None


def error_page(
    request: Request, problem: Mapping[str, Any], headers: Mapping[str, str]
) -> Response:
    """The HTML answer to `problem` (RFC 9457 members; `errors` name parameters). What was asked
    stays in the box.
    """
    code: LanguageCode = "en" if request.query_params.get("lang") == "en" else "ar"
    language = load_language(code)
    title_key, text_key = _texts(request, problem, language)
    errors = problem.get("errors", ())
    # An error of the whole query names none of its parameters; then there is no telling what to
    # leave out.
    names = {str(error.get("parameter", "")) for error in errors} - {"query"}
    asked = request.query_params.get("q", "")[:MAX_QUERY_SHOWN]
    content = render(
        "error.html",
        language,
        ZoneInfo("UTC"),
        words=asked,
        search_hidden=[("lang", code)] if code != "ar" else [],
        status=problem["status"],
        title_key=title_key,
        text_key=text_key,
        command=COMMANDS.get(title_key),
        fields=[_message(request, error, language) for error in errors],
        without=_without(request, names),
        request_id=problem.get("request_id"),
    )
    return HTMLResponse(
        content,
        status_code=int(problem["status"]),
        headers=dict(headers) | {"Cache-Control": "no-store"},
    )
