"""An article as schema.org NewsArticle (JSON-LD): inside its page and as `application/ld+json` of
the API.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mappings.article import Article
from service.answer import AgencyLabel
from service.dates import instant_text
from service.http.addresses import web_address

MEDIA_TYPE = "application/ld+json"
# schema.org asks for a headline that search engines show whole; longer ones are cut at a word.
HEADLINE_LENGTH = 110


def _headline(title: str) -> str:
    if len(title) <= HEADLINE_LENGTH:
        return title
    return title[:HEADLINE_LENGTH].rpartition(" ")[0] + " …"


def _organization(name: str) -> dict[str, str]:
    return {"@type": "NewsMediaOrganization", "name": name}


def _published(article: Article) -> str | None:
    if article.published_at is not None:
        return instant_text(article.published_at)
    if article.published is None or article.precision != "day":
        return None
    return article.published.isoformat()


def _author(article: Article, agencies: Sequence[dict[str, str]]) -> dict[str, str] | None:
    if article.author:
        return {"@type": "Person", "name": article.author}
    return agencies[0] if agencies else None


def news_article(article: Article, agencies: Sequence[AgencyLabel], address: str) -> dict[str, Any]:
    """The article as a JSON-LD object; `address` is the absolute address of its page.

    Nothing is guessed: `datePublished` only when the day is known, author, publisher and agency
    only when they are. `agencies` are the labels of `article.agencies`. The agency that supplied
    the copy is `sourceOrganization`, the outlet that published it is `publisher`.
    """
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": address,
        "mainEntityOfPage": address,
        "identifier": article.id,
        "inLanguage": "ar",
        "articleBody": article.body,
    }
    organizations = [_organization(agency.label) for agency in agencies]
    known = {
        "headline": article.title and _headline(article.title),
        "datePublished": _published(article),
        "dateModified": article.updated_at and instant_text(article.updated_at),
        "version": article.version,
        "author": _author(article, organizations),
        "sourceOrganization": organizations[0] if len(organizations) == 1 else organizations,
        "publisher": article.outlet and _organization(article.outlet),
        "creditText": article.credit,
        "articleSection": article.section,
        "url": web_address(article.url),
    }
    return data | {name: value for name, value in known.items() if value}
