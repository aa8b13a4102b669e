"""What a reader may change about a search, as links: chosen filters, order, matching, presets,
neighbouring pages.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from service.answer import Facet, SearchResponse
from service.links import address, toggled
from service.locale.language import Language
from service.params import MAX_WINDOW, SearchParams
from service.query.sorting import applied_sort
from service.query.syntax import parse

PATH = "/"
# Pages shown on either side of the current one.
PAGER_REACH = 2
PRESETS = ("today", "7d", "30d", "year", "none")


@dataclass(frozen=True, slots=True)
class Choice:
    """One link of a group; `current` is the one that holds now."""

    label: str
    url: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Pager:
    """Pages around the current one; None in `pages` is a gap."""

    previous: str | None
    pages: tuple[tuple[int, str, bool] | None, ...]  # number, address, current
    next: str | None


def without_filters(params: SearchParams) -> SearchParams:
    """The search without its filters, on its first page; words, order and matching stay."""
    return type(params)(
        q=params.q,
        match=params.match,
        sort=params.sort,
        group=params.group,
        size=params.size,
        fields=params.fields,
        lang=params.lang,
    )


def _labels(facet: Facet, unknown: str) -> dict[str, str]:
    return {"none": unknown} | {
        value.value: value.label for value in facet.values if value.value != "none"
    }


def _date_label(params: SearchParams, language: Language) -> str | None:
    if params.date:
        return language.text(f"preset.{params.date}")
    start, end = params.from_, params.to
    if start and end:
        if start == end:
            return language.period(start)
        return language.text(
            "filters.range", **{"from": language.period(start)}, to=language.period(end)
        )
    if start:
        return language.text("filters.since_date", **{"from": language.period(start)})
    return language.text("filters.until_date", to=language.period(end)) if end else None


def chosen_filters(
    params: SearchParams, answer: SearchResponse, language: Language
) -> list[Choice]:
    """One link for each filter that holds, in words; following it removes the filter."""
    agencies = _labels(answer.facets.agency, language.text("filters.unknown_agency"))
    cited = _labels(answer.facets.cited_agency, language.text("filters.no_cited_agency"))
    chips: list[tuple[str, dict[str, Any]]] = []
    for value in params.agency:
        chips.append((agencies.get(value, value), {"agency": toggled(params.agency, value)}))
    for value in params.not_agency:
        label = language.text("filters.without", label=agencies.get(value, value))
        chips.append((label, {"not_agency": toggled(params.not_agency, value)}))
    for value in params.cited_agency:
        name = cited.get(value, value)
        label = name if value == "none" else language.text("filters.cited_by", label=name)
        chips.append((label, {"cited_agency": toggled(params.cited_agency, value)}))
    if dates := _date_label(params, language):
        chips.append((dates, {"from_": None, "to": None, "date": None}))
    if params.in_:
        chips.append((language.text(f"filters.in_{params.in_}"), {"in_": None}))
    if params.since:
        chips.append(
            (
                language.text("filters.loaded_since", since=language.moment(params.since)),
                {"since": None},
            )
        )
    if params.story:
        chips.append((language.text("filters.story"), {"story": None}))
    return [Choice(label, address(PATH, params, **changes)) for label, changes in chips]


def _alternatives(
    params: SearchParams,
    language: Language,
    table: str,
    attribute: str,
    values: Iterable[tuple[str, Any]],
    current: Any,
) -> list[Choice]:
    """The links of one group: labels `table.key`, each setting `attribute` to its value."""
    return [
        Choice(
            language.text(f"{table}.{key}"),
            address(PATH, params, **{attribute: value}),
            value == current,
        )
        for key, value in values
    ]


def sort_choices(params: SearchParams, language: Language) -> list[Choice]:
    """Orders of the results: relevance needs words; the order of loading is for monitors and shown
    if asked for.
    """
    has_words = parse(params.q).wants_words
    names = [*(["relevance"] if has_words else []), "newest", "oldest"]
    names += ["loaded"] if params.sort == "loaded" else []
    default = names[0]
    values = [(name, None if name == default else name) for name in names]
    holds = applied_sort(params, has_words=has_words)
    usual = params.model_copy(update={"where": None})  # each order says where words have to stand
    return _alternatives(
        usual, language, "sort", "sort", values, None if holds == default else holds
    )


def match_choices(params: SearchParams, language: Language) -> list[Choice]:
    """How the words have to match."""
    values = [(name, name) for name in ("auto", "all", "any", "exact")]
    return _alternatives(params, language, "match", "match", values, params.match)


def scope_choices(params: SearchParams, language: Language) -> list[Choice]:
    """Where the words have to stand."""
    values = [("both", None), ("title", "title"), ("body", "body")]
    return _alternatives(params, language, "in", "in_", values, params.in_)


def group_choices(params: SearchParams, language: Language) -> list[Choice]:
    """Copies of one story in one place, or each on its own."""
    return _alternatives(
        params, language, "group", "group", [("folded", True), ("apart", False)], params.group
    )


def date_presets(params: SearchParams, language: Language) -> list[Choice]:
    """Ranges that are asked for often; following the current one takes it back."""
    plain = params.model_copy(update={"from_": None, "to": None})
    return [
        Choice(
            language.text(f"preset.{name}"),
            address(PATH, plain, date=None if params.date == name else name),
            params.date == name,
        )
        for name in PRESETS
    ]


def pager(params: SearchParams, answer: SearchResponse) -> Pager | None:
    """The neighbouring pages within the window of 10,000, or None when everything stands on one
    page.
    """
    if not params.size or (not answer.links.next and params.page == 1):
        return None
    found = answer.total.stories if params.group and not params.story else answer.total.articles
    last = min(-(-found // params.size), MAX_WINDOW // params.size)
    # The number of stories can be an estimate; the existence of a next page never is.
    last = max(last, params.page + 1) if answer.links.next else params.page
    near = range(max(1, params.page - PAGER_REACH), min(last, params.page + PAGER_REACH) + 1)
    numbers = (
        sorted({1, *near, last})
        if answer.total.stories_exact or not params.group
        else sorted({1, *near})
    )
    pages: list[tuple[int, str, bool] | None] = []
    for before, number in zip([0, *numbers], numbers, strict=False):
        if number - before > 1:
            pages.append(None)
        pages.append((number, address(PATH, params, page=number), number == params.page))
    return Pager(answer.links.prev, tuple(pages), answer.links.next)
