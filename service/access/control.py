"""The middleware that every request passes: who sends it, may they read this, how often, and the
line that is kept of every write.

With reading open and no limit set, a request without credentials passes untouched.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import quote

import structlog
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mappings.keys import Rate
from mappings.keys import Scope as Right
from service.access.credentials import credentials, refuse_key_in_address
from service.access.errors import CrossSite, KeyInvalid, KeyMissing, RateLimited
from service.access.grants import Grant
from service.access.limits import Limits, Window, network_of
from service.access.sessions import Sessions, is_cross_site, signed_in
from service.elasticsearch.keys import Keys
from service.http.problems import prefers_page

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
# Neither counted nor asked for a key: what a load balancer asks for, and the page's own files.
UNCOUNTED = ("/health/", "/static/", "/favicon.ico")
# Open to everybody, since they hold no news: how to sign in, and how programs use Naba.
WITHOUT_KEY = frozenset({"/sign-in", "/sign-out", "/docs", "/openapi.json", "/opensearch.xml"})
SIGN_IN = "/sign-in"
# Programs read these, even those that accept HTML as well: they know no form.
FEEDS = ("/feed", "/opensearch")

log = structlog.get_logger("service.access")


@dataclass(frozen=True, slots=True)
class Policy:
    """What the settings say: who may read, who may read the metrics, and how often anybody may ask.

    `rate` holds for every key without one of its own and for every address; None: no limit.
    """

    read: Literal["open", "keys"]
    metrics: Literal["open", "keys"]
    rate: Rate | None


class AccessControl:
    """Gives each request its `Grant` in `scope["grant"]`.

    The lifespan's state holds `keys`. Raises ServiceError, for `middleware.Errors` outside of it to
    answer.
    """

    def __init__(self, app: ASGIApp, policy: Policy, sessions: Sessions) -> None:
        self.app = app
        self.policy = policy
        self.sessions = sessions
        self.limits = Limits()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(UNCOUNTED):
            await self.app(scope, receive, send)
            return
        refuse_key_in_address(scope)
        grant, window = await self._admitted(scope)
        scope["grant"] = grant
        try:
            self._require_right(scope, grant)
        except KeyMissing:
            if not _is_for_people(scope):
                raise
            await _to_sign_in(scope)(scope, receive, send)
            return
        if grant.key is None and window is None and scope["method"] in SAFE_METHODS:
            await self.app(scope, receive, send)
            return
        await self._answer(scope, receive, send, window)

    async def _admitted(self, scope: Scope) -> tuple[Grant, Window | None]:
        """Who sends this, counted. Raises KeyInvalid, RateLimited, and 503 when nobody can tell."""
        address = scope["client"][0] if scope.get("client") else ""
        try:
            grant = await self._identified(scope, address)
        except KeyInvalid as error:
            self._count(Grant(None, address))  # whoever tries out keys is counted as well
            error.basic = _may_ask_for_password(scope)
            raise
        return grant, self._count(grant)

    async def _identified(self, scope: Scope, address: str) -> Grant:
        brought = credentials(scope["headers"])
        if brought.token is not None:
            key = await _keys(scope).verified(brought.token)
            if key is None:
                raise KeyInvalid("This key is not valid: it is unknown, expired or revoked.")
            _require_own_page(scope)
            return Grant(key, address, "header")
        if brought.session is not None and (key_id := self.sessions.key_id(brought.session)):
            key = await _keys(scope).by_id(key_id)
            if key is not None:
                _require_own_page(scope)
                return Grant(key, address, "cookie")
        return Grant(None, address)

    def _count(self, grant: Grant) -> Window | None:
        """Count the request; None where there is no limit. Raises RateLimited."""
        rate = (grant.key.rate if grant.key else None) or self.policy.rate
        if rate is None:
            return None
        who = grant.key.id if grant.key else network_of(grant.address)
        window = self.limits.count(rate, who)
        if window.left < 0:
            raise RateLimited(
                f"{rate} requests are allowed; go on in {window.seconds} seconds.",
                window.seconds,
                window.headers,
            )
        return window

    def _require_right(self, scope: Scope, grant: Grant) -> None:
        """Raise KeyMissing or NotAllowed for what only keys may read. Writing routes ask
        themselves, by `require`.
        """
        path, reads = scope["path"], scope["method"] in SAFE_METHODS
        mode = self.policy.metrics if path == "/metrics" else self.policy.read
        is_open = mode == "open" or path in WITHOUT_KEY
        if is_open and reads:
            return
        grant.basic = _may_ask_for_password(scope)
        if is_open:
            return
        if reads:
            grant.require(_right_to_read(path))
        elif grant.key is None:
            raise KeyMissing("This needs a key.", basic=grant.basic)

    async def _answer(
        self, scope: Scope, receive: Receive, send: Send, window: Window | None
    ) -> None:
        """Pass the request on; tell the limit with the answer, and keep a line of a write."""
        grant: Grant = scope["grant"]
        added = [
            (name.lower().encode(), value.encode())
            for name, value in (window.headers if window else {}).items()
        ]
        status = 0

        async def send_noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = list(message["headers"])
                message["headers"] = (
                    _private(headers) if self.policy.read == "keys" else headers
                ) + added
            await send(message)

        token = signed_in.set(grant.via == "cookie")
        try:
            await self.app(scope, receive, send_noting)
        finally:
            signed_in.reset(token)
            if grant.writes is not None:
                log.info("write", **_audit(scope, grant, status))


def _keys(scope: Scope) -> Keys:
    keys: Keys = scope["state"]["keys"]
    return keys


def _audit(scope: Scope, grant: Grant, status: int) -> dict[str, Any]:
    """What is kept of a write, refused ones included: who, from where, what, with which outcome.

    `status` is 0 where the answer broke off.
    """
    return {
        "right": grant.writes,
        "key": grant.key.id if grant.key else None,
        "key_name": grant.key.name if grant.key else None,
        "via": grant.via,
        "address": grant.address,
        "method": scope["method"],
        "path": scope["path"],
        "status": status,
        "request_id": scope.get("request_id"),
        **grant.notes,
    }


def _right_to_read(path: str) -> Right:
    if path.startswith("/v1/export."):
        return "export"
    return "mcp" if path == "/mcp" else "read"


def _require_own_page(scope: Scope) -> None:
    """A browser sends its cookies, and a password it was given, along with the requests of other
    sites too: those may not write.
    """
    if scope["method"] not in SAFE_METHODS and is_cross_site(Headers(scope=scope)):
        raise CrossSite("A page of another site sent this; use the page of Naba itself.")


def _may_ask_for_password(scope: Scope) -> bool:
    """Whether a 401 may name Basic: a browser shows its own dialog for it, which must not come over
    a page whose script asked. Programs that are no browsers do not send this header.
    """
    return Headers(scope=scope).get("sec-fetch-mode", "navigate") == "navigate"


def _is_for_people(scope: Scope) -> bool:
    return (
        scope["method"] in ("GET", "HEAD")
        and not scope["path"].startswith(FEEDS)
        and prefers_page(Request(scope))
    )


def _to_sign_in(scope: Scope) -> RedirectResponse:
    """To the form, which leads back to where this request went."""
    query = scope["query_string"].decode("latin-1")
    wanted = quote(scope["path"]) + (f"?{query}" if query else "")
    language = "&lang=en" if "lang=en" in query.split("&") else ""
    target = f"{SIGN_IN}?next={quote(wanted, safe='')}{language}"
    return RedirectResponse(target, status_code=303, headers={"Cache-Control": "no-store"})


def _private(headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """The headers of an answer that only holders of a key may see: no shared cache keeps it."""
    changed = [
        (name, value.replace(b"public", b"private") if name == b"cache-control" else value)
        for name, value in headers
    ]
    return [*changed, (b"vary", b"Authorization, Cookie")]
