"""What the templates rely on: marks, addresses, static files."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from mappings.article import Article
from service.page.render import machine_date, marked, static_address, static_files


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("<mark>بوتين</mark> يصل", "<mark>بوتين</mark> يصل"),
        ("a &amp; b &lt;i&gt;", "a &amp; b &lt;i&gt;"),
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("<img src=x onerror=alert(1)>", "&lt;img src=x onerror=alert(1)&gt;"),
        ("</mark>كلمة<mark>", "كلمة<mark></mark>"),
        ("<mark>a<mark>b</mark></mark>c", "<mark>ab</mark>c"),
        ("<mark>نصف", "<mark>نصف</mark>"),
        ("&lt;mark&gt;text&lt;/mark&gt;", "&lt;mark&gt;text&lt;/mark&gt;"),
        ("<mark onclick=a()>x</mark>", "&lt;mark onclick=a()&gt;x"),
        ("&#x27;&quot;&#x2F;", "&#39;&#34;/"),
    ],
)
def test_a_highlight_keeps_its_marks_and_nothing_else(given: str, shown: str) -> None:
    assert str(marked(given)) == shown


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "2020-12-30"),
        ({"precision": "month"}, "2020-12"),
        ({"precision": "year"}, "2020"),
        ({"published": None, "precision": None, "published_text": "--07-16"}, "--07-16"),
        ({"published": None, "precision": None, "published_text": "صيف 2020"}, None),
        ({"published": None, "precision": None}, None),
    ],
)
def test_a_time_element_says_no_more_than_is_known(
    changes: dict[str, Any], expected: str | None, article: Callable[..., Article]
) -> None:
    assert machine_date(article(**changes)) == expected


def test_a_static_file_is_addressed_by_its_content() -> None:
    assert static_address("page.css") == f"/static/page.css?v={static_files()['page.css'].version}"
    with pytest.raises(KeyError):
        static_address("missing.css")


def test_style_and_script_load_nothing_from_elsewhere() -> None:
    for name in ("page.css", "page.js"):
        text = static_files()[name].content.decode()
        assert "http:" not in text
        assert "https:" not in text
        assert "@import" not in text


def test_the_style_spaces_no_letters() -> None:
    # letter-spacing tears joined letters apart
    assert "letter-spacing:" not in static_files()["page.css"].content.decode()
