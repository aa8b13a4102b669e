"""Wire text between control characters."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.loader.readers.wire_items import TEXT, TITLE, article, items, reasons

HEADER = b"\x01ONA0077 4 I 0211 \x02\r\nONA 0077\r\n"
END = b"\r\n\x03\r\nONA 100400 GMT Mar 24\r\n\x04"
COPY = f"{TITLE}\n   {TEXT}".replace("\n", "\r\n")


@pytest.mark.parametrize("encoding", ["iso8859_6", "cp1256", "utf-8"])
def test_the_text_stands_between_the_controls(tmp_path: Path, encoding: str) -> None:
    raw = article(tmp_path, HEADER + COPY.encode(encoding) + END, "a.txt")
    given = raw.given
    assert raw.format == "wire"
    assert raw.text == f"{TITLE}\n{TEXT}"
    assert (given.credit, given.title) == ("ONA", None)
    assert given.published_at == "2024-03-10T04:00:00.000Z"
    assert given.guid == "ONA0077:2024-03-10T04:00:00+00:00"


def test_several_messages_in_one_file(tmp_path: Path) -> None:
    data = HEADER + COPY.encode() + END
    second = data.replace(b"0077", b"0078")
    found = items(tmp_path, b"\x16\x16" + data + b"\r\n" + second)
    assert [item.position for item in found] == [1, 2]
    assert reasons(tmp_path, data + second) == ["article", "article"]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param(HEADER + END, "no-text", id="no text"),
        pytest.param(HEADER + COPY.encode(), "article", id="no end"),
        pytest.param(
            HEADER + COPY.encode() + END.replace(b"Mar", b"Xyz"), "article", id="no such month"
        ),
        pytest.param(HEADER.replace(b"\x01", b"") + COPY.encode(), "article", id="no beginning"),
        pytest.param(
            b"\x16\x16\x01r0077\x1f4 a bc-safina \x02\r\n" + COPY.encode() + END,
            "article",
            id="ANPA 1312",
        ),
    ],
)
def test_one_outcome_each(tmp_path: Path, data: bytes, expected: str) -> None:
    assert reasons(tmp_path, data) == [expected]
