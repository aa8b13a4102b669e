"""/v1/search and /v1/articles/{id}."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from service.answer import AgencyLabel
from service.direct import DirectRoute
from service.formats.linked_data import MEDIA_TYPE as LINKED_DATA
from service.formats.linked_data import news_article
from service.http.addresses import public_url
from service.http.negotiation import no_repeats, preferred, produces, produces_json
from service.http.responses import CACHED, JSON, UNCACHED, json_response
from service.models import Agencies, ArticleId, SearchResponse, Status, failures
from service.models import Article as ArticleModel
from service.params import LanguageParams, NoParams, SearchParams
from service.presenter import article_json, result_json
from service.search.search import SearchService

router = APIRouter(prefix="/v1", tags=["search"], dependencies=[Depends(no_repeats)])
JSON_ONLY = [Depends(produces_json)]


async def search_articles(request: Request, params: Annotated[SearchParams, Query()]) -> Response:
    """Ranked hits with highlights, facets with their counts and links, and exact totals, in one
    answer.
    """
    service: SearchService = request.state.service
    result = await service.search(params)
    # Who watches or walks wants what is there now.
    cache = CACHED if params.since is None and params.cursor is None else UNCACHED
    return json_response(
        request, result_json(result, params.fields), took_ms=result.took_ms, cache=cache
    )


router.add_api_route(
    "/search",
    search_articles,
    dependencies=JSON_ONLY,
    response_model=SearchResponse,
    responses=failures(400, 503),
    summary="Search articles",
    route_class_override=DirectRoute,
)


@router.get(
    "/articles/{article_id}",
    response_model=ArticleModel,
    responses=failures(404, 503) | {200: {"content": {LINKED_DATA: {}}}},
    dependencies=[Depends(produces(JSON, LINKED_DATA))],
    summary="One article",
)
async def article(
    request: Request, article_id: ArticleId, params: Annotated[LanguageParams, Query()]
) -> Response:
    """One article, whole: as Naba's JSON, or as schema.org NewsArticle for who accepts
    `application/ld+json`.
    """
    service: SearchService = request.state.service
    found = await service.article(article_id)
    label = service.label(params.lang)
    agencies = [AgencyLabel(agency, label(agency)) for agency in found.agencies]
    media_type = preferred(request, JSON, LINKED_DATA)
    if media_type == LINKED_DATA:
        content = news_article(found, agencies, f"{public_url(request)}/articles/{found.id}")
    else:
        content = article_json(found, agencies)
    answer = json_response(request, content, media_type=media_type)
    answer.headers.add_vary_header("Accept")
    return answer


@router.get(
    "/agencies",
    dependencies=JSON_ONLY,
    response_model=Agencies,
    responses=failures(503),
    summary="The registry of agencies",
)
async def agencies(request: Request, params: Annotated[LanguageParams, Query()]) -> Response:
    """Every agency with the number of its articles, their first and last date."""
    service: SearchService = request.state.service
    return json_response(request, await service.agencies(params.lang))


@router.get(
    "/status",
    dependencies=JSON_ONLY,
    response_model=Status,
    responses=failures(503),
    summary="What is served",
)
async def status(request: Request, params: Annotated[NoParams, Query()]) -> Response:
    """Articles, the last load, the generation of the index, the version of Naba."""
    service: SearchService = request.state.service
    return json_response(request, await service.status(), cache=UNCACHED)
