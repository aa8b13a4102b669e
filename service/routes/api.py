"""/v1/search and /v1/articles/{id}."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request
from starlette.responses import Response
from starlette.routing import Match, Route
from starlette.types import Scope

from service.answer import (
    WHOLE_ARTICLE,
    ArticleDescription,
    SearchResponse,
    hit_json,
    search_json,
)
from service.formats.linked_data import MEDIA_TYPE as LINKED_DATA
from service.formats.linked_data import news_article
from service.http.addresses import public_url
from service.http.negotiation import preferred
from service.http.problems import failures
from service.http.query_string import no_repeats, read_query
from service.http.responses import CACHED, JSON, UNCACHED, json_response
from service.params import LONGEST_ID, LanguageParams, NoParams, SearchParams
from service.search.reading import labelled
from service.search.search import SearchService
from service.search.status import Agencies, Status

router = APIRouter(prefix="/v1", tags=["search"], dependencies=[Depends(no_repeats)])
ArticleId = Annotated[
    str, Path(max_length=LONGEST_ID, description="`id` of a hit.", examples=["aeb4k2xw7dq3mz5n"])
]


@router.get(
    "/search",
    response_model=SearchResponse,
    responses=failures(400, 503),
    summary="Search articles",
    operation_id="search",
)
async def search_articles(request: Request, params: Annotated[SearchParams, Query()]) -> Response:
    """Ranked hits with highlights, facets with their counts and links, and exact totals, in one
    answer.
    """
    service: SearchService = request.state.service
    answer = (await service.search(params)).answer
    # Who watches or walks wants what is there now.
    cache = CACHED if params.since is None and params.cursor is None else UNCACHED
    response = json_response(
        request, search_json(answer, params.fields), took_ms=answer.took_ms, cache=cache
    )
    # for clients that walk by RFC 8288 and never look into an answer
    neighbours = {"next": answer.links.next, "prev": answer.links.prev}
    if links := ", ".join(f'<{url}>; rel="{name}"' for name, url in neighbours.items() if url):
        response.headers["Link"] = links
    return response


async def search_plainly(request: Request) -> Response:
    """`search_articles` without FastAPI's own layers (two exit stacks, a look at every parameter of
    the model whether given or not), which cost half as much again as the whole search.
    """
    await no_repeats(request)
    params = read_query(SearchParams, request.query_params.multi_items())
    return await search_articles(request, params)


class CountedRoute(Route):
    """A route that tells the metrics its name, as those of FastAPI do."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        match, found = super().matches(scope)
        return match, {**found, "route": self}


# Stands before the routes of FastAPI, whose own of this address is only its description.
search_route = CountedRoute("/v1/search", search_plainly, methods=["GET"])


@router.get(
    "/articles/{article_id}",
    response_model=ArticleDescription,
    responses=failures(404, 406, 410, 503) | {200: {"content": {LINKED_DATA: {}}}},
    summary="One article",
    operation_id="getArticle",
)
async def article(
    request: Request, article_id: ArticleId, params: Annotated[LanguageParams, Query()]
) -> Response:
    """One article, whole: as Naba's JSON, or as schema.org NewsArticle for clients that accept
    `application/ld+json`.
    """
    media_type = preferred(request, JSON, LINKED_DATA)
    service: SearchService = request.state.service
    found = await service.article(article_id)
    hit = labelled(found, service.label(params.lang))
    if media_type == LINKED_DATA:
        content = news_article(found, hit.agencies, f"{public_url(request)}/articles/{found.id}")
    else:
        content = hit_json(hit, WHOLE_ARTICLE)
    answer = json_response(request, content, media_type=media_type)
    answer.headers.add_vary_header("Accept")
    return answer


@router.get(
    "/agencies",
    response_model=Agencies,
    responses=failures(503),
    summary="The registry of agencies",
    operation_id="listAgencies",
)
async def agencies(request: Request, params: Annotated[LanguageParams, Query()]) -> Response:
    """Every agency with the number of its articles, their first and last date."""
    service: SearchService = request.state.service
    return json_response(request, await service.agencies(params.lang))


@router.get(
    "/status",
    response_model=Status,
    responses=failures(503),
    summary="What is served",
    operation_id="getStatus",
)
async def status(request: Request, params: Annotated[NoParams, Query()]) -> Response:
    """Articles, the last load, the generation of the index, the version of Naba."""
    service: SearchService = request.state.service
    return json_response(request, await service.status(), cache=UNCACHED)
