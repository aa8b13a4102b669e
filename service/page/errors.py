"""The page of an error: the HTML twin of a problem+json answer, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from service.locale.language import Language, LanguageCode, load_language
from service.page.render import render

# Problems whose page says more than their status does, by the last part of the problem's type.
INDEX_MISSING = "index-missing"
LOAD_COMMAND = "naba load FOLDER"
MAX_QUERY_SHOWN = 512


def _texts(request: Request, problem: Mapping[str, Any], language: Language) -> tuple[str, str]:
    """The keys of heading and text for a problem."""
    status = int(problem["status"])
    name = str(status)
    if str(problem.get("type", "")).endswith(INDEX_MISSING):
        name = "index_missing"
    elif status == 404 and request.url.path.startswith("/articles/"):
        name = "404_article"
    elif f"error.{name}_title" not in language.texts:
        name = "500" if status >= 500 else "400"
    return f"error.{name}_title", f"error.{name}_text"


def error_page(request: Request, problem: Mapping[str, Any], headers: Mapping[str, str]) -> Response:
    """The HTML answer to `problem` (RFC 9457 members; `errors` name parameters). What was asked stays in the box."""
    code: LanguageCode = "en" if request.query_params.get("lang") == "en" else "ar"
    language = load_language(code)
    title_key, text_key = _texts(request, problem, language)
    fields = []
    for error in problem.get("errors", ()):
        name = str(error.get("parameter", ""))
        fields.append((language.texts.get(f"error.field_{name}", name), str(error.get("message", ""))))
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
        command=LOAD_COMMAND if title_key == "error.index_missing_title" else None,
        fields=fields,
        request_id=problem.get("request_id"),
    )
    return HTMLResponse(
        content, status_code=int(problem["status"]), headers=dict(headers) | {"Cache-Control": "no-store"}
    )
