"""The page for people: results, one article, and the files that both need."""

from __future__ import annotations

from typing import Literal
from urllib.parse import quote

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, RedirectResponse, Response

from service.formats.linked_data import news_article
from service.http.addresses import public_url
from service.http.query_string import no_inner_names, read_form
from service.http.responses import is_known, not_modified, weak_etag
from service.page.agencies_page import agencies_page
from service.page.article_page import article_page
from service.page.render import static_address, static_files
from service.page.search_page import search_page
from service.page.stories import compare_page, story_page
from service.params import PageParams
from service.routes.stories import CompareParams
from service.search.reading import labelled
from service.search.search import SearchService

router = APIRouter(include_in_schema=False)


class ComparePageParams(CompareParams):
    """Two articles, and whether differences of letters and signs are marked too."""

    spelling: Literal["show", "hide"] = "show"


FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable"}


def page_params(request: Request) -> PageParams:
    """The search that a request to the page asks for. Raises RequestValidationError,
    InvalidParameter (422).
    """
    pairs = request.query_params.multi_items()
    no_inner_names(name for name, _ in pairs)
    return read_form(PageParams, pairs)


def page(request: Request, content: str) -> Response:
    """A page follows the index: a browser may keep it, but asks again before it shows it."""
    body = content.encode()
    headers = {"ETag": weak_etag(body), "Cache-Control": "no-cache"}
    if is_known(request, headers["ETag"]):
        return not_modified(headers)
    return HTMLResponse(body, headers=headers)


@router.get("/")
async def results(request: Request) -> Response:
    """The search box, the results, and what they can be narrowed by."""
    service: SearchService = request.state.service
    params = page_params(request)
    result = await service.search(params, path="/")
    return page(request, search_page(params, result, service.settings.zone))


@router.get("/articles/{article_id}")
async def article(request: Request, article_id: str) -> Response:
    """One article; the parameters are those of the search it was reached by."""
    service: SearchService = request.state.service
    params = page_params(request)
    found, highlight = await service.read(article_id, params)
    surroundings = await service.similar(found, lang=params.lang)
    label = service.label(params.lang)
    hit = labelled(found, label)
    hit.highlight = highlight
    here = f"{public_url(request)}/articles/{quote(found.id, safe='')}"
    content = article_page(
        params,
        hit,
        label,
        service.settings.zone,
        linked_data=news_article(found, hit.agencies, here),
        similar=surroundings,
    )
    return page(request, content)


@router.get("/stories/{story_id}")
async def story(request: Request, story_id: str) -> Response:
    """The copies of a story; the parameters are those of the search it was reached by."""
    service: SearchService = request.state.service
    params = page_params(request)
    found = await service.story(story_id, params.lang)
    return page(request, story_page(params, found, service.settings.zone))


@router.get("/compare")
async def compare(request: Request) -> Response:
    """Two articles side by side."""
    service: SearchService = request.state.service
    params = read_form(ComparePageParams, request.query_params.multi_items())
    found = await service.compare(params.a, params.b, params.lang)
    shown = params.spelling == "show"
    return page(request, compare_page(params.lang, found, service.settings.zone, spelling=shown))


@router.get("/agencies")
async def agencies(request: Request) -> Response:
    """All agencies that have articles; a choice keeps the rest of the search."""
    service: SearchService = request.state.service
    params = page_params(request)
    found = await service.agencies(params.lang)
    return page(request, agencies_page(params, found, service.settings.zone))


@router.get("/static/{name}")
async def static(request: Request, name: str) -> Response:
    """A style sheet, script or picture of the page."""
    file = static_files().get(name)
    if file is None:
        raise HTTPException(404)
    headers = FOR_EVER | {
        "ETag": f'W/"{file.version}"'
    }  # weak, since it holds for the compressed file too
    if is_known(request, headers["ETag"]):
        return not_modified(headers)
    return Response(file.content, media_type=file.media_type, headers=headers)


@router.get("/favicon.ico")
async def favicon() -> Response:
    """Where browsers look for a picture when they show something that is not a page."""
    return RedirectResponse(static_address("icon.svg"), status_code=308)
