"""The OpenSearch description and its suggestions."""

from __future__ import annotations

import pytest
from defusedxml.ElementTree import fromstring

from service.formats.opensearch import SHORT_NAME_LENGTH, description, suggestions
from service.locale.language import LanguageCode

NS = {"o": "http://a9.com/-/spec/opensearch/1.1/"}


@pytest.mark.parametrize(("code", "name"), [("ar", "نبأ"), ("en", "Naba")])
def test_a_browser_finds_page_feed_and_suggestions(code: LanguageCode, name: str) -> None:
    root = fromstring(description(code, public_url="https://naba.example"))
    assert root.findtext("o:ShortName", namespaces=NS) == name
    assert len(name) <= SHORT_NAME_LENGTH
    urls = {element.get("type"): element.get("template") for element in root.findall("o:Url", NS)}
    suffix = "" if code == "ar" else "&lang=en"
    assert (
        urls["text/html"] == f"https://naba.example/?q={{searchTerms}}&page={{startPage?}}{suffix}"
    )
    assert (
        urls["application/atom+xml"] == f"https://naba.example/feed.atom?q={{searchTerms}}{suffix}"
    )
    assert (
        urls["application/x-suggestions+json"]
        == "https://naba.example/opensearch/suggest?q={searchTerms}"
    )


def test_a_hostile_address_stays_an_attribute() -> None:
    root = fromstring(description("ar", public_url='https://x"/><script>'))
    assert not [element for element in root.iter() if element.tag.endswith("script")]


def test_suggestions_repeat_what_was_typed() -> None:
    assert suggestions("كت", ["كتاب", "كتب"]) == ["كت", ["كتاب", "كتب"]]
