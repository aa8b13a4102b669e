"""Sessions of the page: a cookie that names the key by which somebody signed in, signed so that
nobody can make one, and whether a request comes from the page itself.

The cookie holds no secret. The key is looked up with every request, so that a session ends with it.
"""

from __future__ import annotations

import hmac
import re
import secrets
import time
from collections.abc import Mapping
from contextvars import ContextVar
from urllib.parse import urlsplit

SESSION_SECONDS = 14 * 24 * 3_600
_COOKIE = re.compile(r"([a-z2-7]{8})\.([0-9]{10,12})\.([0-9a-f]{64})")

# Whether the request being answered came with a session: the page then offers to sign out.
signed_in: ContextVar[bool] = ContextVar("signed_in", default=False)


class Sessions:
    """Makes and reads the cookies of one service.

    Without a `secret` one is drawn: its sessions end with this process, and no other knows them.
    """

    def __init__(self, secret: str | None = None) -> None:
        self._secret = secret.encode() if secret else secrets.token_bytes(32)

    def cookie(self, key_id: str, now: float | None = None) -> str:
        """The value of a new cookie for this key; `now` in seconds since the epoch."""
        ends = int(time.time() if now is None else now) + SESSION_SECONDS
        content = f"{key_id}.{ends}"
        return f"{content}.{self._signature(content)}"

    def key_id(self, cookie: str, now: float | None = None) -> str | None:
        """The id of the key that signed in; None for a cookie that is forged, broken or over."""
        match = _COOKIE.fullmatch(cookie)
        if match is None:
            return None
        signature = self._signature(f"{match[1]}.{match[2]}")
        if not hmac.compare_digest(signature, match[3]):
            return None
        over = int(match[2]) <= (time.time() if now is None else now)
        return None if over else match[1]

    def _signature(self, content: str) -> str:
        return hmac.new(self._secret, f"naba session {content}".encode(), "sha256").hexdigest()


def is_cross_site(headers: Mapping[str, str]) -> bool:
    """Whether a browser says that another site's page sent this request.

    Sec-Fetch-Site tells in every browser of today; in older ones Origin does, compared with Host. A
    program sends neither: it has no cookies that another site could use.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = headers.get("origin")
    if origin is None:
        return False
    try:
        return urlsplit(origin).netloc.lower() != headers.get("host", "").lower()
    except ValueError:
        return True
