"""What a request may do, and what a writing route depends on.

    @router.delete("/v1/articles/{article_id}")
    async def withdraw(request: Request, article_id: str,
                       grant: Annotated[Grant, Depends(require("withdraw"))]) -> Response:
        grant.require_source(article.source)
        ...
        grant.note(article=article_id, outcome="withdrawn")

Every request that came so far as `require` for a writing scope leaves one audit line, with what
the route noted and the status of the answer.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Literal

from starlette.requests import Request

from mappings.keys import WRITING, Key, Scope
from service.access.errors import KeyMissing, NotAllowed

Via = Literal["header", "cookie"]


class Grant:
    """Who sends a request: the holder of `key`, or nobody known. One for each request."""

    def __init__(self, key: Key | None, address: str, via: Via | None = None) -> None:
        self.key = key
        self.address = address
        self.via = via
        self.basic = True  # whether a 401 may ask for a password: a script's answer must not
        self.writes: Scope | None = None  # the writing scope that was asked for
        self.notes: dict[str, Any] = {}

    def require(self, scope: Scope) -> Key:
        """The key, which may do this. Raises KeyMissing (401), NotAllowed (403)."""
        if scope in WRITING:
            self.writes = scope
        if self.key is None:
            raise KeyMissing(
                f"This needs a key that may {scope}: send it as `Authorization: Bearer`.",
                basic=self.basic,
            )
        if not self.key.may(scope):
            raise NotAllowed(f"The key {self.key.name} lacks the right to {scope}.")
        return self.key

    def require_source(self, source: str) -> None:
        """Raise NotAllowed (403) unless the key may write articles of this source."""
        if self.key is None or not self.key.may_write_to(source):
            name = self.key.name if self.key else "none"
            raise NotAllowed(f"The key {name} may not write to the source {source}.")

    def note(self, **what: Any) -> None:
        """Add to the audit line: which article, which outcome, how many."""
        self.notes |= what


def grant_of(request: Request) -> Grant:
    """The grant that the middleware gave to a request."""
    grant: Grant = request.scope["grant"]
    return grant


def require(scope: Scope) -> Callable[[Request], Awaitable[Grant]]:
    """A dependency that lets a request pass whose key may do this, and gives its grant."""

    async def check(request: Request) -> Grant:
        grant = grant_of(request)
        grant.require(scope)
        return grant

    return check
