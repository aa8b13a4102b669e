"""The page of results: everything search.html shows beside the result itself."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl
from zoneinfo import ZoneInfo

from service.answer import SearchResponse
from service.links import address, query_string
from service.locale.language import load_language
from service.page import choices
from service.page.dates import date_rows
from service.page.render import QUOTES, quoted_already, render
from service.params import MAX_WINDOW, PageParams, SearchParams
from service.search.reading import SearchResult

# What the two forms set themselves; the rest of the search goes along in hidden boxes.
SEARCH_FORM = {"q": "", "page": 1, "cursor": None}
DATE_FORM = {"from_": None, "to": None, "date": None, "page": 1, "cursor": None}


def _hidden(params: SearchParams, own: dict[str, Any]) -> list[tuple[str, str]]:
    """Names and values that a form carries along so that it changes nothing but its own boxes."""
    return parse_qsl(query_string(params.model_copy(update=own)))


def _ways_out(params: SearchParams, answer: SearchResponse) -> list[tuple[str, str]]:
    """Text keys and addresses of searches that could find more, when this one found nothing."""
    ways = []
    if params.match in ("all", "exact") and params.q.strip():
        ways.append(("none.any", address(choices.PATH, params, match="any")))
    if quoted_already(params.q):
        words = params.q.translate({ord(mark): " " for mark in QUOTES})
        unquoted = address(choices.PATH, params, q=" ".join(words.split()), match="auto")
        ways.append(("none.unquoted", unquoted))
    if choices.chosen_filters(params, answer, load_language(params.lang)):
        ways.append(
            ("none.without_filters", address(choices.PATH, choices.without_filters(params)))
        )
    return ways


def search_page(asked_for: PageParams, result: SearchResult, zone: ZoneInfo) -> str:
    """The HTML of a search. `zone` is the newsroom's time zone."""
    params, answer = result.params, result.answer
    language = load_language(params.lang)
    filters = choices.chosen_filters(params, answer, language)
    first_dates, more_dates = date_rows(answer.facets.date, language)
    ignored = answer.query.interpreted.get("ignored_words", 0)
    asked = bool(asked_for.q.strip())
    return render(
        "search.html",
        language,
        zone,
        params=params,
        words=asked_for.q,
        result=answer,
        query=query_string(params),
        asked=asked,
        nothing_loaded=not asked and not filters and not answer.total.articles,
        filters=filters,
        clear=address(choices.PATH, choices.without_filters(params)),
        sorts=choices.sort_choices(params, language),
        matches=choices.match_choices(params, language),
        scopes=choices.scope_choices(params, language),
        groups=choices.group_choices(params, language),
        presets=choices.date_presets(params, language),
        pager=choices.pager(params, answer),
        first_dates=first_dates,
        more_dates=more_dates,
        ignored=ignored if isinstance(ignored, int) else 0,
        ways_out=_ways_out(params, answer) if not answer.total.articles else [],
        search_hidden=_hidden(asked_for, SEARCH_FORM),
        date_hidden=_hidden(params, DATE_FORM),
        corrected_url=address(
            choices.PATH, params, q=answer.query.corrected or params.q, match=asked_for.match
        ),
        exclusions={
            value.value: address(choices.PATH, params, not_agency=[*params.not_agency, value.value])
            for value in answer.facets.agency.values
            if value.state is None and value.value != "none"
        },
        as_typed_url=address(choices.PATH, asked_for, match="all"),
        anywhere_url=address(choices.PATH, params, where="anywhere"),
        first_page=address(choices.PATH, params, page=1),
        feed_url=answer.links.atom,
        json_url=address("/v1/search", params, model=SearchParams),
        language_url=address(
            choices.PATH, params, lang="en" if params.lang == "ar" else "ar", page=params.page
        ),
        window=MAX_WINDOW if answer.total.articles > MAX_WINDOW else None,
    )
