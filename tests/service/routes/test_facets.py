"""Facets: every count is what choosing the value finds, whatever else is filtered."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

TELLING = [
    "",
    "cited_agency=none&from=2019&to=2020",
    "not_agency=wam&not_agency=none&agency=tass",
    "to=2020-06-30",
    "q=القمح agency:wam",
    "q=رويترز",  # an agency's name, found by the credit
]
MORE = [
    "q=القمح",
    "q=قمة OR معرض&match=any",
    "agency=spa",
    "agency=spa&agency=none",
    "not_agency=wam",
    "cited_agency=reuters",
    "from=2020-12&to=2021",
    "from=2019",
    "from=2019-05&to=2019-05",
    "date=none",
    "date=none&agency=wam",
    "agency=wam&cited_agency=tass&from=2019-01-01&to=2021-12-31&q=الرياض",
    "agency=nowhere",
    "since=2024-03-01T07:00:00Z&agency=spa",
    "q=-agency:wam القمح",
]
SEARCHES = [*TELLING, *(pytest.param(search, marks=pytest.mark.slow) for search in MORE)]


def ask(api: TestClient, address: str) -> dict[str, Any]:
    answer = api.get(address)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def total(api: TestClient, address: str) -> int:
    """The total, which the addresses of hits, export and count agree on."""
    count: int = ask(api, address)["total"]["articles"]
    return count


def without(query: str, *names: str) -> str:
    """The query without these parameters; `agency:` in the words counts as a parameter."""
    pairs = [pair for pair in query.split("&") if pair and pair.split("=")[0] not in names]
    return "&".join(pairs)


@pytest.mark.parametrize("query", SEARCHES)
def test_agency_counts_are_what_choosing_one_value_finds(api: TestClient, query: str) -> None:
    """A value's count is the total with that value alone and all other filters standing."""
    for name in ("agency", "cited_agency"):
        facet = ask(api, f"/v1/search?size=0&{query}")["facets"][name]
        for value in facet["values"]:
            if value["state"] == "excluded":
                continue
            words = query.replace(" agency:wam", "") if name == "agency" else query
            assert (
                total(api, f"/v1/search?size=0&{without(words, name)}&{name}={value['value']}")
                == value["count"]
            )
        if facet["missing_state"] != "excluded":
            words = query.replace(" agency:wam", "") if name == "agency" else query
            assert (
                total(api, f"/v1/search?size=0&{without(words, name)}&{name}=none")
                == facet["missing"]
            )


@pytest.mark.parametrize("query", ["", "q=القمح&from=2019&to=2021-03"])
def test_the_address_of_a_value_finds_its_count(api: TestClient, query: str) -> None:
    facets = ask(api, f"/v1/search?size=0&{query}")["facets"]
    for name in ("agency", "cited_agency"):
        for value in facets[name]["values"]:
            chosen = ask(api, value["url"])
            assert chosen["total"]["articles"] == value["count"]
            state = {item["value"]: item["state"] for item in chosen["facets"][name]["values"]}
            assert state[value["value"]] == "selected"
        assert total(api, facets[name]["missing_url"]) == facets[name]["missing"]


@pytest.mark.parametrize("query", SEARCHES)
def test_date_counts_are_what_their_addresses_find(api: TestClient, query: str) -> None:
    facet = ask(api, f"/v1/search?size=0&{query}")["facets"]["date"]
    assert len(facet["values"]) <= 200
    for bucket in facet["values"]:
        assert total(api, bucket["url"]) == bucket["count"], bucket
    assert total(api, facet["missing_url"]) == facet["missing"]


@pytest.mark.parametrize("query", SEARCHES)
def test_buckets_and_what_has_none_make_up_the_total(api: TestClient, query: str) -> None:
    found = ask(api, f"/v1/search?size=0&{query}")
    date = found["facets"]["date"]
    counted = sum(bucket["count"] for bucket in date["values"]) + date["coarser"] + date["earlier"]
    ranged = "from=" in query or "to=" in query
    undated = 0 if ranged else date["missing"]
    assert counted + undated == found["total"]["articles"]


def test_every_toggle_leads_back(api: TestClient) -> None:
    """Choosing a value and taking it away again is where one started."""
    start = ask(api, "/v1/search?q=القمح&cited_agency=reuters&size=0")
    value = start["facets"]["agency"]["values"][0]
    chosen = ask(api, value["url"])
    back = next(
        item for item in chosen["facets"]["agency"]["values"] if item["value"] == value["value"]
    )
    assert back["url"] == start["links"]["self"]


def test_a_chosen_value_stays_at_zero(api: TestClient) -> None:
    found = ask(api, "/v1/search?agency=tass&from=1805&to=1805&cited_agency=afp&size=0")
    values = {value["value"]: value for value in found["facets"]["agency"]["values"]}
    assert values["tass"]["count"] == 0
    assert values["tass"]["state"] == "selected"
    cited = {value["value"]: value for value in found["facets"]["cited_agency"]["values"]}
    assert cited["afp"]["state"] == "selected"


def test_an_excluded_value_tells_what_would_come_back(api: TestClient) -> None:
    query = "/v1/search?not_agency=wam&not_agency=none&size=0"
    found = ask(api, query)
    excluded = {
        v["value"]: v for v in found["facets"]["agency"]["values"] if v["state"] == "excluded"
    }
    assert set(excluded) == {"wam"}
    assert (
        total(api, excluded["wam"]["url"]) - found["total"]["articles"]
        == excluded["wam"]["count"]
        > 0
    )
    missing = found["facets"]["agency"]
    assert missing["missing_state"] == "excluded"
    assert total(api, missing["missing_url"]) - found["total"]["articles"] == missing["missing"] > 0


def test_an_agency_in_the_words_can_be_taken_away(api: TestClient) -> None:
    """`agency:` in the query is selected in the facet, by any name of the agency, and its address
    removes it.
    """
    found = ask(api, "/v1/search?q=القمح agency:تاس&size=0")
    selected = [
        value for value in found["facets"]["agency"]["values"] if value["state"] == "selected"
    ]
    assert [value["value"] for value in selected] == ["tass"]
    assert total(api, selected[0]["url"]) == total(api, "/v1/search?q=القمح&size=0")


def test_an_agency_that_nobody_knows_stays_in_the_words(api: TestClient) -> None:
    """It finds nothing, and every link of the answer can be followed."""
    found = ask(api, "/v1/search?q=القمح agency:مجهولة")
    assert found["total"]["articles"] == 0
    for value in found["facets"]["agency"]["values"][:2]:
        assert total(api, value["url"]) == value["count"]
    assert total(api, found["links"]["self"]) == 0


def test_labels_follow_the_language(api: TestClient) -> None:
    labels = {
        lang: {
            v["value"]: v["label"]
            for v in ask(api, f"/v1/search?lang={lang}")["facets"]["agency"]["values"]
        }
        for lang in ("ar", "en")
    }
    assert labels["en"]["tass"] == "TASS"
    assert labels["ar"]["tass"] != labels["en"]["tass"]


def test_withdrawn_articles_are_nowhere(api: TestClient) -> None:
    assert total(api, "/v1/search?size=0") == 239
    assert api.get("/v1/articles/a200").status_code == 404
