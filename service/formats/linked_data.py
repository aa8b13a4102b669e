"""An article as schema.org NewsArticle (JSON-LD): inside its page and as `application/ld+json` of
the API.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mappings.article import Article
from service.answer import AgencyLabel
from service.http.addresses import web_address

MEDIA_TYPE = "application/ld+json"
# schema.org asks for a headline that search engines show whole; longer ones are cut at a word.
HEADLINE_LENGTH = 110


def _headline(title: str) -> str:
    if len(title) <= HEADLINE_LENGTH:
        return title
    return title[:HEADLINE_LENGTH].rpartition(" ")[0] + " …"


def news_article(article: Article, agencies: Sequence[AgencyLabel], address: str) -> dict[str, Any]:
    """The article as a JSON-LD object; `address` is the absolute address of its page.

    Nothing is guessed: `datePublished` only when the day is known, author, publisher and agency
    only when they are. `agencies` are the labels of `article.agencies`. The agency that supplied
    the copy is `sourceOrganization`, who published it is `publisher`.
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
    if article.title:
        data["headline"] = _headline(article.title)
    if article.published and article.precision == "day":
        data["datePublished"] = article.published.isoformat()
    if article.author:
        data["author"] = {"@type": "Person", "name": article.author}
    elif agencies:
        data["author"] = {"@type": "NewsMediaOrganization", "name": agencies[0].label}
    organizations = [
        {"@type": "NewsMediaOrganization", "name": agency.label} for agency in agencies
    ]
    if organizations:
        data["sourceOrganization"] = organizations[0] if len(organizations) == 1 else organizations
    if article.outlet:
        data["publisher"] = {"@type": "NewsMediaOrganization", "name": article.outlet}
    if article.credit:
        data["creditText"] = article.credit
    if article.section:
        data["articleSection"] = article.section
    if original := web_address(article.url):
        data["url"] = original
    return data
