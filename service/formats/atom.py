"""A search as an Atom feed (RFC 4287) with OpenSearch's counts. Pure: answer in, XML out."""

from __future__ import annotations

import html
import uuid
from datetime import UTC, datetime, time
from urllib.parse import quote
from xml.etree.ElementTree import Element
from zoneinfo import ZoneInfo

from mappings.article import Article
from service.answer import Hit, SearchResponse
from service.formats.xml import add, document
from service.links import FEED, address, query_string
from service.locale.language import load_language
from service.params import FilterParams, PageParams, SearchParams

MEDIA_TYPE = "application/atom+xml"
ATOM = "http://www.w3.org/2005/Atom"
OPENSEARCH = "http://a9.com/-/spec/opensearch/1.1/"
# Entries of a feed: a desk that asks every few minutes misses nothing.
ENTRIES = 50
# A feed without entries was never updated; the form demands an instant all the same.
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def stable_id(name: str) -> str:
    """A URN that is the same for `name` on every machine and under every address."""
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, 'naba:' + name)}"


def feed_search(params: FilterParams) -> SearchParams:
    """The search whose hits are the entries: newest first, whatever order its page stands in."""
    return SearchParams.model_validate(
        params.model_dump(by_alias=True) | {"size": ENTRIES, "sort": "newest"}
    )


def instant(moment: datetime) -> str:
    """RFC 3339 in UTC, to the second."""
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def published(article: Article, zone: ZoneInfo) -> str | None:
    """RFC 3339: the instant of publication, else the first moment of its day in the newsroom's time
    zone. A month or a year is not an instant: nothing is said rather than something guessed.
    """
    if article.published_at:
        return instant(article.published_at)
    if article.published is None or article.precision != "day":
        return None
    return datetime.combine(article.published, time(), zone).isoformat()


def plain(highlight: str) -> str:
    """The text of a highlight, without its marks."""
    return html.unescape(highlight.replace("<mark>", "").replace("</mark>", ""))


def atom_feed(
    params: FilterParams, answer: SearchResponse, *, public_url: str, zone: ZoneInfo
) -> bytes:
    """The feed of `params`, whose answer is `answer`. `public_url` has no slash at the end."""
    language = load_language(params.lang)
    question = params.model_copy(update={"sort": None})
    root = Element("feed", {"xmlns": ATOM, "xmlns:opensearch": OPENSEARCH, "xml:lang": "ar"})
    add(root, "id", stable_id(f"feed?{query_string(question, FilterParams)}"))
    title = (
        language.text("results.title", q=params.q)
        if params.q.strip()
        else language.text("site.name")
    )
    add(root, "title", title)
    add(
        root,
        "subtitle",
        language.text("notice.relaxed" if answer.query.relaxed else "site.tagline"),
    )
    add(
        root, "updated", instant(max((hit.article.loaded_at for hit in answer.hits), default=NEVER))
    )
    add(
        root,
        "link",
        rel="self",
        type=MEDIA_TYPE,
        href=public_url + address(FEED, question, FilterParams),
    )
    add(
        root,
        "link",
        rel="alternate",
        type="text/html",
        href=public_url + address("/", question, PageParams),
    )
    add(
        root,
        "link",
        rel="search",
        type="application/opensearchdescription+xml",
        href=f"{public_url}/opensearch.xml",
    )
    add(root, "icon", f"{public_url}/favicon.ico")
    add(root, "generator", "Naba")
    add(root, "opensearch:totalResults", str(answer.total.articles))
    add(root, "opensearch:itemsPerPage", str(ENTRIES))
    for hit in answer.hits:
        _entry(root, hit, public_url, zone, untitled=language.text("hit.untitled"))
    return document(root)


def _entry(root: Element, hit: Hit, public_url: str, zone: ZoneInfo, *, untitled: str) -> None:
    article = hit.article
    entry = add(root, "entry")
    add(entry, "id", stable_id(f"article/{article.id}"))
    add(entry, "title", article.title or untitled)
    add(entry, "updated", instant(article.loaded_at))
    if day := published(article, zone):
        add(entry, "published", day)
    add(
        entry,
        "link",
        rel="alternate",
        type="text/html",
        href=f"{public_url}/articles/{quote(article.id, safe='')}",
    )
    labels = [agency.label for agency in hit.agencies]
    add(
        add(entry, "author"),
        "name",
        article.author or (labels[0] if labels else article.outlet or article.source),
    )
    for agency in hit.agencies:
        add(entry, "category", term=agency.id, label=agency.label)
    if hit.highlight.body:
        add(
            entry,
            "summary",
            " … ".join(plain(fragment) for fragment in hit.highlight.body),
            type="text",
        )
    if hit.agencies:
        first = hit.agencies[0]
        source = add(entry, "source")
        add(source, "id", stable_id(f"agency/{first.id}"))
        add(source, "title", first.label)
        add(source, "updated", instant(article.loaded_at))
        page = address("/", PageParams(), agency=[first.id])
        add(source, "link", rel="alternate", type="text/html", href=public_url + page)
