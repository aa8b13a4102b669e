"""However long a query is, its clauses are no more than the 1,024 that Elasticsearch allows on any
machine.
"""

from __future__ import annotations

from typing import Any

import pytest

from mappings.arabic.word_lists import spelling_variants
from service.params import SearchParams
from service.query.clauses import matching_query, rescoring
from service.query.question import Applied, Question, understand
from service.query.syntax import MAX_WORDS, parse

# Words of many spellings, and words with particles ("and in the school…"): those that become most
# clauses.
_KNOWN = spelling_variants()
SPELLED = [word for word in sorted(_KNOWN, key=lambda word: -len(_KNOWN[word])) if " " not in word][
    :MAX_WORDS
]
ATTACHED = [
    f"وبالمدرس{chr(0x628 + number % 19)}{chr(0x628 + number // 19)}" for number in range(MAX_WORDS)
]


def asking(q: str, match: Applied) -> Question:
    return understand(parse(q), SearchParams(match=match))


def leaves(query: Any) -> int:
    """The clauses that are no combination of others."""
    if isinstance(query, list):
        return sum(map(leaves, query))
    if not isinstance(query, dict):
        return 0
    leaf = query.keys() & {"match", "match_phrase", "match_bool_prefix", "term", "terms"}
    return 1 if leaf else sum(map(leaves, query.values()))


@pytest.mark.parametrize("words", [SPELLED, ATTACHED], ids=["spelled", "attached"])
@pytest.mark.parametrize("match", ["all", "any"])
def test_clauses_of_a_paste(words: list[str], match: Applied) -> None:
    assert len(words) == MAX_WORDS
    question = asking(" ".join(words), match)
    assert leaves(matching_query(question)) < 1_024
    assert leaves(rescoring(question)) < 1_024


def test_words_that_are_joined_over_and_over_are_few_pairs() -> None:
    assert len(asking("قمة-هلسنكي-" * 40 + "قمة", "all").pairs) == 2


@pytest.mark.parametrize("match", ["all", "exact"])
def test_clauses_of_64_excluded_words(match: Applied) -> None:
    """Of the words that cost most, each alone."""

    def query(q: str) -> Any:
        return matching_query(asking(q, match))

    costs = {
        word: leaves(query(f"-{word}")) for word in _KNOWN if " " not in word and len(word) <= 7
    }
    costliest = sorted(costs, key=lambda word: -costs[word])[:MAX_WORDS]
    assert leaves(query(" ".join(f"-{word}" for word in costliest))) < 1_024


def test_the_words_of_a_paste_all_count() -> None:
    """Those beyond the first are ranked by fewer readings, and found as all others."""
    words = ATTACHED[:40]
    question = asking(" ".join(words), "all")
    query, score = str(matching_query(question)), str(rescoring(question))
    assert all(word in query and word in score for word in words)
