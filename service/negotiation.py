"""What is checked of every request before its route: no parameter twice, and an answer that the caller can read."""

from __future__ import annotations

from collections.abc import Callable

from starlette.requests import Request

from service.errors import InvalidParameter, NotAcceptable
from service.respond import JSON

# Parameters that may stand in an address more than once, over all routes.
REPEATABLE = frozenset({"agency", "not_agency", "cited_agency", "fields"})


def no_repeats(request: Request) -> None:
    """Refuse a parameter that is given twice though it holds one value. Raises InvalidParameter."""
    names = [name for name, _ in request.query_params.multi_items()]
    if len(names) == len(set(names)):
        return
    for name in names:
        if names.count(name) > 1 and name not in REPEATABLE:
            raise InvalidParameter(f"{name[:40]} is given more than once; give it once", parameter=name[:40])


def produces(*media_types: str) -> Callable[[Request], None]:
    """A dependency that refuses callers who accept none of these. Raises NotAcceptable."""
    accepted = {"*/*", *media_types, *(media_type.partition("/")[0] + "/*" for media_type in media_types)}

    def check(request: Request) -> None:
        accept = request.headers.get("accept")
        if not accept or accept == "*/*":
            return
        for part in accept.split(","):
            media_type, _, parameters = part.partition(";")
            if media_type.strip().lower() in accepted and not _refused(parameters):
                return
        raise NotAcceptable(f"This address answers in {' or '.join(media_types)}; change the Accept header.")

    return check


def _refused(parameters: str) -> bool:
    """Whether the quality is zero: `q=0`."""
    for parameter in parameters.split(";"):
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "q":
            return value.strip().rstrip("0").rstrip(".") in ("", "0")
    return False


produces_json = produces(JSON)
