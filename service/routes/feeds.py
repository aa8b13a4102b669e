"""For readers that are not people: the Atom feed of any search, the OpenSearch description, its
suggestions.
"""

from __future__ import annotations

from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from service.formats import atom, opensearch
from service.http.addresses import public_url
from service.http.problems import failures
from service.http.query_string import no_repeats
from service.http.responses import is_known, not_modified, weak_etag
from service.params import MAX_QUERY_LENGTH, FeedParams, LanguageParams
from service.search.search import SearchService

router = APIRouter(tags=["feeds"], dependencies=[Depends(no_repeats)])


class SuggestionParams(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    q: str = Field(
        "",
        max_length=MAX_QUERY_LENGTH,
        description="What has been typed so far.",
        examples=["الرئ"],
    )


def validated(request: Request, content: bytes, media_type: str, max_age: int) -> Response:
    """An answer with a weak ETag; 304 without content for a client that has it already.
    `max_age` in seconds.
    """
    headers = {"ETag": weak_etag(content), "Cache-Control": f"public, max-age={max_age}"}
    if is_known(request, headers["ETag"]):
        return not_modified(headers)
    return Response(content, media_type=media_type, headers=headers)


def documented(media_type: str, *errors: int) -> dict[int | str, dict[str, Any]]:
    """The answers of a route for the OpenAPI description."""
    return failures(*errors) | {
        200: {"content": {media_type: {}}},
        304: {"description": "Not modified"},
    }


@router.get(
    "/feed.atom",
    response_class=Response,
    responses=documented(atom.MEDIA_TYPE, 503),
    summary="Any search as an Atom feed",
    operation_id="getFeed",
)
async def feed(request: Request, params: Annotated[FeedParams, Query()]) -> Response:
    """The fifty newest articles of a search. Absolute addresses, ids that stay."""
    service: SearchService = request.state.service
    result = await service.search(atom.feed_search(params))
    content = atom.atom_feed(
        params, result.answer, public_url=public_url(request), zone=service.settings.zone
    )
    return validated(request, content, f"{atom.MEDIA_TYPE}; charset=utf-8", max_age=60)


@router.get(
    "/opensearch.xml",
    response_class=Response,
    responses=documented(opensearch.MEDIA_TYPE),
    summary="OpenSearch description",
    operation_id="getOpenSearchDescription",
)
async def opensearch_description(
    request: Request, params: Annotated[LanguageParams, Query()]
) -> Response:
    """By this a browser adds Naba as a search engine."""
    content = opensearch.description(params.lang, public_url=public_url(request))
    return validated(request, content, f"{opensearch.MEDIA_TYPE}; charset=utf-8", max_age=86400)


@router.get(
    "/opensearch/suggest",
    response_class=Response,
    responses=documented(opensearch.SUGGESTIONS_TYPE, 503),
    summary="Suggestions as OpenSearch writes them",
    operation_id="suggestForOpenSearch",
)
async def opensearch_suggestions(
    request: Request, params: Annotated[SuggestionParams, Query()]
) -> Response:
    """What was typed, and completions of it: `["الرئ", ["الرئيس"]]`."""
    service: SearchService = request.state.service
    found = await service.suggest(params.q)
    content = orjson.dumps(
        opensearch.suggestions(params.q, [suggestion.text for suggestion in found])
    )
    return validated(request, content, opensearch.SUGGESTIONS_TYPE, max_age=60)
