"""/v1/suggest and /v1/articles/{id}/similar: what helps a reader on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from pydantic import Field
from starlette.responses import Response

from service.answer import Described, Hit, hit_json
from service.http.problems import failures
from service.http.query_string import no_repeats
from service.http.responses import json_response
from service.params import MAX_QUERY_LENGTH, LanguageParams, NoParams, WholeNumber
from service.routes.api import ArticleId
from service.search.search import SearchService
from service.search.similar import MAX_COPIES
from service.search.suggest import SIZE

router = APIRouter(prefix="/v1", tags=["finding"], dependencies=[Depends(no_repeats)])


@dataclass(frozen=True)
class Suggestion(Described):
    text: Annotated[str, Field(description="A whole query.")]
    count: Annotated[int, Field(description="About how many headlines have the completed words.")]


@dataclass(frozen=True)
class Suggestions(Described):
    q: str
    suggestions: Annotated[
        tuple[Suggestion, ...],
        Field(description="The likeliest first; none is a query that finds nothing."),
    ]


@dataclass(frozen=True)
class Story(Described):
    id: str | None
    total: Annotated[
        int, Field(description="Other copies in all; `story=ID` finds the whole story.")
    ]
    copies: Annotated[
        tuple[Hit, ...],
        Field(description=f"Near-duplicates of the article, at most {MAX_COPIES}, newest first."),
    ]


@dataclass(frozen=True)
class SimilarArticles(Described):
    id: str
    story: Story
    similar: Annotated[
        tuple[Hit, ...],
        Field(description="Articles on the same subject, the nearest first, no copies."),
    ]


class SuggestParams(NoParams):
    q: str = Field(
        "",
        max_length=MAX_QUERY_LENGTH,
        description="What has been typed so far.",
        examples=["الرئ"],
    )
    size: WholeNumber = Field(
        SIZE, ge=1, le=20, description="How many suggestions at most.", examples=[5]
    )


class SimilarParams(LanguageParams):
    size: WholeNumber = Field(
        5, ge=1, le=20, description="How many similar articles at most.", examples=[3]
    )


@router.get(
    "/suggest",
    response_model=Suggestions,
    responses=failures(503),
    summary="Suggestions while typing",
    operation_id="suggest",
)
async def suggestions(request: Request, params: Annotated[SuggestParams, Query()]) -> Response:
    """Queries that complete `q`, from the headlines of the index; also when typed without hamza or
    on Latin keys.
    """
    service: SearchService = request.state.service
    found = await service.suggest(params.q, params.size)
    offers = tuple(Suggestion(suggestion.text, suggestion.count) for suggestion in found)
    return json_response(request, Suggestions(params.q, offers))


@router.get(
    "/articles/{article_id}/similar",
    response_model=SimilarArticles,
    responses=failures(404, 503),
    summary="Copies of an article, and articles on its subject",
    operation_id="getSimilarArticles",
)
async def similar_articles(
    request: Request, article_id: ArticleId, params: Annotated[SimilarParams, Query()]
) -> Response:
    """Near-duplicates of the article stand under `story`, other articles on its subject under
    `similar`.
    """
    service: SearchService = request.state.service
    article = await service.article(article_id)
    found = await service.similar(article, lang=params.lang, size=params.size)
    story = {
        "id": found.story_id,
        "total": found.copies_total,
        "copies": [hit_json(hit) for hit in found.copies],
    }
    return json_response(
        request,
        {"id": article.id, "story": story, "similar": [hit_json(hit) for hit in found.similar]},
    )
