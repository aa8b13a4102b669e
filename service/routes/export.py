"""/v1/export.csv and /v1/export.jsonl."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from service.answer import EXPORT_COLUMNS
from service.http.problems import failures
from service.http.query_string import no_repeats
from service.params import ExportParams
from service.search.export import Encoder, csv_encoder, json_lines
from service.search.search import SearchService

CSV, JSON_LINES = "text/csv; charset=utf-8", "application/x-ndjson"

router = APIRouter(prefix="/v1", tags=["export"], dependencies=[Depends(no_repeats)])


class ExportResponse(Response):
    """Streams an export. Nothing is sent before the first batch is there, so a failure still has
    its status.

    A reader who leaves a chunk lying is cut off by the server (naba/connections.py).
    A failure later on breaks the connection: the reader must not take the part for the whole.
    """

    def __init__(
        self,
        service: SearchService,
        params: ExportParams,
        encoder: Callable[[], Encoder],
        media_type: str,
        name: str,
    ):
        super().__init__(
            media_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
        )
        del self.headers["content-length"]
        self.headers["cache-control"] = "no-store"
        self.service, self.params, self.encoder = service, params, encoder

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        start = {"type": "http.response.start", "status": 200, "headers": self.raw_headers}
        if scope.get("head"):
            await send(start)
            await send({"type": "http.response.body", "body": b""})
            return
        async with self.service.export(self.params, self.encoder()) as chunks:
            chunk: bytes | None = await anext(chunks)
            await send(start)
            while chunk is not None:
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
                chunk = await anext(chunks, None)
        await send({"type": "http.response.body", "body": b""})


@router.get(
    "/export.csv",
    response_class=Response,
    responses=failures(429, 503)
    | {200: {"content": {"text/csv": {"example": "id,title\r\naeb4k2,قمة المناخ\r\n"}}}},
    summary="Everything found, for a spreadsheet",
    operation_id="exportCsv",
)
async def export_csv(request: Request, params: Annotated[ExportParams, Query()]) -> Response:
    """UTF-8 with its mark; a cell that a spreadsheet would run as a formula begins with an
    apostrophe.
    """
    fields = params.fields or EXPORT_COLUMNS
    return ExportResponse(
        request.state.service, params, lambda: csv_encoder(fields), CSV, "naba.csv"
    )


@router.get(
    "/export.jsonl",
    response_class=Response,
    responses=failures(429, 503)
    | {200: {"content": {"application/x-ndjson": {"example": '{"id":"aeb4k2"}\n'}}}},
    summary="Everything found, one JSON object a line",
    operation_id="exportJsonLines",
)
async def export_json_lines(request: Request, params: Annotated[ExportParams, Query()]) -> Response:
    """The articles in the order asked for (newest without one); `fields=…,body` brings their
    texts.
    """
    return ExportResponse(
        request.state.service, params, lambda: json_lines, JSON_LINES, "naba.jsonl"
    )
