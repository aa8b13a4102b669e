"""The page of one article: its text with the hits of the search it was reached by, what is known of
it, what is like it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from markupsafe import escape

from service.answer import AgencyLabel, Hit
from service.links import address, query_string
from service.locale.language import Language, load_language
from service.page.choices import PATH
from service.page.render import render
from service.params import PageParams
from service.search.similar import Similar


def paragraphs(body: str) -> list[str]:
    """The lines of a text that hold something."""
    return [line for line in (line.strip() for line in body.split("\n")) if line]


def _citation(hit: Hit, permalink: str, language: Language) -> str:
    """One line that names an article: headline, who supplied it, day, permalink."""
    article = hit.article
    day = None
    if article.published and article.precision:
        day = language.short_date(article.published, article.precision)
    who = hit.agency.label if hit.agency else article.outlet or article.credit
    title = article.title and language.text("site.quoted", text=article.title)
    separator = language.text("site.separator")
    return separator.join(part for part in (title, who, day, permalink) if part)


def article_page(
    params: PageParams,
    hit: Hit,
    label: Callable[[str], str],
    zone: ZoneInfo,
    *,
    linked_data: dict[str, Any],
    similar: Similar | None = None,
) -> str:
    """The HTML of an article.

    `params` is the search it was reached by (all at default: none). The highlight of `hit` holds
    the whole title and the whole body (one fragment) as HTML with the hits of that search marked,
    where it has any. `label` names an agency id. `linked_data` is the article as JSON-LD, whose
    `@id` is the absolute address of this page.
    """
    article, highlight = hit.article, hit.highlight
    path = f"/articles/{quote(article.id, safe='')}"
    start = PageParams(lang=params.lang)
    body = highlight.body[0] if highlight.body else str(escape(article.body))
    came_from = query_string(params.model_copy(update={"lang": "ar"}))
    return render(
        "article.html",
        load_language(params.lang),
        zone,
        params=params,
        words=params.q,
        search_hidden=[("lang", params.lang)] if params.lang != "ar" else [],
        article=article,
        title=highlight.title,
        paragraphs=paragraphs(body),
        agencies=hit.agencies,
        cited=[AgencyLabel(id, label(id)) for id in article.cited_agencies],
        agency_urls={id: address(PATH, start, agency=[id]) for id in article.agencies},
        back=address(PATH, params) if came_from else None,
        json_url=f"/v1/articles/{quote(article.id, safe='')}",
        language_url=address(
            path, params, lang="en" if params.lang == "ar" else "ar", page=params.page
        ),
        linked_data=linked_data,
        similar=similar,
        copies_url=address(PATH, start, story=similar.story_id, group=False) if similar else None,
        canonical=linked_data["@id"],
        citation=_citation(hit, linked_data["@id"], load_language(params.lang)),
        story_url=f"/stories/{quote(article.story_id or '', safe='')}"
        + (f"?{query}" if (query := query_string(params)) else ""),
    )
