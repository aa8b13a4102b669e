"""gzip and zip: read in pieces, within limits, whatever is in them."""

from __future__ import annotations

import gzip
import io
import stat
import struct
import zipfile
from pathlib import Path

import pytest

from loader.raw import RawArticle, Unreadable
from loader.readers import read
from loader.settings import LoaderSettings

TEXT = "افتتح رئيس البلدية الجسر."
SETTINGS = LoaderSettings(
    archive_max_members=50, archive_max_bytes=3_000_000, max_article_bytes=200_000
)


def outcomes(path: Path) -> list[tuple[str, str]]:
    """(place, reason or text) of everything in one file."""
    return [
        (item.place, item.reason if isinstance(item, Unreadable) else item.text)
        for item in read([path], SETTINGS)
    ]


def zipped(path: Path, members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def test_every_format_is_read_from_gzip(tmp_path: Path) -> None:
    files = {
        "a.txt.gz": TEXT.encode(),
        "b.jsonl.gz": b'{"text": "x"}\n{"text": "y"}\n',
        "c.json.gz": b'[{"text": "x"}]',
        "d.csv.gz": b"text\nx\n",
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(gzip.compress(data))
    assert outcomes(tmp_path) == [
        ("a.txt.gz", TEXT),
        ("b.jsonl.gz:1", "x"),
        ("b.jsonl.gz:2", "y"),
        ("c.json.gz", "x"),
        ("d.csv.gz:1", "x"),
    ]


def test_gzip_of_several_members_and_padding_is_one_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt.gz"
    path.write_bytes(gzip.compress(b"one ") + gzip.compress(b"two") + bytes(16))
    assert outcomes(path) == [("a.txt.gz", "one two")]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param(b"", [("a.jsonl.gz", "empty")], id="empty"),
        pytest.param(gzip.compress(b""), [("a.jsonl.gz", "empty")], id="nothing compressed"),
        pytest.param(b"no gzip at all", [("a.jsonl.gz", "broken-archive")], id="no gzip"),
        pytest.param(
            gzip.compress(b'{"text": "x"}\n', mtime=0)[:-6],
            [("a.jsonl.gz:1", "x"), ("a.jsonl.gz", "broken-archive")],
            id="cut",
        ),
        pytest.param(gzip.compress(bytes(2_000_000)), [("a.jsonl.gz", "archive-ratio")], id="bomb"),
        pytest.param(
            gzip.compress(b'{"text": "x"}\n' + b" " * 2_000_000),
            [("a.jsonl.gz", "archive-ratio")],
            id="text and bomb",
        ),
    ],
)
def test_gzip_that_is_refused(tmp_path: Path, data: bytes, expected: list[tuple[str, str]]) -> None:
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(data)
    assert outcomes(path) == expected


def test_gzip_beyond_the_total_size(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(b'{"text": "x"}\n' * 1_000, 0))
    small = LoaderSettings(archive_max_bytes=5_000)
    assert [item.reason for item in read([path], small) if isinstance(item, Unreadable)] == [
        "archive-size"
    ]


def test_members_of_a_zip_in_sorted_order_each_by_its_format(tmp_path: Path) -> None:
    path = zipped(
        tmp_path / "a.zip",
        {
            "tass/2020/b.txt": TEXT.encode(),
            "a.jsonl": b'{"text": "x"}',
            ".hidden.txt": b"x",
            "__MACOSX/a.txt": b"x",
            "n.txt.gz": gzip.compress(b"packed"),
            "photo.jpg": b"\xff\xd8",
            "e.txt": b"",
        },
    )
    assert outcomes(path) == [
        ("a.zip/a.jsonl:1", "x"),
        ("a.zip/e.txt", "empty"),
        ("a.zip/n.txt.gz", "packed"),
        ("a.zip/photo.jpg", "unknown-format"),
        ("a.zip/tass/2020/b.txt", TEXT),
    ]


@pytest.mark.parametrize(
    "name",
    [
        "../up.txt",
        "a/../../up.txt",
        "/etc/passwd.txt",
        "C:/x.txt",
        "a\\..\\..\\x.txt",
        "a//b.txt",
        "./a.txt",
    ],
)
def test_names_that_lead_out_of_the_archive(tmp_path: Path, name: str) -> None:
    found = outcomes(zipped(tmp_path / "a.zip", {name: b"x", "ok.txt": b"ok"}))
    assert sorted(outcome for _, outcome in found) == ["ok", "unsafe-path"]


@pytest.mark.parametrize(
    "name", ["in.zip", "in.tar", "in.tar.gz", "in.tgz", "in.zip.gz", "in.7z", "in.rar"]
)
def test_nested_archives(tmp_path: Path, name: str) -> None:
    assert outcomes(zipped(tmp_path / "a.zip", {name: b"x"})) == [
        (f"a.zip/{name}", "nested-archive")
    ]


def test_a_bomb_in_a_zip_costs_that_member(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"bomb.jsonl": bytes(2_000_000), "ok.txt": b"ok"})
    assert outcomes(path) == [("a.zip/bomb.jsonl", "archive-ratio"), ("a.zip/ok.txt", "ok")]


def test_a_bomb_in_a_gzip_in_a_zip(tmp_path: Path) -> None:
    bomb = gzip.compress(bytes(2_000_000))
    assert outcomes(zipped(tmp_path / "a.zip", {"b.jsonl.gz": bomb})) == [
        ("a.zip/b.jsonl.gz", "archive-ratio")
    ]


def test_too_many_members(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {f"{number}.txt": b"x" for number in range(51)})
    assert outcomes(path) == [("a.zip", "archive-members")]


def test_too_many_members_beside_those_of_a_document(tmp_path: Path) -> None:
    members = {f"{number}.xml": b"x" for number in range(51)} | {"word/document.xml": b"x"}
    assert outcomes(zipped(tmp_path / "a.docx", members)) == [("a.docx", "archive-members")]


def test_too_large_in_all(tmp_path: Path) -> None:
    path = zipped(
        tmp_path / "a.zip", {f"{n}.txt": bytes(1_100_000) for n in range(3)}, zipfile.ZIP_STORED
    )
    assert outcomes(path) == [("a.zip", "archive-size")]


def test_a_member_that_lies_about_its_size_is_damaged(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"a.txt": TEXT.encode() * 100, "b.txt": b"ok"})
    data = bytearray(path.read_bytes())
    at = data.rfind(b"PK\x01\x02", 0, data.rfind(b"PK\x01\x02"))
    struct.pack_into("<I", data, at + 24, 10)
    path.write_bytes(data)
    assert outcomes(path) == [("a.zip/a.txt", "broken-archive"), ("a.zip/b.txt", "ok")]


def test_encrypted_members_and_links(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(link, "/etc/passwd")
        archive.writestr("locked.txt", b"x")
    data = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.rfind(signature) + offset] |= 1
    path.write_bytes(data)
    assert outcomes(path) == [("a.zip/link.txt", "link"), ("a.zip/locked.txt", "encrypted")]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_members_of_one_name(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.txt", "one")
        archive.writestr("a.txt", "two")
    assert outcomes(tmp_path / "a.zip") == [("a.zip/a.txt", "one"), ("a.zip/a.txt", "same-path")]


def test_arabic_names_of_old_tools(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"خبر.txt": b"x"})
    data = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 7), (b"PK\x01\x02", 9)):
        data[data.rfind(signature) + offset] &= 0xF7  # clear "the name is UTF-8"
    path.write_bytes(data)
    assert outcomes(path) == [("a.zip/خبر.txt", "x")]


@pytest.mark.parametrize(
    "data",
    [b"", b"PK\x05\x06", b"not a zip", b"PK\x03\x04" + bytes(100), b"PK\x05\x06" + bytes(17)],
)
def test_what_is_no_zip(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.zip").write_bytes(data)
    assert outcomes(tmp_path / "a.zip") == [("a.zip", "broken-archive")]


def test_a_zip_of_nothing_is_empty(tmp_path: Path) -> None:
    assert outcomes(zipped(tmp_path / "a.zip", {})) == [("a.zip", "empty")]


@pytest.mark.parametrize("at", range(0, 150, 7))
def test_a_damaged_zip_never_stops_the_run(tmp_path: Path, at: int) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", TEXT)
    data = bytearray(buffer.getvalue())
    data[at % len(data)] ^= 0xFF
    (tmp_path / "a.zip").write_bytes(data)
    (tmp_path / "b.txt").write_text(TEXT, encoding="utf-8")
    *_, last = read([tmp_path], SETTINGS)
    assert isinstance(last, RawArticle)
    assert last.path == "b.txt"
