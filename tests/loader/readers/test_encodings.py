"""Encodings are found and told; what is no text is refused, never guessed."""

from __future__ import annotations

import codecs
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loader.readers.encodings import DAMAGED, as_utf_8, decoded
from loader.readers.reasons import Reason, Refused

ARABIC = (
    "افتتح رئيس البلدية الجسر الجديد صباح الخميس، وقال إن العمل فيه استمر عامين.\nوأضاف: "
    "«سيخفف الجسر الازدحام».\n"
)
FRENCH = "Le maire a inauguré le pont; les élèves étaient là.\n"


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        pytest.param(ARABIC.encode(), ARABIC, "utf-8", id="UTF-8"),
        pytest.param(
            codecs.BOM_UTF8 + ARABIC.encode(), ARABIC, "utf-8-sig", id="UTF-8 with byte order mark"
        ),
        pytest.param(ARABIC.encode("utf-16"), ARABIC, "utf-16", id="UTF-16 with byte order mark"),
        pytest.param(ARABIC.encode("utf-16-le"), ARABIC, "utf-16-le", id="UTF-16 without mark"),
        pytest.param(ARABIC.encode("utf-16-be"), ARABIC, "utf-16-be", id="UTF-16, big end first"),
        pytest.param(FRENCH.encode("utf-16-le"), FRENCH, "utf-16-le", id="UTF-16, Latin letters"),
        pytest.param(ARABIC.encode("utf-32"), ARABIC, "utf-32", id="UTF-32"),
        pytest.param(ARABIC.encode("cp1256"), ARABIC, "windows-1256", id="windows-1256"),
        pytest.param(
            ARABIC.encode("cp1256")[:40],
            ARABIC[:40],
            "windows-1256",
            id="windows-1256, half a line",
        ),
        pytest.param(
            FRENCH.encode("cp1256"), FRENCH, "windows-1256", id="French in the Arabic code page"
        ),
        pytest.param(
            ("a" * 20_000 + "\n" + ARABIC).encode("cp1256"),
            "a" * 20_000 + "\n" + ARABIC,
            "windows-1256",
            id="the Arabic comes late",
        ),
        pytest.param(b"plain", "plain", "utf-8", id="ASCII"),
        pytest.param(
            ARABIC.encode()[:-3] + b"\n", None, DAMAGED, id="UTF-8 with a character cut in two"
        ),
        pytest.param(
            "خ\0بر".encode() + ARABIC.encode(), "خ\0بر" + ARABIC, "utf-8", id="a NUL among text"
        ),
    ],
)
def test_encoding_is_found(data: bytes, text: str | None, encoding: str) -> None:
    found, name = decoded(data)
    assert name == encoding
    assert found == text if text is not None else "\ufffd" in found


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(b"%PDF-1.7\n" + ARABIC.encode(), Reason.BINARY, id="PDF"),
        pytest.param(b"PK\x03\x04" + bytes(40), Reason.BINARY, id="office document"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + bytes(100), Reason.BINARY, id="picture"),
        pytest.param(b"{\\rtf1\\ansi " + b"x" * 50, Reason.BINARY, id="Rich Text"),
        pytest.param(bytes(1_000), Reason.BINARY, id="zeros"),
        pytest.param(random.Random(3).randbytes(4_000), Reason.BINARY, id="noise"),
        pytest.param(
            bytes(random.Random(3).choices(range(128, 256), k=400)),
            Reason.UNDECODABLE,
            id="high bytes",
        ),
        pytest.param(
            codecs.BOM_UTF16_LE + "خبر".encode("utf-16-le") + b"\x00\xd8x",
            Reason.UNDECODABLE,
            id="UTF-16 that breaks off",
        ),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, reason: Reason) -> None:
    with pytest.raises(Refused) as refused:
        decoded(data)
    assert refused.value.reason is reason


@given(st.binary(max_size=300))
def test_any_bytes_are_decoded_or_refused(data: bytes) -> None:
    try:
        text, encoding = decoded(data)
    except Refused:
        return
    assert encoding
    if encoding == "utf-8":
        assert text.encode() == data


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1256"])
@pytest.mark.parametrize("step", [1, 7, 1_000_000])
def test_record_files_are_passed_on_in_utf_8(encoding: str, step: int) -> None:
    data = (ARABIC * 50).encode(encoding)
    chunks, _ = as_utf_8(data[start : start + step] for start in range(0, len(data), step))
    assert b"".join(chunks).decode() == ARABIC * 50


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        pytest.param(ARABIC.encode("cp1256") + b"\0", "windows-1256", id="a closing NUL"),
        pytest.param(
            b"\x01" + ARABIC.encode("cp1256") + b"\x03\x04", "windows-1256", id="control bytes"
        ),
        pytest.param(
            ARABIC.replace(" ", "\u200f \u200e").encode("cp1256"),
            "windows-1256",
            id="marks of direction at every word",
        ),
        pytest.param(
            ARABIC.replace(" ", "\u00a0").encode("cp1256"), "windows-1256", id="no-break spaces"
        ),
        pytest.param(
            ARABIC.replace("«", "").replace("»", "").encode("iso8859_6"),
            "iso-8859-6",
            id="ISO 8859-6",
        ),
        pytest.param((ARABIC + "٢٠٢٤ été").encode("mac_arabic"), "mac-arabic", id="MacArabic"),
    ],
)
def test_signs_that_are_no_letters_do_not_hide_the_encoding(data: bytes, encoding: str) -> None:
    text, found = decoded(data)
    assert found == encoding
    assert "افتتح" in text
