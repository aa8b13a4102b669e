"""The page of an error: the HTML twin of a problem+json answer, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from service.http.problems import ParameterError, Problem
from service.http.query_string import repeatable
from service.locale.language import Language, LanguageCode, load_language
from service.page.render import render
from service.params import SearchParams

# Problems whose page says more than their status does, by the last part of the problem's type.
NAMED = {
    "index-missing": "index_missing",
    "index-outdated": "index_outdated",
    "overloaded": "overloaded",
}
# What whoever keeps the service running has to do, where that is known.
COMMANDS = {
    "error.index_missing_title": "naba load FOLDER",
    "error.index_outdated_title": "naba load --replace FOLDER",
}
MAX_QUERY_SHOWN = 512
# What is not there, by the first part of its address.
_GONE = {"articles": "404_article", "compare": "404_article", "stories": "404_story"}


def _texts(request: Request, problem: Problem, language: Language) -> tuple[str, str]:
    """The keys of heading and text for a problem."""
    status = problem.status
    name = NAMED.get(problem.type.rpartition(":")[2], str(status))
    room = request.url.path.split("/")[1]
    if status == 404 and room in _GONE:
        name = _GONE[room]
    elif f"error.{name}_title" not in language.texts:
        name = "500" if status >= 500 else "400"
    return f"error.{name}_title", f"error.{name}_text"


def _message(request: Request, error: ParameterError, language: Language) -> tuple[str, str]:
    """A parameter's name and what to write instead, in the reader's language: the words for what is
    wrong with it, else those for what it may hold.
    """
    name, reason = error.parameter, error.reason
    if name not in repeatable(SearchParams) and len(request.query_params.getlist(name)) > 1:
        reason = "repeated"
    hints = (f"error.{reason}", f"error.hint_{name}", "error.hint_other")
    field = language.texts.get(f"error.field_{name}", name)
    return field, next(language.texts[hint] for hint in hints if hint in language.texts)


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


def error_page(request: Request, problem: Problem, headers: Mapping[str, str]) -> Response:
    """The HTML answer to `problem`. What was asked stays in the box."""
    code: LanguageCode = "en" if request.query_params.get("lang") == "en" else "ar"
    language = load_language(code)
    title_key, text_key = _texts(request, problem, language)
    errors = problem.errors or ()
    # An error of the whole query names none of its parameters; then there is no telling what to
    # leave out.
    names = {error.parameter for error in errors} - {"query"}
    asked = request.query_params.get("q", "")[:MAX_QUERY_SHOWN]
    content = render(
        "error.html",
        language,
        ZoneInfo("UTC"),
        words=asked,
        search_hidden=[("lang", code)] if code != "ar" else [],
        status=problem.status,
        title_key=title_key,
        text_key=text_key,
        command=COMMANDS.get(title_key),
        fields=[_message(request, error, language) for error in errors],
        without=_without(request, names),
        request_id=problem.request_id,
    )
    return HTMLResponse(
        content,
        status_code=problem.status,
        headers=dict(headers) | {"Cache-Control": "no-store"},
    )
