"""Nouns with pronouns: how much of what is written of a noun with a pronoun the bare noun finds,
and the other way round.

usage: python -m benchmarks.finding.pronouns URL CORPORA [--output FILE]

The nouns are those that ANT has often, bare and behind the article; their forms are what ANT holds
of particle + noun + pronoun (وأعضائه, and its members), each weighted by how often it stands there.
A form with an article is none. Classes are nouns in ta marbuta, in hamza, others. `seen` is the
index as it is; `unseen` the same with all rules for these nouns and their forms taken out of the
lexicon, as if it had never met them; beside them two stock stemmers. Terms come from Elasticsearch
(`_analyze`); a word finds another when one of its readings that the service asks for (lemma, stem,
lemma without particle) is among the terms that the index holds of the other.
"""

from __future__ import annotations

import argparse
import json
import re
import secrets
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from elasticsearch import Elasticsearch

from benchmarks.finding.corpus import ant
from mappings.analysis import NORMALISED, Analyzer
from mappings.arabic.letters import fold, words
from mappings.index import index_body
from service.query.units import without_particles

PRONOUNS = ("ه", "ها", "هم", "هن", "هما", "ك", "كم", "نا")
PARTICLES = ("", "و", "ف", "ب", "ل", "ك", "وب", "ول", "فب", "فل")
ARTICLE = "ال"
TA_MARBUTA, TA, HAMZA, HAMZA_SEATS = "ة", "ت", "ء", "ئؤء"

LEAST_NOUNS = 100  # times that a noun stands alone
LEAST_WITH_ARTICLE = 10
LEAST_FORMS = 10  # times with a pronoun, all forms together

ARABIC_WORD = re.compile("[\u0621-\u064a]{3,}")
BATCH = 2000  # words in one call
STOCK = {
    "light10": {"type": "stemmer", "language": "arabic"},
    "snowball": {"type": "snowball", "language": "Arabic"},
}


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun as written, and its forms with pronouns, each with its count in the corpus."""

    word: str
    forms: Mapping[str, int]

    @property
    def kind(self) -> str:
        """The class of the noun."""
        return {TA_MARBUTA: "ta marbuta", HAMZA: "hamza"}.get(self.word[-1], "others")


def before_pronoun(noun: str) -> list[str]:
    """How a noun is written before a pronoun: زيارت, أدائ, أداؤ."""
    if noun.endswith(TA_MARBUTA):
        return [noun[:-1] + TA]
    if noun.endswith(HAMZA):
        return [noun[:-1] + seat for seat in HAMZA_SEATS]
    return [noun]


def count_words(corpora: Path) -> Counter[str]:
    """The words of ANT as written, with their counts; copies count as they come."""
    return Counter(
        word for article in ant(corpora) for word in words(f"{article.title}\n{article.body}")
    )


def nouns(counts: Mapping[str, int]) -> list[Noun]:
    """The frequent nouns of a corpus that are written with pronouns, most frequent forms first."""
    found: list[Noun] = []
    for word, count in counts.items():
        frequent = count >= LEAST_NOUNS and counts.get(ARTICLE + word, 0) >= LEAST_WITH_ARTICLE
        if not frequent or word.startswith(ARTICLE) or not ARABIC_WORD.fullmatch(word):
            continue
        forms = {
            particle + stem + pronoun: counts[particle + stem + pronoun]
            for stem in before_pronoun(word)
            for pronoun in PRONOUNS
            for particle in PARTICLES
            if particle + stem + pronoun in counts and ARTICLE + stem + pronoun not in counts
        }
        if sum(forms.values()) >= LEAST_FORMS:
            found.append(Noun(word, forms))
    return sorted(found, key=lambda noun: (-sum(noun.forms.values()), noun.word))


def without_rules(body: dict[str, Any], unseen: Iterable[str]) -> dict[str, Any]:
    """The index body without the lexicon's rules for these words, bare or behind a particle."""
    folded = {particle + fold(word) for word in unseen for particle in (*PARTICLES, ARTICLE)}
    filters = body["settings"]["analysis"]["filter"]
    for definition in filters.values():
        if definition["type"] != "stemmer_override":
            continue
        kept = []
        for rule in definition["rules"]:
            grouped, arrow, reading = rule.partition(" => ")
            left = [word for word in grouped.split(", ") if word not in folded]
            kept += [", ".join(left) + arrow + reading] if left else []
        definition["rules"] = kept
    return body


class Readings:
    """What analysers make of words, asked of Elasticsearch many words at a time."""

    def __init__(self, client: Elasticsearch, index: str, asked: Sequence[str]) -> None:
        self._client = client
        self._index = index
        self._asked = asked

    def __call__(self, **analysis: Any) -> dict[str, set[str]]:
        """Word -> its terms by one analyser."""
        terms: dict[str, set[str]] = defaultdict(set)
        for start in range(0, len(self._asked), BATCH):
            batch = self._asked[start : start + BATCH]
            text = " ".join(batch)
            starts, at = {}, 0
            for word in batch:
                starts[at] = word
                at += len(word) + 1
            answer = self._client.indices.analyze(index=self._index, text=text, **analysis)
            for token in answer["tokens"]:
                terms[starts[token["start_offset"]]].add(token["token"])
        return terms


def shares(found: list[tuple[Noun, str, int, bool]]) -> dict[str, float]:
    """Class -> the share of occurrences that are found."""
    of, all_of = Counter[str](), Counter[str]()
    for noun, _, count, is_found in found:
        all_of[noun.kind] += count
        of[noun.kind] += count * is_found
    return {kind: round(of[kind] / all_of[kind], 4) for kind in sorted(all_of)}


def compared(
    tested: Sequence[Noun], asked: Mapping[str, set[str]], held: Mapping[str, set[str]]
) -> dict[str, dict[str, float]]:
    """The shares both ways: what a noun finds of its forms, and how often a form finds the noun."""
    pairs = [(noun, form, count) for noun in tested for form, count in noun.forms.items()]
    return {
        "noun finds form": shares(
            [(n, f, count, not asked[n.word].isdisjoint(held[f])) for n, f, count in pairs]
        ),
        "form finds noun": shares(
            [(n, f, count, not asked[f].isdisjoint(held[n.word])) for n, f, count in pairs]
        ),
    }


def product(client: Elasticsearch, body: dict[str, Any], tested: Sequence[Noun]) -> dict[str, Any]:
    """The shares of the product's own analysis, in an index made for it."""
    asked = sorted({word for noun in tested for word in (noun.word, *noun.forms)})
    bare = {word: without_particles(word) for word in asked}
    every = sorted({*asked, *filter(None, bare.values())})
    index = f"bench-pronouns-{secrets.token_hex(3)}"
    client.indices.create(index=index, **body)
    try:
        readings = Readings(client, index, every)
        lemmas, stems = (readings(analyzer=name) for name in (Analyzer.LEMMA, Analyzer.STEM))
        held = readings(analyzer=Analyzer.INDEX)
    finally:
        client.indices.delete(index=index)
    wanted = {
        word: lemmas[word] | stems[word] | lemmas.get(bare[word] or "", set()) for word in asked
    }
    return compared(tested, wanted, held)


def stock(
    client: Elasticsearch, stemmer: Mapping[str, Any], tested: Sequence[Noun]
) -> dict[str, Any]:
    """The shares of a stock stemmer behind the stock normaliser."""
    asked = sorted({word for noun in tested for word in (noun.word, *noun.forms)})
    index = f"bench-pronouns-{secrets.token_hex(3)}"
    chain = {"type": "custom", "tokenizer": "standard", "filter": [*NORMALISED, "stock"]}
    settings = {"analysis": {"filter": {"stock": stemmer}, "analyzer": {"stock": chain}}}
    client.indices.create(index=index, settings=settings)
    try:
        terms = Readings(client, index, asked)(analyzer="stock")
    finally:
        client.indices.delete(index=index)
    return compared(tested, terms, terms)


def measure(client: Elasticsearch, tested: Sequence[Noun]) -> dict[str, Any]:
    """Design -> shares: the index as it is, as if it had not seen the nouns, stock stemmers."""
    unseen = [word for noun in tested for word in (noun.word, *noun.forms)]
    return {
        "seen": product(client, index_body(), tested),
        "unseen": product(client, without_rules(index_body(), unseen), tested),
        **{name: stock(client, stemmer, tested) for name, stemmer in STOCK.items()},
    }


def main() -> None:
    """Read the arguments, count, measure, print the table, write the JSON file."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("url")
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--output", type=Path, help="write the figures as JSON")
    options = parser.parse_args()
    tested = nouns(count_words(options.corpora))
    sizes = Counter(noun.kind for noun in tested)
    with Elasticsearch(options.url, request_timeout=120) as client:
        figures = measure(client, tested)
    print(f"{len(tested)} nouns: {dict(sizes)}")
    for design, ways in figures.items():
        for way, by_kind in ways.items():
            row = "  ".join(f"{kind} {share:.3f}" for kind, share in by_kind.items())
            print(f"{design:10} {way:16} {row}")
    if options.output:
        options.output.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
