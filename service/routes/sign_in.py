"""/sign-in and /sign-out: a key, typed once, becomes a session of the page. Works without
JavaScript.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlencode

import structlog
from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from mappings.keys import Token
from service.access.control import SIGN_IN
from service.access.credentials import SESSION_COOKIE
from service.access.errors import CrossSite
from service.access.grants import grant_of
from service.access.sessions import SESSION_SECONDS, Sessions, is_cross_site
from service.elasticsearch.keys import Keys
from service.http.addresses import public_url
from service.locale.language import LanguageCode, load_language
from service.page.render import render

MAX_FORM = 8_192  # bytes: a key and the address of a search
MAX_NEXT = 4_096

router = APIRouter(include_in_schema=False)
log = structlog.get_logger("service.access")


@router.get(SIGN_IN)
async def form(request: Request) -> Response:
    """The form that asks for a key."""
    return _form(request, request.query_params.get("next", "/"))


@router.post(SIGN_IN)
async def sign_in(request: Request) -> Response:
    """A session for the holder of a key that may read, then the page that was wanted."""
    _require_own_form(request)
    fields = await _fields(request)
    wanted = fields.get("next", "/")
    token = Token.parse(fields.get("key", "").strip())
    keys: Keys = request.state.keys
    key = await keys.verified(token) if token else None
    grant = grant_of(request)
    if key is None or not key.may("read"):
        name = key.name if key else None
        log.warning("sign_in_refused", address=grant.address, key_name=name)
        return _form(request, wanted, refused="not_allowed" if key else "unknown")
    log.info("signed_in", key=key.id, key_name=key.name, address=grant.address)
    sessions: Sessions = request.state.sessions
    answer = RedirectResponse(safe_target(wanted), status_code=303)
    answer.headers["Cache-Control"] = "no-store"
    answer.set_cookie(
        SESSION_COOKIE,
        sessions.cookie(key.id),
        max_age=SESSION_SECONDS,
        secure=_is_secure(request),
        httponly=True,
        samesite="lax",  # strict would ask again whoever follows a link from a mail
    )
    return answer


@router.post("/sign-out")
async def sign_out(request: Request) -> Response:
    """Ends the session in this browser."""
    _require_own_form(request)
    answer = RedirectResponse(SIGN_IN, status_code=303, headers={"Cache-Control": "no-store"})
    answer.delete_cookie(SESSION_COOKIE, secure=_is_secure(request), httponly=True, samesite="lax")
    return answer


def safe_target(wanted: str) -> str:
    """`wanted` when it is an address of this page, else `/`: a link must not lead from our form to
    somebody else's.
    """
    ours = wanted.startswith("/") and not wanted.startswith(("//", "/\\", SIGN_IN))
    return wanted if ours and wanted.isprintable() and len(wanted) <= MAX_NEXT else "/"


def _form(request: Request, wanted: str, *, refused: str | None = None) -> Response:
    code: LanguageCode = "en" if request.query_params.get("lang") == "en" else "ar"
    target = safe_target(wanted)
    other = {"next": target} | ({"lang": "en"} if code == "ar" else {})
    context: dict[str, Any] = {
        "target": target,
        "refused": refused,
        "other_url": f"{SIGN_IN}?{urlencode(other)}",
        "action": f"{SIGN_IN}?lang=en" if code == "en" else SIGN_IN,
    }
    content = render("sign_in.html", load_language(code), request.state.settings.zone, **context)
    headers = {"Cache-Control": "no-store"}
    return HTMLResponse(content, status_code=403 if refused else 200, headers=headers)


async def _fields(request: Request) -> dict[str, str]:
    """The fields of a form; none where it is too large or of another type."""
    if not request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        return {}
    content = b""
    async for chunk in request.stream():
        content += chunk
        if len(content) > MAX_FORM:
            return {}
    try:
        pairs = parse_qs(content.decode("utf-8", "replace"), max_num_fields=10)
    except ValueError:
        return {}
    return {name: values[-1] for name, values in pairs.items()}


def _require_own_form(request: Request) -> None:
    """Raise CrossSite: another site must neither sign anybody in under a key of its own nor sign
    them out.
    """
    if is_cross_site(request.headers):
        raise CrossSite("A page of another site sent this form; use the page of Naba itself.")


def _is_secure(request: Request) -> bool:
    return public_url(request).startswith("https:")
