"""Did you mean over ANT: how many misspelt queries are put right, and how many right ones are left
alone.

usage: python -m benchmarks.finding.spelling URL CORPORA [--index NAME] [--output FILE]

300 queries are the first four words of headlines with one random edit (a letter left out, added,
changed, or two swapped) in a frequent word; 300 are the same words unedited. Two columns: `asked`
hands every query to the suggester, as if nothing had been found; `served` calls it where the
product does, after looking at what the query finds. Without --index ANT is loaded first
(`bench-finding`, removed afterwards).
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any

from elasticsearch import Elasticsearch

from benchmarks.finding.corpus import ant, build
from mappings.agencies import load_registry
from mappings.arabic.letters import fold, words
from mappings.article import Article
from service.elasticsearch.client import connect_async
from service.elasticsearch.index import ArticleIndex
from service.params import SearchParams
from service.query.misspelt import corrigible_words
from service.query.question import Question, understand
from service.query.syntax import parse
from service.search.did_you_mean import corrected, may_be_misspelt
from service.search.search import SearchService
from service.settings import ServiceSettings

CASES = 300
OPENING = 4  # words of a headline
LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
FREQUENT = 20  # headlines
LONG_ENOUGH = 5  # letters


@dataclass(frozen=True, slots=True)
class Case:
    right: str
    wrong: str


def misspelt(word: str, chance: random.Random) -> str:
    """One random edit inside `word`."""
    at = chance.randrange(1, len(word) - 1)
    kind = chance.randrange(4)
    if kind == 0:
        return word[:at] + word[at + 1 :]
    if kind == 1:
        return word[:at] + chance.choice(LETTERS) + word[at:]
    if kind == 2:
        return word[:at] + chance.choice(LETTERS) + word[at + 1 :]
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def is_likely(word: str, counts: Counter[str]) -> bool:
    """Whether a word is long and frequent enough for its misspelling to be told from a rare word;
    counts are by folded word.
    """
    return len(word) >= LONG_ENOUGH and counts[fold(word)] >= FREQUENT


def case_of(opening: Sequence[str], counts: Counter[str], chance: random.Random) -> Case | None:
    """An opening of a headline with and without a mistake; None where no word of it serves, or the
    mistake makes another word of the articles.
    """
    spots = [at for at, word in enumerate(opening) if is_likely(word, counts)]
    if len(opening) < OPENING or not spots:
        return None
    at = chance.choice(spots)
    wrong = [*opening]
    wrong[at] = misspelt(opening[at], chance)
    if fold(wrong[at]) == fold(opening[at]) or counts[fold(wrong[at])]:
        return None
    return Case(" ".join(opening), " ".join(wrong))


def cases(articles: Sequence[Article], seed: int = 9) -> list[Case]:
    """Openings of headlines, each with and without a mistake."""
    titles = [words(article.title or "") for article in articles]
    counts = Counter(fold(word) for title in titles for word in set(title))
    chance = random.Random(seed)
    shuffled = chance.sample(titles, len(titles))
    made = (case_of(title[:OPENING], counts, chance) for title in shuffled)
    return list(islice(filter(None, made), CASES))


def asked_for(params: SearchParams) -> Question:
    return understand(parse(params.q), params)


def verdict(offered: str | None, right: str) -> str:
    if offered is None:
        return "none"
    return "right" if fold(offered) == fold(right) else "wrong"


async def measure(url: str, alias: str, chosen: Sequence[Case]) -> dict[str, Any]:
    """Counts of verdicts, false alarms, and the median time of one question in milliseconds."""
    settings = ServiceSettings(elasticsearch_url=url, alias=alias)
    asked: Counter[str] = Counter()
    served: Counter[str] = Counter()
    alarms: Counter[str] = Counter()
    times: list[float] = []
    misses: list[str] = []
    needless = 0
    async with connect_async(settings) as client:
        index = ArticleIndex(client, alias)
        service = SearchService(index, load_registry(None), settings)
        for case in chosen:
            start = time.perf_counter()
            params = SearchParams(q=case.wrong)
            offered = await corrected(index, asked_for(params), params, hits=0)
            times.append(1000 * (time.perf_counter() - start))
            asked[verdict(offered, case.right)] += 1
            if verdict(offered, case.right) != "right":
                misses.append(f"{case.wrong} -> {offered} ({case.right})")
            served[verdict((await service.search(params)).answer.query.corrected, case.right)] += 1
            right = SearchParams(q=case.right)
            alarms["asked"] += (await corrected(index, asked_for(right), right, hits=0)) is not None
            found = (await service.search(right)).answer
            alarms["served"] += found.query.corrected is not None
            highlights = [hit.highlight for hit in found.hits]
            needless += may_be_misspelt(
                corrigible_words(asked_for(right)), found.total.articles, highlights
            )
    return {
        "cases": len(chosen),
        "asked": dict(asked),
        "served": dict(served),
        "false_alarms": dict(alarms),
        "needless": needless,
        "median_ms": round(median(times), 1),
        "misses": misses,
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("url")
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--index", help="an index that holds ANT already")
    parser.add_argument("--output", type=Path, help="write the figures as JSON")
    options = parser.parse_args()
    articles = list(ant(options.corpora))
    with Elasticsearch(options.url, request_timeout=120) as client:
        name = options.index or "bench-finding"
        if not options.index:
            build(client, name, articles)
        try:
            figures = asyncio.run(measure(options.url, name, cases(articles)))
        finally:
            if not options.index:
                client.indices.delete(index=name)
    for column in ("asked", "served"):
        counts = " ".join(
            f"{kind} {figures[column].get(kind, 0):3}" for kind in ("right", "wrong", "none")
        )
        print(
            f"{column:7} of {figures['cases']}: {counts}   false alarms "
            f"{figures['false_alarms'][column]}"
        )
    print(f"right queries that cost a needless question: {figures['needless']}")
    print(f"median {figures['median_ms']} ms a question")
    for miss in figures["misses"]:
        print("  ", miss)
    if options.output:
        options.output.write_text(
            json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
        )


if __name__ == "__main__":
    main()
