"""Templates to HTML: the Jinja environment, what every page gets, and the addresses of static
files.

Everything is escaped by Jinja; the only HTML taken from elsewhere are highlights, and `marked`
rebuilds those.
"""

from __future__ import annotations

import hashlib
import html
import re
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from importlib import resources
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from mappings.article import Article
from service.access.sessions import signed_in
from service.dates import Period, instant_text
from service.http.addresses import web_address
from service.locale.language import Language

MARK = re.compile(r"(</?mark>)")
SENTENCE_ENDS = (
    ".",
    "!",
    "?",
    "\u061f",
    "\u2026",
    '"',
    "\u00bb",
    "\u201d",
)  # also Arabic question mark, ellipsis, quotes
QUOTES = '"\u00ab\u00bb\u201c\u201d\u201e'
STATIC_TYPES = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
}


@dataclass(frozen=True, slots=True)
class StaticFile:
    """One file of service/static; `version` changes with its content, so that browsers may keep it
    for ever.
    """

    content: bytes
    media_type: str
    version: str


@lru_cache
def static_files() -> dict[str, StaticFile]:
    """Every static file by name, read once a process."""
    found = {}
    for entry in resources.files("service").joinpath("static").iterdir():
        media_type = STATIC_TYPES.get(entry.name.rpartition(".")[2])
        if media_type:
            content = entry.read_bytes()
            found[entry.name] = StaticFile(
                content, media_type, hashlib.sha256(content).hexdigest()[:12]
            )
    return found


def static_address(name: str) -> str:
    """The address of a static file, with its version. Raises KeyError for a file that is not
    there.
    """
    return f"/static/{name}?v={static_files()[name].version}"


def marked(highlight: str) -> Markup:
    """A highlight (HTML: escaped text, hits in `<mark>`) with nothing but balanced `<mark>` left as
    markup.

    Whatever else looks like markup is shown as text, even if the index handed it on unescaped.
    """
    out: list[str] = []
    inside = False
    for piece in MARK.split(highlight):
        if piece == "<mark>" and not inside:
            out.append(piece)
            inside = True
        elif piece == "</mark>" and inside:
            out.append(piece)
            inside = False
        elif piece not in ("<mark>", "</mark>"):
            out.append(str(escape(html.unescape(piece))))
    return Markup("".join(out) + ("</mark>" if inside else ""))


def ends_a_sentence(fragment: str) -> bool:
    """Whether a fragment (HTML) of a text ends where a sentence does; else more follows and an
    ellipsis says so.
    """
    return html.unescape(fragment.replace("</mark>", "")).rstrip().endswith(SENTENCE_ENDS)


def quoted_already(words: str) -> bool:
    """Whether a reader's words bring quotation marks of their own."""
    return any(mark in words for mark in QUOTES)


def isolate(text: object) -> Markup:
    """`text` in a `<bdi>`: its direction neither changes the sentence around it nor is changed by
    it.
    """
    return Markup("<bdi>{}</bdi>").format(text)


def left_to_right(text: object) -> Markup:
    """`text` in a `<bdi>` that reads from the left: after Arabic letters 2020-12-30 would be shown
    as 30-12-2020.
    """
    return Markup('<bdi dir="ltr">{}</bdi>').format(text)


def machine_date(article: Article) -> str | None:
    """The `datetime` of a `<time>` element: the instant, YYYY, YYYY-MM, YYYY-MM-DD or --MM-DD; None
    for an undated article.
    """
    if article.published_at:
        return instant_text(article.published_at)
    if article.published and article.precision:
        return str(Period(article.published, article.precision))
    yearless = article.published_text or ""
    return yearless if yearless.startswith("--") else None


@lru_cache
def environment() -> Environment:
    """The one Jinja environment: escaping always on, an unknown name is an error."""
    made = Environment(
        loader=PackageLoader("service", "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    made.filters |= {
        "marked": marked,
        "isolate": isolate,
        "ltr": left_to_right,
        "web_address": web_address,
        "machine_date": machine_date,
    }
    made.tests |= {"ends_a_sentence": ends_a_sentence, "quoted_already": quoted_already}
    made.globals |= {"static": static_address, "signed_in": signed_in.get}
    return made


def render(template: str, language: Language, zone: ZoneInfo, **context: Any) -> str:
    """The page as HTML. Templates also get `t` (text by key), `count`, `number`, and dates in
    words.

    `t` escapes what it fills in and returns markup, so that `t("none.text", q=q|isolate)` keeps its
    `<bdi>`.
    """

    def t(key: str, **values: object) -> Markup:
        return Markup(language.text(key)).format(**values) if values else Markup(language.text(key))

    def article_date(article: Article, full: bool = False) -> str | None:
        if article.published and article.precision:
            write = language.full_date if full else language.short_date
            day = write(article.published, article.precision)
            at = article.published_at
            return f"{day} {at.astimezone(zone):%H:%M}" if at else day
        return language.yearless_date(article.published_text) if article.published_text else None

    def local_time(moment: datetime) -> str:
        return language.moment(moment.astimezone(zone))

    return (
        environment()
        .get_template(template)
        .render(
            language=language,
            other="en" if language.code == "ar" else "ar",
            t=t,
            count=language.count,
            number=language.number,
            article_date=article_date,
            local_time=local_time,
            **context,
        )
    )
