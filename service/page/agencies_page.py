"""The page of all agencies: how many articles each has, the first and the last date."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from service.links import address
from service.locale.language import load_language
from service.page.choices import PATH
from service.page.render import render
from service.params import PageParams
from service.search.status import Agencies, AgencyHolding


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """An agency that has articles, with the search for them that keeps all else of the present
    one.
    """

    holding: AgencyHolding
    url: str


def agencies_page(params: PageParams, agencies: Agencies, zone: ZoneInfo) -> str:
    """The HTML of all agencies that have articles; `params` is the search it was reached by, whose
    agencies a choice replaces.
    """
    language = load_language(params.lang)
    rows = [
        AgencyRow(holding, address(PATH, params, agency=[holding.id], not_agency=[], story=None))
        for holding in agencies.agencies
        if holding.articles
    ]
    return render(
        "agencies.html",
        language,
        zone,
        words=params.q,
        search_hidden=[("lang", params.lang)] if params.lang != "ar" else [],
        rows=rows,
        missing=agencies.missing,
        missing_url=address(PATH, params, agency=["none"], not_agency=[], story=None),
        period=language.period,
        back=address(PATH, params),
        language_url=address("/agencies", params, lang="en" if params.lang == "ar" else "ar"),
    )
