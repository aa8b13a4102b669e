"""Everything that a search finds, as a stream of rows, CSV or JSON lines.

`service.search.batches` finds them; when the reader leaves, the work in Elasticsearch is cancelled
and the point in time closed.
"""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import aclosing, asynccontextmanager
from typing import Any

import orjson

from service.answer import EXPORT_COLUMNS, AgencyLabel, hit_json
from service.elasticsearch.index import ArticleIndex
from service.params import ExportParams
from service.query.body import SHOWN
from service.search.batches import KEEP_ALIVE, batches
from service.search.reading import Label, read_hit

BOM = "\ufeff"  # by which spreadsheets recognise UTF-8
# A cell that begins so may be run as a formula (OWASP, CSV injection; with the full-width forms of
# the signs).
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
DEFUSED = "'"  # makes any cell plain text

Body = dict[str, Any]
Encoder = Callable[[Iterable[dict[str, Any]]], bytes]


@asynccontextmanager
async def exported(
    index: ArticleIndex, body: Body, params: ExportParams, label: Label, encode: Encoder
) -> AsyncIterator[AsyncIterator[bytes]]:
    """What `body` finds as encoded chunks of rows, with the fields of `params`; the first batch has
    been found when this is entered.

    Everything that was opened is closed at the end, also when the reader stops early. Raises what
    the index raises.
    """
    body = body | {"track_total_hits": False, "_source": SHOWN}
    fields = params.fields or EXPORT_COLUMNS

    async def chunks(
        first: list[Body], following: AsyncIterator[list[Body]]
    ) -> AsyncIterator[bytes]:
        yield encode(hit_json(read_hit(hit, label), fields) for hit in first)
        async for batch in following:
            yield encode(hit_json(read_hit(hit, label), fields) for hit in batch)

    async with (
        index.point_in_time(KEEP_ALIVE) as pit,
        aclosing(batches(index, body, pit, texts="body" in params.fields)) as hits,
    ):
        yield chunks(await anext(hits), hits)


def json_lines(rows: Iterable[dict[str, Any]]) -> bytes:
    """One JSON object a line."""
    return b"".join(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE) for row in rows)


def csv_encoder(fields: Sequence[str]) -> Encoder:
    """An encoder that begins with the mark of UTF-8 and the names of the columns."""
    names = [*fields]
    begun = False

    def encode(rows: Iterable[dict[str, Any]]) -> bytes:
        nonlocal begun
        lines = io.StringIO()
        writer = csv.writer(lines, lineterminator="\r\n")
        if not begun:
            begun = True
            lines.write(BOM)
            writer.writerow(names)
        writer.writerows([cell(row[name]) for name in names] for row in rows)
        return lines.getvalue().encode()

    return encode


def cell(value: object) -> str:
    """A value as plain text in a spreadsheet: lists by semicolons, an agency by its label, never a
    formula.
    """
    if value is None:
        return ""
    if isinstance(value, AgencyLabel):
        value = value.label
    if isinstance(value, list | tuple):
        value = "; ".join(value)
    text = value.isoformat() if hasattr(value, "isoformat") else str(value)
    return DEFUSED + text if text.lstrip(" ").startswith(FORMULA_SIGNS) else text
