#!/usr/bin/env python3
"""Prints candidates for mappings/words/variants.txt: words of a corpus that may be one word in two
spellings.

    .venv/bin/python scripts/learn_variants.py ../shared/corpora/ant.jsonl.gz > candidates.txt

Two words are candidates when they differ in one letter that Arabic newsrooms write in several ways
(غ and ج for a foreign g, a long vowel written or not, the seat of a hamza) and stand among the same
neighbours: the cosine of their neighbours, each weighed by how much more often it stands there than
by chance. Forms count together by their stem. What the list joins already is left out, and words of
one root, which are plurals and participles. Needs the dependency group `lexicon` (nltk).
Most similar first: similarity, then both words with their counts and most frequent forms. A person
decides which of them go into the list; طالب and طلاب (student, students) are neighbours too.
"""

from __future__ import annotations

import argparse
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import chain
from pathlib import Path

from nltk.stem.isri import ISRIStemmer

from mappings.arabic.letters import fold, words
from mappings.arabic.morphology import ARABIC_WORD
from mappings.arabic.word_lists import known_stems, lookup_key, spelling_variants, stop_words
from scripts.build_lexicon import ant_texts, without_rule

# Letters that stand for one foreign sound, or for sounds that writers mix, and the vowels.
ALTERNATIONS = ("جغقك", "كخ", "تط", "سصزث", "شج", "دذضظ", "حه", "فب", "اوي", "اه")
LEFT_OUT = "اوي"  # a long vowel that some write and some do not

LEAST_COUNT = 5  # of a stem, all forms together
LEAST_LENGTH = 4  # letters of a stem: shorter ones have too many neighbours
WINDOW = 2  # words on each side
LEAST_SIMILAR = 0.1
ROOT_LENGTH = 3  # what ISRI makes of a word without a root is longer
FORMS_SHOWN = 4

Vector = dict[str, float]


def stem_of(word: str) -> str:
    """The stem of a folded word, as the index has it."""
    return known_stems().get(word) or without_rule(word, "stem")


def one_letter_apart(stem: str) -> Iterator[str]:
    """The stems that differ from this one in a letter of an alternation, or lack a vowel of it."""
    for place, letter in enumerate(stem):
        before, after = stem[:place], stem[place + 1 :]
        for group in ALTERNATIONS:
            if letter in group:
                yield from (before + other + after for other in group if other != letter)
        if letter in LEFT_OUT and before and after:  # a last alef is the accusative
            yield before + after


def pairs(counts: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    """Candidate pairs of frequent stems, the more frequent one first."""
    frequent = {
        stem
        for stem, count in counts.items()
        if count >= LEAST_COUNT and len(stem) >= LEAST_LENGTH and ARABIC_WORD.fullmatch(stem)
    }
    found = {
        tuple(sorted((stem, other), key=lambda one: (-counts[one], one)))
        for stem in frequent
        for other in one_letter_apart(stem)
        if other in frequent
    }
    yield from ((one, other) for one, other in sorted(found))


def neighbours(texts: Iterable[list[str]], wanted: set[str]) -> dict[str, Counter[str]]:
    """The stems around each wanted stem, with their counts."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for stems in texts:
        for place, stem in enumerate(stems):
            if stem in wanted:
                around = (*stems[max(0, place - WINDOW) : place], *stems[place + 1 :][:WINDOW])
                found[stem].update(around)
    return found


def weighed(around: Mapping[str, int], counts: Mapping[str, int], total: int) -> Vector:
    """Positive pointwise mutual information of each neighbour."""
    seen = sum(around.values())
    by_chance = {one: counts[one] / total for one in around}
    weights = {one: math.log(n / seen / by_chance[one]) for one, n in around.items()}
    return {one: weight for one, weight in weights.items() if weight > 0}


def cosine(one: Vector, other: Vector) -> float:
    """From 0 (no neighbour in common) to 1."""
    shared = sum(weight * other[key] for key, weight in one.items() if key in other)
    lengths = math.hypot(*one.values()) * math.hypot(*other.values())
    return shared / lengths if lengths else 0.0


def of_one_root(one: Counter[str], other: Counter[str]) -> bool:
    """Whether the most frequent forms of two stems have the same Arabic root."""
    first, second = (root_of(forms.most_common(1)[0][0]) for forms in (one, other))
    return first == second and len(first) <= ROOT_LENGTH


@cache
def root_of(word: str) -> str:
    """The root that ISRI finds of a folded word."""
    return str(ISRIStemmer().stem(word))


def listed() -> set[frozenset[str]]:
    """The pairs of stems that the list joins already."""
    return {
        frozenset((stem_of(key), stem_of(lookup_key(words(other)))))
        for key, others in spelling_variants().items()
        for other in others
    }


def candidates(texts: list[str]) -> list[tuple[float, str, str, Mapping[str, Counter[str]]]]:
    """Similarity, two stems and the forms of all stems; most similar first."""
    ignored = stop_words()
    stems_of_texts: list[list[str]] = []
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        folded = [one for one in map(fold, words(text)) if one not in ignored]
        stems = list(map(stem_of, folded))
        for stem, word in zip(stems, folded, strict=True):
            forms[stem][word] += 1
        stems_of_texts.append(stems)
    counts = {stem: words_of.total() for stem, words_of in forms.items()}
    total = sum(counts.values())
    known = listed()
    found = [
        pair
        for pair in pairs(counts)
        if frozenset(pair) not in known and not of_one_root(*(forms[stem] for stem in pair))
    ]
    around = neighbours(stems_of_texts, set(chain.from_iterable(found)))
    vectors = {stem: weighed(near, counts, total) for stem, near in around.items()}
    rated = [(cosine(vectors[one], vectors[other]), one, other) for one, other in found]
    return [
        (similar, one, other, forms)
        for similar, one, other in sorted(rated, reverse=True)
        if similar >= LEAST_SIMILAR
    ]


def shown(stem: str, forms: Mapping[str, Counter[str]]) -> str:
    """A stem with its count and most frequent forms."""
    most = " ".join(word for word, _ in forms[stem].most_common(FORMS_SHOWN))
    return f"{stem} {forms[stem].total()} ({most})"


def main() -> None:
    """Read the corpus, print the candidates."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("corpus", type=Path, help="ant.jsonl.gz")
    given = arguments.parse_args()
    for similar, one, other, forms in candidates(list(ant_texts(given.corpus))):
        print(f"{similar:.2f}\t{shown(one, forms)}\t{shown(other, forms)}")


if __name__ == "__main__":
    main()
