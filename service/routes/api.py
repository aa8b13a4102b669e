"""/v1/search and /v1/articles/{id}."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from service.models import Article as ArticleModel
from service.models import SearchResponse, failures
from service.negotiation import no_repeats, produces_json
from service.params import LanguageParams, SearchParams
from service.presenter import article_json, result_json
from service.respond import json_response
from service.results import AgencyLabel
from service.search import Desk, get_article, search

router = APIRouter(prefix="/v1", tags=["search"], dependencies=[Depends(no_repeats), Depends(produces_json)])


@router.get("/search", response_model=SearchResponse, responses=failures(400, 503), summary="Search articles")
async def search_articles(request: Request, params: Annotated[SearchParams, Query()]) -> Response:
    """Ranked hits with highlights, facets with their counts and links, and exact totals, in one answer."""
    desk: Desk = request.state.desk
    result = await search(desk, params)
    return json_response(request, result_json(result, params.fields), took_ms=result.took_ms)


@router.get("/articles/{article_id}", response_model=ArticleModel, responses=failures(404, 503))
async def article(request: Request, article_id: str, params: Annotated[LanguageParams, Query()]) -> Response:
    """One article, whole."""
    desk: Desk = request.state.desk
    found = await get_article(desk.index, article_id)
    label = desk.label(params.lang)
    return json_response(
        request, article_json(found, [AgencyLabel(agency, label(agency)) for agency in found.agencies])
    )
