"""What a newsroom decides about its articles: taking them back, and telling those who copied
them.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from mappings.errors import NabaError
from service.access.grants import Grant, require
from service.elasticsearch.decisions import read_decision, read_withdrawals
from service.errors import Gone, NotFound, NotWritable
from service.http.problems import failures
from service.http.query_string import no_repeats
from service.http.responses import UNCACHED, json_response
from service.params import Instant, NoParams
from service.routes.api import ArticleId
from service.search.newsroom import Newsroom
from service.search.search import SearchService

LONGEST_REASON = 500  # characters
MOST_WITHDRAWALS = 1000  # in one answer

router = APIRouter(prefix="/v1", tags=["newsroom"], dependencies=[Depends(no_repeats)])
WITHDRAWS = Depends(require("withdraw"))


class WithdrawParams(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    reason: str = Field(
        "",
        max_length=LONGEST_REASON,
        description="Why; readers of its address are told.",
        examples=["killed by the agency"],
    )


class WithdrawalsParams(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    since: Instant | None = Field(
        None,
        description="Only what was withdrawn after this instant: the last `at` you saw.",
        examples=["2026-05-01T12:00:00.000Z"],
    )


class Withdrawal(BaseModel):
    id: str
    at: datetime
    reason: str


class Withdrawals(BaseModel):
    withdrawn: list[Withdrawal]


def _deciding(request: Request) -> Newsroom:
    newsroom: Newsroom | None = request.app.state.newsroom
    if newsroom is None:
        raise NotWritable("This service only reads.")
    return newsroom


async def _decided(decide: Callable[[], bool]) -> bool:
    """Run what blocks in a thread; its failure is one of Elasticsearch."""
    try:
        return await run_in_threadpool(decide)
    except NabaError as error:
        raise NotWritable("Elasticsearch takes nothing now; try again in a moment.") from error


async def _may_decide(request: Request, article_id: str, grant: Grant) -> None:
    """Raise NotAllowed where the key may not write to the source of this article. What never was
    here has none that anybody could tell: only a key for all sources may decide of it.
    """
    service: SearchService = request.state.service
    try:
        source = (await service.article(article_id)).source
    except Gone:
        decision = await read_decision(service.index, article_id) or {}
        source = (decision.get("document") or {}).get("source", "")
    except NotFound:
        source = ""
    grant.require_source(source)


@router.delete(
    "/articles/{article_id}",
    status_code=204,
    responses=failures(503) | {204: {"description": "It is gone from everything."}},
    summary="Withdraw an article",
    operation_id="withdrawArticle",
)
async def withdraw(
    request: Request,
    article_id: ArticleId,
    params: Annotated[WithdrawParams, Query()],
    grant: Annotated[Grant, WITHDRAWS],
) -> Response:
    """Take an article back, also one that has yet to come. It stays gone through later loads."""
    newsroom = _deciding(request)
    await _may_decide(request, article_id, grant)
    by = grant.key.name if grant.key else ""
    changed = await _decided(lambda: newsroom.withdraw(article_id, params.reason, by))
    grant.note(article=article_id, outcome="withdrawn" if changed else "unchanged")
    return Response(status_code=204, headers={"Cache-Control": "no-store"})


@router.post(
    "/articles/{article_id}/restore",
    status_code=204,
    responses=failures(404, 503) | {204: {"description": "It is found again, as it was."}},
    summary="Restore a withdrawn article",
    operation_id="restoreArticle",
)
async def restore(
    request: Request,
    article_id: ArticleId,
    params: Annotated[NoParams, Query()],
    grant: Annotated[Grant, WITHDRAWS],
) -> Response:
    """Let a withdrawn article be found again."""
    newsroom = _deciding(request)
    await _may_decide(request, article_id, grant)
    by = grant.key.name if grant.key else ""
    if not await _decided(lambda: newsroom.restore(article_id, by)):
        raise NotFound("No article with this id is withdrawn.")
    grant.note(article=article_id, outcome="restored")
    return Response(status_code=204, headers={"Cache-Control": "no-store"})


@router.get(
    "/withdrawals",
    response_model=Withdrawals,
    responses=failures(503),
    summary="What was withdrawn",
    operation_id="listWithdrawals",
)
async def withdrawals(request: Request, params: Annotated[WithdrawalsParams, Query()]) -> Response:
    """For those who keep copies: the articles that are withdrawn, in the order in which that was
    decided, at most a thousand at once.
    """
    service: SearchService = request.state.service
    since = params.since.isoformat() if params.since else None
    found = await read_withdrawals(service.index, since, MOST_WITHDRAWALS)
    return json_response(request, {"withdrawn": found}, cache=UNCACHED)
