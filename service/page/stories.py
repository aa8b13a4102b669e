"""The pages of a story and of two of its copies side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote
from zoneinfo import ZoneInfo

from markupsafe import Markup, escape

from service.answer import Hit
from service.links import address, query_string
from service.locale.language import LanguageCode, load_language
from service.page.choices import PATH
from service.page.render import render
from service.params import PageParams
from service.search.differences import Piece
from service.search.story import Compared, Copy, Story

Side = str  # "a" | "b"


@dataclass(frozen=True, slots=True)
class CopyRow:
    """One copy in the list of a story, with the addresses of the copy and of its comparison."""

    copy: Copy
    url: str
    compare_url: str | None  # with the first copy; None: it is the first


def article_url(hit: Hit, query: str) -> str:
    """The page of an article, reached by the search that `query` asks for."""
    return f"/articles/{quote(hit.article.id, safe='')}" + (f"?{query}" if query else "")


def compare_url(a: Hit, b: Hit, lang: str) -> str:
    """The page of two articles side by side."""
    ids = f"a={quote(a.article.id)}&b={quote(b.article.id)}"
    return f"/compare?{ids}" + ("" if lang == "ar" else f"&lang={lang}")


def story_page(params: PageParams, story: Story, zone: ZoneInfo) -> str:
    """The HTML of a story; `params` is the search it was reached by."""
    language = load_language(params.lang)
    query = query_string(params)
    first = story.copies[0].article
    rows = [
        CopyRow(
            copy,
            article_url(copy.article, query),
            None if copy.article is first else compare_url(first, copy.article, params.lang),
        )
        for copy in story.copies
    ]
    path = f"/stories/{quote(story.id, safe='')}"
    all_copies = PageParams(lang=params.lang, story=story.id, group=False)
    return render(
        "story.html",
        language,
        zone,
        words=params.q,
        search_hidden=[("lang", params.lang)] if params.lang != "ar" else [],
        story=story,
        title=first.article.title or language.text("hit.untitled"),
        rows=rows,
        back=address(PATH, params),
        all_url=address(PATH, all_copies),
        json_url=f"/v1{path}",
        language_url=address(
            path, params, lang="en" if params.lang == "ar" else "ar", page=params.page
        ),
    )


def compare_page(lang: LanguageCode, compared: Compared, zone: ZoneInfo, *, spelling: bool) -> str:
    """The HTML of two articles side by side; `spelling`: differences of letters and signs are
    marked too.
    """
    here = compare_url(compared.a, compared.b, lang)
    hide = "" if lang == "ar" else f"&lang={lang}"
    other = "en" if lang == "ar" else "ar"
    return render(
        "compare.html",
        load_language(lang),
        zone,
        words="",
        search_hidden=[("lang", lang)] if lang != "ar" else [],
        compared=compared,
        sides=[
            (compared.a, paragraphs(compared.pieces, "a", spelling=spelling)),
            (compared.b, paragraphs(compared.pieces, "b", spelling=spelling)),
        ],
        spelling=spelling,
        spelling_url=here + ("&spelling=hide" if spelling else ""),
        query=hide.removeprefix("&"),
        json_url=f"/v1{compare_url(compared.a, compared.b, 'ar')}",
        language_url=compare_url(compared.a, compared.b, other),
    )


def paragraphs(pieces: tuple[Piece, ...], side: Side, *, spelling: bool) -> list[Markup]:
    """The text of one side, a paragraph a line: what the other lacks in `<del>` (of `a`) or `<ins>`
    (of `b`).
    """
    text = Markup(" ").join(_marked(pieces, side, spelling=spelling))
    return [Markup(line) for line in text.split("\n") if line.strip()]


def _marked(pieces: tuple[Piece, ...], side: Side, *, spelling: bool) -> Iterator[Markup]:
    tag = "del" if side == "a" else "ins"
    for piece in pieces:
        words = piece.a if side == "a" else piece.b
        differs = piece.kind in ("deleted", "inserted")
        if not (differs or (spelling and piece.kind == "spelling")):
            yield escape(words)
            continue
        mark = Markup("<{0}>{1}</{0}>") if differs else Markup('<{0} class="spelling">{1}</{0}>')
        lines = (mark.format(tag, line) if line else Markup() for line in words.split("\n"))
        if words:
            yield Markup("\n").join(lines)
