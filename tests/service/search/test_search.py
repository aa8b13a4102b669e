"""What editors mean by a few words: where they have to stand, what fills up few answers, and when a
query is searched as corrected.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from elasticsearch import Elasticsearch, helpers
from fastapi.testclient import TestClient

from mappings.article import Article
from mappings.index import index_body
from service.app import create_app
from service.settings import ServiceSettings

FAR = "كلام كثير عن أمور أخرى " * 15  # more words than a lead has
# id -> title, body; the first is the oldest.
TEXTS = {
    "zoo": ("زرافة في حديقة الحيوان", "وصلت زرافة صغيرة إلى الحديقة."),
    "birth": ("مولود جديد في الحديقة", "ولدت زرافة في حديقة الحيوان صباحا."),
    "aside": ("سوق الخضار", f"ارتفعت الأسعار. {FAR} ومر الناس بجانب زرافة."),
    "park": ("افتتاح حديقة عامة", "افتتحت حديقة عامة في المدينة."),
    "market": ("سوق جديدة", "افتتحت سوق جديدة للخضار في المدينة."),
    "race": ("سباق الهجن", "انطلق سباق الهجن في الصحراء."),
}


@pytest.fixture(scope="module")
def client(
    elasticsearch: Elasticsearch, elasticsearch_url: str, index_prefix: str
) -> Iterator[TestClient]:
    alias = f"{index_prefix}-short"
    elasticsearch.indices.create(index=f"{alias}-1", aliases={alias: {}}, **index_body())
    articles = [
        Article(
            id=id_,
            source="short",
            title=title,
            title_origin="given",
            body=body,
            content_hash=id_,
            loaded_at=datetime(2024, 5, 1, 6, tzinfo=UTC),
            published=date(2024, 4, 1 + number),
            precision="day",
            story_id=f"s-{id_}",
        )
        for number, (id_, (title, body)) in enumerate(TEXTS.items())
    ]
    actions = ({"_index": alias, "_id": one.id, "_source": one.to_source()} for one in articles)
    helpers.bulk(elasticsearch, actions, refresh=True)
    settings = ServiceSettings(elasticsearch_url=elasticsearch_url, alias=alias)
    with TestClient(create_app(settings)) as made:
        yield made


def ask(client: TestClient, q: str, **params: str) -> dict[str, Any]:
    answer = client.get("/v1/search", params={"q": q, **params})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def ids(answer: dict[str, Any]) -> list[str]:
    return [hit["id"] for hit in answer["hits"]]


@pytest.mark.parametrize(
    "by", [{"sort": "newest"}, {"sort": "loaded"}, {"since": "2024-01-01T00:00:00Z"}]
)
def test_lists_by_date_are_of_what_articles_are_about(
    client: TestClient, by: dict[str, str]
) -> None:
    answer = ask(client, "زرافة", **by)
    assert set(ids(answer)) == {"zoo", "birth"}
    assert (answer["query"]["where"], answer["query"]["elsewhere"]) == ("about", 1)
    assert answer["total"]["articles"] == 2
    assert "where=about" in answer["links"]["self"]
    everywhere = ask(client, "زرافة", where="anywhere", **by)
    assert set(ids(everywhere)) == {"zoo", "birth", "aside"}
    assert (everywhere["query"]["where"], everywhere["query"]["elsewhere"]) == ("anywhere", None)


def test_relevance_looks_everywhere_unless_told(client: TestClient) -> None:
    assert ask(client, "زرافة")["total"]["articles"] == 3
    assert ask(client, "زرافة", where="about")["total"]["articles"] == 2
    assert ask(client, "زرافة", sort="newest", match="exact")["total"]["articles"] == 3


@pytest.mark.parametrize("filters", [{}, {"from": "2024-04"}, {"to": "2024-04-01"}])
def test_words_that_only_the_whole_text_has_are_not_relaxed(
    client: TestClient, filters: dict[str, str]
) -> None:
    """Any of the words by date would be other articles than the few that have them all."""
    q = "أسعار زرافة"
    answer = ask(client, q, sort="newest", **filters)
    assert (answer["total"]["articles"], answer["query"]["relaxed"]) == (0, False)
    everywhere = ask(client, q, match="all", **filters)
    assert answer["query"]["elsewhere"] == everywhere["total"]["articles"]
    assert client.get(answer["links"]["csv"]).text.count("\r\n") == 1
    assert client.get(answer["links"]["atom"]).text.count("<entry>") == 0


def test_the_export_and_feed_of_a_list_are_of_one_mind_with_it(client: TestClient) -> None:
    links = ask(client, "زرافة", sort="newest")["links"]
    assert client.get(links["csv"]).text.count("\r\n") == 1 + 2
    assert client.get(links["atom"]).text.count("<entry>") == 2
    assert client.get("/feed.atom", params={"q": "زرافة"}).text.count("<entry>") == 2
    everywhere = ask(client, "زرافة", sort="newest", where="anywhere")["links"]
    assert client.get(everywhere["csv"]).text.count("\r\n") == 1 + 3
    assert client.get(everywhere["atom"]).text.count("<entry>") == 3


@pytest.mark.parametrize(
    "q", ['"حديقة الحيوان"', "title:زرافة", "زراف*", "سباق OR زرافة", "زرافة -مولود"]
)
def test_all_kinds_of_terms_are_asked_of_title_and_lead(client: TestClient, q: str) -> None:
    about = set(ids(ask(client, q, where="about")))
    assert about
    assert about <= set(ids(ask(client, q, where="anywhere")))
    assert "aside" not in about


def test_few_answers_are_filled_up_below(client: TestClient) -> None:
    answer = ask(client, "زرافة حديقة")
    assert answer["query"]["filled"] == len(answer["hits"]) - 2 > 0
    assert set(ids(answer)[:2]) == {"zoo", "birth"}
    assert set(ids(answer)[2:]) == {"aside", "park"}
    assert answer["total"]["articles"] == 2
    assert sum(value["count"] for value in answer["facets"]["date"]["values"]) == 2
    export = client.get("/v1/export.jsonl", params={"q": "زرافة حديقة"}).text
    assert len(export.splitlines()) == 2


@pytest.mark.parametrize(
    "params", [{"match": "all"}, {"sort": "newest"}, {"page": "2"}, {"size": "2"}, {"size": "0"}]
)
def test_what_is_not_filled_up(client: TestClient, params: dict[str, str]) -> None:
    assert ask(client, "زرافة حديقة", **params)["query"]["filled"] == 0


def test_no_story_stands_twice_on_a_filled_page(client: TestClient) -> None:
    found = ids(ask(client, "زرافة حديقة", group="true"))
    assert len(found) == len(set(found)) > 2


def test_words_that_say_when_rank_and_are_not_asked_for(client: TestClient) -> None:
    assert set(ids(ask(client, "عاجل سباق"))) == {"race"}
    assert ids(ask(client, "حديقة أبريل 2024"))[0] in ("zoo", "birth", "park")
    assert ask(client, "عاجل سباق", match="all")["total"]["articles"] == 1  # relaxed


@pytest.mark.parametrize(
    "q",
    [
        "اليوم",
        "اليوم أمس غدا عاجل",
        "2024",
        "12 34 5,678",
        "هذا الأسبوع",
        "NOT AND OR",
        "NOT NOT NOT",
        "المتن:",
        "عنوان:عنوان:زرافة",
        "\u2212 \u2013 -",
        "\u2013\u2212زرافة",
        "S-",
        "-300",
        "في-20",
        "سي سي سي سي سي سي سي سي سي سي سي سي",
        " ".join(["فبراير 2018"] * 32),
        " ".join(f"S-{number}" for number in range(64)),
    ],
)
@pytest.mark.parametrize("where", ["about", "anywhere"])
def test_odd_queries_are_answered(client: TestClient, q: str, where: str) -> None:
    for match in ("auto", "all", "any", "exact"):
        ask(client, q, where=where, match=match)


def test_a_sure_correction_is_searched_at_once(dozen: TestClient) -> None:
    answer = ask(dozen, "التلسكووب")
    assert answer["query"]["corrected"] == answer["query"]["searched"] == "التلسكوب"
    assert answer["query"]["q"] == "التلسكووب"
    assert answer["total"] == ask(dozen, "التلسكوب")["total"]
    assert ask(dozen, "hgvzds")["query"]["searched"] == "الرئيس"


@pytest.mark.parametrize(
    "params", [{"match": "all"}, {"sort": "newest"}, {"from": "2021"}, {"match": "any"}]
)
def test_words_as_typed(dozen: TestClient, params: dict[str, str]) -> None:
    answer = ask(dozen, "التلسكووب", **params)
    assert answer["query"]["searched"] == "التلسكووب"
    assert answer["total"]["articles"] == 0


@pytest.mark.parametrize("q", ["القمحح", "الرئيس", "Merkel", "Merckel", "كزز"])
def test_no_signs_and_no_other_latin_name_are_offered(dozen: TestClient, q: str) -> None:
    offered = ask(dozen, q, match="all")["query"]["corrected"]
    assert offered is None or all(word.isalpha() and not word.isascii() for word in offered.split())
