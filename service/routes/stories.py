"""/v1/stories/{id} and /v1/compare: the copies of a story, and two of them side by side."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request
from pydantic import Field
from starlette.responses import Response

from service.answer import ARTICLE_FIELDS, hit_json
from service.http.problems import failures
from service.http.query_string import no_repeats
from service.http.responses import json_response
from service.params import LONGEST_ID, LanguageParams
from service.search.search import SearchService
from service.search.story import Compared, Story

router = APIRouter(prefix="/v1", tags=["stories"], dependencies=[Depends(no_repeats)])

StoryId = Annotated[
    str, Path(max_length=64, description="`story_id` of a hit.", examples=["2f1c9a40"])
]


class CompareParams(LanguageParams):
    a: str = Field(
        min_length=1, max_length=LONGEST_ID, description="An article's id.", examples=["aeb4k2"]
    )
    b: str = Field(
        min_length=1, max_length=LONGEST_ID, description="Another's id.", examples=["bq3mz5"]
    )


@router.get(
    "/stories/{story_id}",
    operation_id="getStory",
    response_model=Story,
    responses=failures(404, 503),
    summary="The copies of a story",
)
async def story(
    request: Request, story_id: StoryId, params: Annotated[LanguageParams, Query()]
) -> Response:
    """Who had it, who was first and by what that is told, and how many words each added to the
    first copy or left out.
    """
    service: SearchService = request.state.service
    found = await service.story(story_id, params.lang)
    copies = [
        {
            "article": hit_json(copy.article, ARTICLE_FIELDS),
            "first": copy.first,
            "added": copy.added,
            "removed": copy.removed,
        }
        for copy in found.copies
    ]
    content = {"id": found.id, "total": found.total, "first_by": found.first_by, "copies": copies}
    return json_response(request, content)


@router.get(
    "/compare",
    operation_id="compare",
    response_model=Compared,
    responses=failures(404, 503),
    summary="Two articles side by side",
)
async def compare(request: Request, params: Annotated[CompareParams, Query()]) -> Response:
    """Their texts as runs of words that both have, that differ in spelling or signs only, or that
    stand in one alone.
    """
    service: SearchService = request.state.service
    found = await service.compare(params.a, params.b, params.lang)
    content = {
        "a": hit_json(found.a, ARTICLE_FIELDS),
        "b": hit_json(found.b, ARTICLE_FIELDS),
        "common": found.common,
        "complete": found.complete,
        "pieces": found.pieces,
    }
    return json_response(request, content)
