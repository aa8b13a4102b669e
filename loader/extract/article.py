"""From one raw article to what is understood of it: the one function that the loader and `naba
check` call.
"""

from __future__ import annotations

from datetime import date

from loader.extract.agency import sign
from loader.extract.copy import Layout
from loader.extract.date import DatesBeside, date_article
from loader.extract.extraction import Extraction, Rejected, Removed
from loader.extract.layout import read_layout
from loader.extract.markup import strip_markup
from loader.extract.mentions import cited_agencies
from loader.extract.paths import dated_by_address, read_path
from loader.extract.titles import lead_title
from loader.raw import Given, RawArticle
from mappings.agencies import Registry
from mappings.arabic.text import clean_text
from mappings.article import TitleOrigin


def extract(
    raw: RawArticle, registry: Registry, *, today: date, defaults: Given | None = None
) -> Extraction:
    """Read `raw`: agency, date, headline, body, and how each was found.

    `defaults` are the options `--agency` and `--date`: they supply what neither record nor text
    says, before the path does. `today` is the civil date in the newsroom's time zone; dates after
    tomorrow are refused. Raises Rejected where there is no article.
    """
    given, options = raw.given, defaults or Given()
    text, torn = _clean(raw.text)
    layout = read_layout(text, registry, given_title=given.title)
    body = "\n".join(layout.body).strip()
    if not any(map(str.isalnum, body)):
        body = clean_text(given.title or "")  # a headline alone is an article
    if not any(map(str.isalnum, body)):
        raise Rejected(
            "only-boilerplate",
            "Nothing is left when credits, dates and page furniture are taken out.",
        )
    hints = read_path(raw.source, raw.path, registry, today)
    signature = sign(layout, given, options, hints.source, registry)
    beside = DatesBeside(
        given.published, options.published, hints.dated or dated_by_address(given.url or "", today)
    )
    publication = date_article(layout, text, beside, today)
    title, origin = _title(given, layout, body)
    dated = publication.dated
    return Extraction(
        title=title,
        title_origin=origin,
        body=body,
        agencies=signature.agencies,
        agency_origin=signature.origin,
        credit=signature.credit,
        cited_agencies=cited_agencies(body, registry, without=signature.agencies),
        outlet=signature.outlet,
        author=signature.author,
        published=dated.published if dated else None,
        published_text=dated.text if dated else None,
        precision=dated.precision if dated else None,
        date_origin=dated.origin if dated else "none",
        removed=(*(Removed("markup", piece) for piece in torn), *layout.removed),
        notes=(*signature.notes, *publication.notes),
    )


def _clean(raw: str) -> tuple[str, list[str]]:
    """Text without control characters and tags, and the tags; raises Rejected where none is."""
    text, torn = strip_markup(clean_text(raw))
    if torn:
        text = clean_text(text)
    if not any(map(str.isalnum, text)):
        raise Rejected("empty", "There is no text in this article.")
    return text, torn


def _title(given: Given, layout: Layout, body: str) -> tuple[str | None, TitleOrigin | None]:
    if given.title and given.title.strip():
        return clean_text(given.title), "given"
    if layout.title:
        return layout.title, "line"
    lead = lead_title(body)
    return lead, "lead" if lead else None
