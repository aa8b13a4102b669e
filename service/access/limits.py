"""How many requests a key or an address may send: a fixed window, counted in this process.

By hand, since the library for it (`limits`) looks through all addresses with every request, in a
thread or a task of its own: one attacker with many addresses would slow down everybody.
"""

from __future__ import annotations

import math
import time
from collections import defaultdict
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network

from mappings.keys import Rate

# Counters in one window, some 10 MB; whoever comes when there are as many shares one with the rest.
MAX_COUNTERS = 100_000
_THE_REST = ""


@dataclass(frozen=True, slots=True)
class Window:
    """The present window of one counter: `left` requests of `rate` until it ends in `seconds`."""

    rate: Rate
    left: int  # negative when there were too many
    seconds: int

    @property
    def headers(self) -> dict[str, str]:
        """As draft-ietf-httpapi-ratelimit-headers-10 writes them; one policy, called `naba`."""
        return {
            "RateLimit-Policy": f'"naba";q={self.rate.amount};w={self.rate.seconds}',
            "RateLimit": f'"naba";r={max(self.left, 0)};t={self.seconds}',
        }


class Limits:
    """Counts requests. Several processes count each for itself, and so let several times as many
    pass.
    """

    def __init__(self) -> None:
        self._began: dict[int, int] = {}  # length of a window in seconds -> which one it is
        self._counts: defaultdict[int, dict[str, int]] = defaultdict(dict)

    def count(self, rate: Rate, who: str, now: float | None = None) -> Window:
        """Count one request of `who`; `now` in seconds of any clock that only goes forward."""
        now = time.monotonic() if now is None else now
        number = int(now // rate.seconds)
        counts = self._counts[rate.seconds]
        if self._began.get(rate.seconds) != number:
            self._began[rate.seconds] = number
            counts.clear()
        if who not in counts and len(counts) >= MAX_COUNTERS:
            who = _THE_REST
        counts[who] = counts.get(who, 0) + 1
        ends = (number + 1) * rate.seconds
        return Window(rate, rate.amount - counts[who], max(1, math.ceil(ends - now)))


def network_of(address: str) -> str:
    """What counts as one address: an IPv4 address, and of IPv6 the /64, within which a single
    machine has as many as it likes.
    """
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address):
        if parsed.ipv4_mapped is not None:
            return str(parsed.ipv4_mapped)
        return str(ip_network((int(parsed), 64), strict=False))
    return str(parsed)
