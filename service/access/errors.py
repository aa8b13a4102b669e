"""How a request is refused for want of a key or a right, or for its number."""

from __future__ import annotations

from service.errors import ServiceError

BEARER = 'Bearer realm="naba"'
BASIC = 'Basic realm="naba", charset="UTF-8"'


class KeyMissing(ServiceError):
    """401 without a key. `basic`: whether the answer may ask for a password."""

    status, code, title = 401, "key-missing", "A key is needed"
    bearer = BEARER

    def __init__(self, detail: str, *, basic: bool = True) -> None:
        super().__init__(detail)
        self.basic = basic

    @property
    def headers(self) -> dict[str, str]:
        return {"WWW-Authenticate": f"{self.bearer}, {BASIC}" if self.basic else self.bearer}


class KeyInvalid(KeyMissing):
    """401 with a Bearer that is no key, or a key that is unknown, expired or revoked."""

    code, title = "key-invalid", "The key is not valid"
    bearer = f'{BEARER}, error="invalid_token"'


class KeyInAddress(ServiceError):
    status, code, title = 400, "key-in-address", "A key stands in the address"


class NotAllowed(ServiceError):
    status, code, title = 403, "key-not-allowed", "The key may not do this"


class CrossSite(ServiceError):
    status, code, title = 403, "cross-site", "The request comes from another site"


class RateLimited(ServiceError):
    """429; `window` are the headers that tell the limit and how much of it is left."""

    status, code, title = 429, "rate-limited", "Too many requests"

    def __init__(self, detail: str, retry_after: int, window: dict[str, str]) -> None:
        super().__init__(detail)
        self.retry_after = retry_after
        self.window = window

    @property
    def headers(self) -> dict[str, str]:
        return {**super().headers, **self.window}
