"""Parameters as a form sends them."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from fastapi.exceptions import RequestValidationError

from service.http.query_string import read_form, read_query
from service.links import address
from service.params import FeedParams, FilterParams, PageParams


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([], {}),
        ([("q", ""), ("from", ""), ("to", " ")], {}),
        ([("agency", "wam"), ("agency", "afp")], {"agency": ["wam", "afp"]}),
        ([("in", "title"), ("group", "false")], {"in": "title", "group": False}),
        ([("q", "قمح"), ("page", "2")], {"q": "قمح", "page": 2}),
    ],
)
def test_empty_boxes_ask_for_nothing(
    pairs: list[tuple[str, str]], expected: dict[str, Any]
) -> None:
    assert read_form(PageParams, pairs) == PageParams.model_validate(expected)


@pytest.mark.parametrize(
    "name",
    ["fbclid", "gclid", "utm_source", "utm_content", "mc_cid", "mkt_tok", "igsh", "igshid", "_ga"],
)
@pytest.mark.parametrize("model", [PageParams, FeedParams])
def test_a_shared_link_may_be_counted(name: str, model: type[FilterParams]) -> None:
    """By networks, mail programs and feed readers, which append a parameter of their own."""
    assert read_query(model, [("q", "قمة"), (name, "IwAR0")]) == model(q="قمة")


@pytest.mark.parametrize("name", ["utm", "fbclid2", "clid", "utm_\n", "q_", "from_"])
def test_other_unknown_parameters_are_named(name: str) -> None:
    with pytest.raises(RequestValidationError):
        read_query(FeedParams, [(name, "x")])


@pytest.mark.parametrize(
    "pairs",
    [
        [("colour", "red")],
        [("q", "a"), ("q", "b")],
        [("page", "0")],
        [("size", "1000")],
        [("from", "soon")],
        [("sort", "best")],
    ],
)
def test_what_makes_no_sense_is_refused(pairs: list[tuple[str, str]]) -> None:
    with pytest.raises(RequestValidationError):
        read_form(PageParams, pairs)


def test_copies_are_folded_on_the_page_unless_asked_otherwise() -> None:
    assert PageParams().group is True
    assert address("/", PageParams(group=False)) == "/?group=false"


@pytest.mark.parametrize(
    "params",
    [PageParams(), PageParams(q="a b&c", agency=["wam", "none"], group=False, page=3, lang="en")],
)
def test_an_address_reads_back_as_the_search_it_was_made_of(params: PageParams) -> None:
    pairs = parse_qsl(urlsplit(address("/", params)).query)
    assert read_form(PageParams, pairs) == params


def test_an_instant_is_kept_in_utc() -> None:
    """Elasticsearch reads no offset beyond 18 hours."""
    params = FilterParams.model_validate({"since": "2035-01-29T22:00:00-23:00"})
    assert params.since
    assert params.since.isoformat() == "2035-01-30T21:00:00+00:00"
