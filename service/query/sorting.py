"""The order of hits: every order but the rescored one ends in the id, so that no two articles stand
level.
"""

from __future__ import annotations

from typing import Any, Final

from mappings.article import Field
from service.params import FilterParams, Sort, Where

# Undated articles come last both ways, and within a day those whose time is not known. Only values
# that an update of an article's text does not touch take part, so that a walk by cursor meets every
# article once while loading goes on. `loaded` runs from the oldest load to the newest, so that a
# monitor that follows `next` also meets what is loaded meanwhile.
ORDERS: Final[dict[Sort, list[dict[str, Any]]]] = {
    "newest": [
        {Field.PUBLISHED: {"order": "desc", "missing": "_last"}},
        {Field.PUBLISHED_AT: {"order": "desc", "missing": "_last"}},
        {Field.ID: "asc"},
    ],
    "oldest": [
        {Field.PUBLISHED: {"order": "asc", "missing": "_last"}},
        {Field.PUBLISHED_AT: {"order": "asc", "missing": "_last"}},
        {Field.ID: "asc"},
    ],
    "loaded": [{Field.LOADED_AT: "asc"}, {Field.ID: "asc"}],
    "relevance": [{"_score": "desc"}, {Field.ID: "asc"}],
}


def applied_where(params: FilterParams, *, has_words: bool) -> Where:
    """Where words have to stand. By date the weakest match stands as high as the best, so what is
    found decides: of the first ten by date a quarter was on the subject, with every word in title
    or lead three fifths. So are searches that are followed.
    """
    if params.where is not None:
        return params.where if has_words else "anywhere"
    by_date = params.sort in ("newest", "oldest", "loaded") or params.since is not None
    return "about" if has_words and by_date and params.match != "exact" else "anywhere"


def applied_sort(params: FilterParams, *, has_words: bool) -> Sort:
    """The order that holds: relevance needs words, and without them the newest come first."""
    if params.sort is None or (params.sort == "relevance" and not has_words):
        return "relevance" if has_words else "newest"
    return params.sort
