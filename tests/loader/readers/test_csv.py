"""CSV: separators, quoted line ends, headings in two languages; a bad row costs itself alone."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loader.raw import RawArticle, Unreadable
from loader.readers.content import Content
from loader.readers.csv import read_csv
from loader.readers.reasons import Reason, Refused
from loader.settings import LoaderSettings

CHARACTERS = st.characters(codec="utf-8", exclude_categories=["Cc"], include_characters="\n")
SETTINGS = LoaderSettings(max_article_bytes=3_000)


def read(data: str | bytes) -> list[RawArticle | Unreadable]:
    data = data.encode() if isinstance(data, str) else data
    return list(read_csv(Content("wires", "a.csv", iter([data[:10], data[10:]]), SETTINGS)))


def outcomes(data: str | bytes) -> list[tuple[int | None, str]]:
    return [
        (item.position, item.reason if isinstance(item, Unreadable) else item.text)
        for item in read(data)
    ]


@pytest.mark.parametrize(
    "data",
    [
        pytest.param("title,text\nع,ن1\nع,ن2\n", id="comma"),
        pytest.param("title;text\nع;ن1\nع;ن2", id="semicolon, no line end at the end"),
        pytest.param("text\ttitle\r\nن1\tع\r\nن2\tع\r\n", id="tab, CRLF"),
        pytest.param("العنوان|النص\nع|ن1\n\nع|ن2\n", id="Arabic headings, bar, blank line"),
        pytest.param("\ufeffTEXT,x\nن1,\nن2,\n", id="byte order mark"),
        pytest.param("\n\n text , title \nن1\nن2\n", id="blank lines before, short rows"),
        pytest.param("sep=;\r\ntitle;text\r\nع;ن1\r\nع;ن2\r\n", id="the separator is said"),
        pytest.param("sep=\t\ntitle\ttext\nع\tن1\nع\tن2\n", id="the separator is a tab"),
        pytest.param("تقرير الأسبوع,\ntitle,text\nع,ن1\nع,ن2\n", id="a title above the header"),
    ],
)
def test_layouts(data: str) -> None:
    assert outcomes(data) == [(1, "ن1"), (2, "ن2")]


def one_line(title: str) -> str:
    """The title that is given where a field holds `title`: without its line ends."""
    return title if title.strip() and not {"\n", "\r"} & set(title) else " ".join(title.split())


@given(
    st.lists(
        st.tuples(
            st.text(CHARACTERS, min_size=1),
            st.text(CHARACTERS, max_size=20),
        ).filter(lambda row: row[0].strip()),
        max_size=5,
    )
)
def test_what_the_csv_module_writes_is_read_back(rows: list[tuple[str, str]]) -> None:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerows([("text", "title"), *rows])
    items = read(buffer.getvalue())
    assert [
        (item.text, item.given.title or "") for item in items if isinstance(item, RawArticle)
    ] == [(text, one_line(title)) for text, title in rows]


@pytest.mark.parametrize(
    ("row", "outcome"),
    [
        pytest.param(f'"{"ن" * 2_000}",ع', "too-large", id="large field"),
        pytest.param(
            f'"{"سطر" * 40}\n{"سطر x سطر" * 200}\nسطر",ع',
            "too-large",
            id="large field of many lines",
        ),
        pytest.param("ن" * 2_000, "too-large", id="large line"),
        pytest.param("ن,ع,x,y", "broken-row", id="more fields than columns"),
        pytest.param(",", None, id="empty row"),
        pytest.param('نص فيه 5" بوصات,ع', 'نص فيه 5" بوصات', id="a bare quotation mark"),
        pytest.param("نص\0فيه,ع", "نصفيه", id="NUL"),
        pytest.param("نص\rفيه,ع", "نص فيه", id="carriage return within a line"),
    ],
)
def test_a_row_costs_itself_alone(row: str, outcome: str | None) -> None:
    items = outcomes(f"text,title\nأول,ع\n{row}\nأخير,ع\n")
    if outcome is None:
        assert items == [(1, "أول"), (2, "أخير")]
    else:
        assert items == [(1, "أول"), (2, outcome), (3, "أخير")]


def test_a_field_that_is_never_closed_is_told_with_its_lines() -> None:
    *_, last = read('text,title\nأول,ع\n"مفتوح,ع\nآخر,ع\n')
    assert isinstance(last, Unreadable)
    assert (last.reason, last.detail) == (
        "broken-row",
        "A quotation mark is opened and never closed (lines 3-4).",
    )
    assert last.raw is not None
    assert "مفتوح" in last.raw


def test_a_file_whose_columns_are_not_known_is_refused_once_with_their_names() -> None:
    with pytest.raises(Refused) as refused:
        read("a,b\n1,2\n3,4\n")
    assert refused.value.reason is Reason.NO_TEXT
    assert "a | b" in refused.value.detail


def test_windows_1256_as_spreadsheets_save_it() -> None:
    (article,) = read("العنوان;النص\r\nافتتاح;افتتح رئيس البلدية الجسر\r\n".encode("cp1256"))
    assert isinstance(article, RawArticle)
    assert (article.text, article.encoding) == ("افتتح رئيس البلدية الجسر", "windows-1256")


def test_a_broken_character_is_told() -> None:
    first, second = read(b"text\n" + "نص".encode() + b"\n" + "نص".encode()[:-1] + b"\n")
    assert isinstance(first, RawArticle)
    assert isinstance(second, RawArticle)
    assert (first.encoding, second.encoding, second.text) == ("utf-8", "utf-8, damaged", "ن\ufffd")
