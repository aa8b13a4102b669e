"""Parameters that others append to an address when somebody shares it: not ours, and no mistake."""

from __future__ import annotations

import re
from typing import Any

# What mail programs, networks and feed readers append to an address that somebody shares, to count
# who follows it.
_TRACKER = re.compile(
    r"(utm|hsa|mtm|pk|mc|ns|vero|oly)_\w{1,40}|_(ga|gl|hsenc|hsmi|openstat)|([dg]|tt|tw|y|ms|fb)clid"
    r"|gclsrc|[gw]braid|igsh(id)?|li_fat_id|mkt_tok|srsltid|fb_(action_ids|action_types|ref|source)"
    r"|s_cid|ref_(src|url)|cmpid",
    re.ASCII,
)


def without_trackers(given: Any) -> Any:
    """Parameters as given, without those that others appended: a shared link of the page or a feed
    is no mistake of whoever follows it. The API is called by programs, whose mistakes are named.
    """
    if not isinstance(given, dict):
        return given
    return {name: value for name, value in given.items() if not _TRACKER.fullmatch(name)}
