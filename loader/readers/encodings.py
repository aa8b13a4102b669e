"""Which encoding bytes are in, found and told; never guessed where the library finds none that
makes sense.
"""

from __future__ import annotations

import codecs
import itertools
import re
from collections.abc import Iterator

from charset_normalizer import from_bytes

from loader.readers.reasons import Reason, Refused

UTF_8 = "utf-8"
DAMAGED = "utf-8, damaged"  # UTF-8 with a few broken characters, which show as U+FFFD
SAMPLE = 65_536  # bytes from which the encoding of a record file is found

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Code pages of Arabic copy. Windows-1256 also holds the accented letters of French. Others would be
# mistaken for them.
_ARABIC_CODE_PAGES = {"cp1256": "windows-1256", "iso8859_6": "iso-8859-6", "cp720": "cp720"}
# Tables by the evidence of frequent letters; MacArabic has those of ISO 8859-6 and more besides.
_TABLES = {**_ARABIC_CODE_PAGES, "mac_arabic": "mac-arabic"}
_FREQUENT = ("ال", "في ", " من ", "ية ", " أن ", "على ")
_EVIDENCE = 40  # letters among which one of the frequent groups stands in any Arabic text
# What of windows-1256 is no letter though no ASCII: marks of direction, joiners, no-break space.
_SIGNS = b"\x9d\x9e\xa0\xfd\xfe"
_DETECTION_SAMPLE = 8_192
_NOT_ASCII = re.compile(rb"[\x80-\xff]")
_OTHER_FORMATS = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "a Rich Text document"),
    (b"\x89PNG", "a picture"),
    (b"GIF8", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"\x7fELF", "a program"),
    (b"\x1f\x8b", "compressed (gzip); give it the ending .gz"),
    (b"SQLite format 3", "a database"),
)
_CONTROLS = bytes(byte for byte in range(32) if byte not in b"\t\n\v\f\r\x1a\x1c\x1d\x1e") + b"\x7f"


def decoded(data: bytes) -> tuple[str, str]:
    """The text of a whole file or record and the name of its encoding. Raises Refused (binary,
    undecodable).
    """
    encoding = detect(data, complete=True)
    try:
        if encoding == DAMAGED:
            return data.decode(UTF_8, "replace"), encoding
        return data.decode(encoding), encoding
    except UnicodeDecodeError as error:
        raise Refused(Reason.UNDECODABLE, _undecodable(encoding)) from error


def as_utf_8(chunks: Iterator[bytes]) -> tuple[Iterator[bytes], str]:
    """The bytes of a record file in UTF-8, and the name of the encoding they came in.

    Raises Refused (binary, undecodable) here or, for damage further on, while the bytes are walked
    over. A file in UTF-8 is passed on as it is: its records are decoded, and refused, one by one.
    """
    sample = b""
    try:
        for chunk in chunks:
            sample += chunk
            if len(sample) >= SAMPLE:
                break
    except Refused as refused:  # further on the file is damaged: what comes before it is read first
        if not sample:
            raise
        chunks = _refusing(refused)
    encoding = detect(sample, complete=False)
    chunks = itertools.chain([sample], chunks)
    if encoding in (UTF_8, DAMAGED):
        return chunks, UTF_8
    return _transcoded(chunks, encoding), encoding


def detect(sample: bytes, *, complete: bool) -> str:
    """The name of the encoding of `sample`, which may end within a character unless it is
    `complete`.

    Raises Refused (binary, undecodable).
    """
    for mark, name in _BYTE_ORDER_MARKS:
        if sample.startswith(mark):
            return name
    if b"\0" in sample and (utf_16 := _utf_16_without_mark(sample)) is not None:
        return utf_16
    _refuse_other_formats(sample)
    decoder = codecs.getincrementaldecoder(UTF_8)()
    try:
        decoder.decode(sample, final=complete)
    except UnicodeDecodeError:
        _refuse_controls(sample, 0.05)
    else:
        # Feeds that were mangled on the way carry NULs and controls, which cleaning removes.
        _refuse_controls(sample, 0.3)
        return UTF_8
    if _is_damaged_utf_8(sample):
        return DAMAGED
    # Not after this: UTF-8 read in a code page of Arabic is letters as well, and no word of it is
    # right.
    first = _NOT_ASCII.search(sample)
    start = max(first.start() - 200, 0) if first else 0
    sample = sample[start : start + _DETECTION_SAMPLE].translate(None, _CONTROLS + _SIGNS)
    if (table := _by_frequent_letters(sample[: _DETECTION_SAMPLE // 2])) is not None:
        return table
    found = from_bytes(sample, cp_isolation=list(_ARABIC_CODE_PAGES)).best()
    if found is None or found.encoding not in _ARABIC_CODE_PAGES:
        raise Refused(
            Reason.UNDECODABLE,
            "The text is in none of UTF-8, UTF-16, windows-1256; save it as UTF-8.",
        )
    return _ARABIC_CODE_PAGES[found.encoding]


def _by_frequent_letters(sample: bytes) -> str | None:
    """The table of Arabic under which the groups of letters stand that all Arabic has, many times
    more than under any other; None where the sample is too short to tell.
    """
    evidence: dict[str, int] = {}
    for table in _TABLES:
        try:
            text = sample.decode(table)
        except UnicodeDecodeError:
            continue
        count = sum(map(text.count, _FREQUENT))
        if count * _EVIDENCE >= len(_NOT_ASCII.findall(sample)):
            evidence[table] = count
    ranked = sorted(evidence.values(), reverse=True)
    best = max(evidence, key=lambda table: evidence[table], default=None)
    if best == "iso8859_6":  # in the same letters as MacArabic
        ranked = ranked[1:] or ranked
    if best is None or ranked[0] < 3 or (len(ranked) > 1 and ranked[0] < 3 * ranked[1]):
        return None
    return _TABLES[best]


def _refuse_other_formats(sample: bytes) -> None:
    for start, name in _OTHER_FORMATS:
        if sample.startswith(start):
            raise Refused(Reason.BINARY, f"This is {name}, not text.")


def _refuse_controls(sample: bytes, share: float) -> None:
    if len(sample) - len(sample.translate(None, _CONTROLS)) > share * len(sample):
        raise Refused(
            Reason.BINARY, "This is not text: too many of its bytes are control characters."
        )


def _utf_16_without_mark(sample: bytes) -> str | None:
    """UTF-16 by its shape: nearly every other byte is the row of ASCII, Arabic, punctuation or
    Arabic forms.
    """
    sample = sample[: len(sample[:_DETECTION_SAMPLE]) // 2 * 2]
    if len(sample) < 8:
        return None
    for name, high, low in (
        ("utf-16-le", sample[1::2], sample[::2]),
        ("utf-16-be", sample[::2], sample[1::2]),
    ):
        rows = sum(high.count(row) for row in (0x00, 0x06, 0x20, 0xFB, 0xFC, 0xFD, 0xFE))
        if (
            rows > 0.95 * len(high)
            and high.count(0x20) < 0.5 * len(high)
            and low.count(0) < 0.05 * len(low)
        ):
            return name
    return None


def _is_damaged_utf_8(sample: bytes) -> bool:
    """Whether it is UTF-8 but for a cut or flipped byte here and there: few in all, or one in 50
    characters.

    Raises Refused (undecodable) for UTF-8 with more damage than that. Text in another encoding has
    next to no sequence that is valid in UTF-8.
    """
    text = sample.decode(UTF_8, "replace")
    broken = text.count("\ufffd") - sample.count("\ufffd".encode())
    whole = len(text) - len(text.encode("ascii", "ignore")) - broken
    if whole < 3 * broken:
        return False
    if broken <= max(2, whole // 50):
        return True
    raise Refused(
        Reason.UNDECODABLE,
        "The text is UTF-8 with too many broken characters; take it from its origin.",
    )


def _undecodable(encoding: str) -> str:
    return f"The text begins in {encoding} but does not go on in it; save it as UTF-8."


def _refusing(refused: Refused) -> Iterator[bytes]:
    yield b""
    raise refused


def _transcoded(chunks: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for chunk in chunks:
            yield decoder.decode(chunk).encode(UTF_8)
        yield decoder.decode(b"", final=True).encode(UTF_8)
    except UnicodeError as error:
        raise Refused(Reason.UNDECODABLE, _undecodable(encoding)) from error
