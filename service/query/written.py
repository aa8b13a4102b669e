"""Clauses that recur from search to search, kept as the JSON that they become.

The parts of a body that one word or no word decides are the same in search after search. As JSON
each is copied in one piece; as dicts, a few hundred are walked through with every search, most of
them no longer in the processor's cache (a tenth of the service's work).
"""

from __future__ import annotations

from typing import Any, TypeVar, cast

import orjson

Part = TypeVar("Part", dict[str, Any], list[str])


def written(part: Part) -> Part:
    """`part` as JSON, to stand in a body that orjson writes. Nobody can read or change it any
    more.
    """
    return cast(Part, orjson.Fragment(orjson.dumps(part)))
