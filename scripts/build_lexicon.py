#!/usr/bin/env python3
"""Writes mappings/words/lexicon/: what the analysis makes of each frequent word, as rules for
`stemmer_override`.

    .venv/bin/python scripts/build_lexicon.py ../shared/corpora/ant.jsonl.gz

`names` keeps names whole, from mappings/words/names.txt. Three views of any other word: `stem`
takes off attached particles where the corpus shows that they are particles (وقال yes, وزير no),
`lemma` joins broken plurals (رؤساء to رئيس), `root` the words of one root. A word whose rule says
no more than the light stemmer does has no rule. `whole` lists words that only seem to carry a
particle, `regular` the frequent words without any rule. The same input gives the same files, byte
for byte. Needs the dependency group `lexicon` (simplemma, nltk).
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from importlib.metadata import version
from pathlib import Path

from nltk.stem.isri import ISRIStemmer
from simplemma import lemmatize

from mappings.analysis import ROOT_BEGINNING
from mappings.arabic.letters import fold, words
from mappings.arabic.morphology import (
    ARABIC_WORD,
    FEH,
    LIGHT_PREFIXES,
    LIGHT_SUFFIXES,
    particles_of,
    without_conjunction,
    without_pronoun,
)
from mappings.arabic.word_lists import Lexicon, names
from scripts.lexicon_names import all_forms, name_readings, own_forms
from scripts.lexicon_pronouns import noun_of
from scripts.lexicon_segments import Segmenter

FOLDER = Path(__file__).parents[1] / "mappings" / "words" / "lexicon"

# Words seen fewer times are left to the light stemmer: 10 keeps the files at 1 MB, which
# Elasticsearch reads in well under a second when an index is made; 3 doubles that and brings .001
# to .003 nDCG@10.
LEAST_COUNT = 10

# Of a noun with a pronoun all forms together are frequent, each of them is not.
LEAST_COUNT_OF_FORMS = 3

# ISRI gives back a word that it finds no root of, a little cut; the beginning of the stem joins
# more of its forms. ARCD +.002, XQuAD +.002 nDCG@10.
ROOT_LENGTH = 3

# "of/for/by/and God": the article of the name is written with the particle, so no rule of particles
# finds it.
WRITTEN_WITH_PARTICLE = dict.fromkeys(("لله", "ولله", "بالله", "والله", "وبالله", "فالله"), "الله")
SOURCES = f"""\
# Written by scripts/build_lexicon.py; edit the script, not this file.
# Words and counts: ANT v2.1, 31,525 news articles of 2018
# (github.com/antcorpus/antcorpus.data, Apache-2.0); no text of it is here, only single words
# seen {LEAST_COUNT} times or more.
"""
CREDITS = {
    "stem": "# Segmentation: by those counts alone.\n",
    "lemma": f"""\
# Lemmas: simplemma {version("simplemma")} (MIT). Its Arabic list derives from databases
# under the Open Database License and CC BY-SA: NOTICE, beside this file, names them.
""",
    "names": "# Names: mappings/words/names.txt, which is written by hand.\n",
    "whole": "# Words that only seem to begin with a particle: the query builder takes nothing "
    "off them.\n",
    "regular": "# Words that need no rule: did you mean takes them, as all words of the lexicon, "
    "for well spelt.\n",
    "root": f"# Roots: ISRIStemmer of NLTK {version('nltk')} (Apache-2.0).\n",
}


def light_suffixless(word: str) -> str:
    """`word` without the endings that the light stemmer takes off."""
    for suffix in LIGHT_SUFFIXES:
        if word.endswith(suffix) and len(word) >= len(suffix) + 2:
            word = word[: -len(suffix)]
    return word


def without_rule(word: str, view: Lexicon) -> str:
    """What the analysis makes of a word that has no rule: it is left to Lucene's light stemmer."""
    word = without_conjunction(word)
    word = without_pronoun(word) if view == "lemma" else word
    for prefix in LIGHT_PREFIXES:
        if word.startswith(prefix) and len(word) >= (4 if len(prefix) == 1 else len(prefix) + 2):
            word = word[len(prefix) :]
            break
    return light_suffixless(word)


def count_words(texts: Iterable[str]) -> dict[str, Counter[str]]:
    """Folded word -> its spellings with their counts. Spellings keep hamza and ta marbuta, for the
    lemmatiser.
    """
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        for word in words(text):
            counted[fold(word)][word] += 1
    return counted


def tables(
    counted: Mapping[str, Counter[str]], own: Mapping[str, str]
) -> dict[Lexicon, dict[str, str]]:
    """File -> folded word -> its reading, of every word that is frequent enough; `own` are the
    forms of names.

    The rules of `names` come before those of `stem` and `lemma`, which leave its words out. Roots
    keep them: a root ranks and never decides what matches, and with names whole in its view XQuAD
    lost .001 nDCG@10.
    """
    roots = ISRIStemmer()
    readings: dict[Lexicon, dict[str, str]] = {"stem": {}, "lemma": {}, "root": {}}
    counts = {word: spellings.total() for word, spellings in counted.items()}
    names_in_use = all_forms(own, counts)
    segmenter = Segmenter(counts)
    for word, spellings in counted.items():
        if not ARABIC_WORD.fullmatch(word) or spellings.total() < LEAST_COUNT:
            continue
        counted_as = WRITTEN_WITH_PARTICLE.get(word, word)
        spellings = counted[counted_as]
        # Of equally frequent spellings the first in order, so that the result does not hang on that
        # of the texts.
        spelling = min(spellings, key=lambda one: (-spellings[one], one))
        cut = segmenter.prefix_length(counted_as)
        stem, root = light_suffixless(counted_as[cut:]), fold(roots.stem(spelling))
        readings["root"][word] = root if len(root) <= ROOT_LENGTH else stem[:ROOT_BEGINNING]
        if word in names_in_use:
            continue
        inner = spelling[cut:] if fold(spelling[cut:]) == counted_as[cut:] else counted_as[cut:]
        lemma = fold(lemmatize(spelling, "ar"))
        if lemma == counted_as:
            lemma = fold(lemmatize(inner, "ar"))
        readings["stem"][word] = stem
        readings["lemma"][word] = light_suffixless(lemma)
    nouns = nouns_with_pronouns(counted, names_in_use)
    for view in ("stem", "lemma"):
        known = readings[view]
        of_nouns = {
            word: known.get(noun) or without_rule(noun, view) for word, noun in nouns.items()
        }
        readings[view] = {**behind_so(of_nouns, known), **known, **of_nouns}
    taken = {*readings["stem"].values(), *readings["lemma"].values()}
    # With a sign no filter takes the end of a name for a pronoun: فيينا (Vienna).
    taken |= {name for name in names_in_use.values() if without_pronoun(name) != name}
    return {"names": name_readings(names_in_use, taken), **readings}


def nouns_with_pronouns(
    counted: Mapping[str, Counter[str]], names_in_use: Collection[str]
) -> dict[str, str]:
    """The words that are a noun with a pronoun -> the noun, folded; no names."""
    written = Counter[str]()
    for spellings in counted.values():
        written.update(spellings)
    found: dict[str, str] = {}
    for word, spellings in counted.items():
        if spellings.total() < LEAST_COUNT_OF_FORMS or not ARABIC_WORD.fullmatch(word):
            continue
        spelling = min(spellings, key=lambda one: (-spellings[one], one))
        if word not in names_in_use and (noun := noun_of(spelling, written)):
            found[word] = fold(noun)
    return found


def behind_so(readings: Mapping[str, str], frequent: Collection[str]) -> dict[str, str]:
    """The frequent words among them behind ف (so): no filter could tell it in فأطفالهم (so their
    children) from the first letter of فكرتهم (their idea).
    """
    return {FEH + word: reading for word, reading in readings.items() if word in frequent}


def whole_words(counted: Mapping[str, Counter[str]], own: Collection[str]) -> list[str]:
    """The names and frequent words that begin with the letter of a particle but carry none (وزارة,
    لبنان, بغداد).
    """
    segmenter = Segmenter({word: spellings.total() for word, spellings in counted.items()})
    frequent = {
        word
        for word, spellings in counted.items()
        if spellings.total() >= LEAST_COUNT
        and ARABIC_WORD.fullmatch(word)
        and segmenter.prefix_length(word) == 0
    }
    return sorted(word for word in frequent.union(own) if particles_of(word))


def write_words(folder: Path, name: str, listed: Collection[str]) -> None:
    """A file of single words, one a line."""
    head = f"{SOURCES}{CREDITS[name]}# {len(listed)} words.\n"
    (folder / f"{name}.txt").write_text(head + "\n".join(sorted(listed)) + "\n", "utf-8")
    print(f"{name}: {len(listed)} words")


def rules(table: Mapping[str, str], view: Lexicon) -> list[str]:
    """`table` as grouped rules, `word, word => reading`: one line costs Elasticsearch as much as
    one rule does.

    The view of roots keeps the beginning of a word without a rule.
    """
    longest = ROOT_BEGINNING if view == "root" else None
    groups: dict[str, list[str]] = defaultdict(list)
    for word, reading in table.items():
        if reading and reading != without_rule(word, view)[:longest]:
            groups[reading].append(word)
    return [f"{', '.join(sorted(group))} => {reading}" for reading, group in sorted(groups.items())]


def ant_texts(path: Path) -> Iterator[str]:
    """Title and text of every distinct article: copies would count their words again."""
    seen: set[str] = set()
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            article = json.loads(line)
            body = " ".join(article["text"].split())
            if body and body not in seen:
                seen.add(body)
                yield f"{article['title']}\n{article['text']}"


def main() -> None:
    """Read the corpus, write the files, print their sizes."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("corpus", type=Path, help="ant.jsonl.gz")
    arguments.add_argument("--into", type=Path, default=FOLDER, help="folder to write to")
    given = arguments.parse_args()
    counted = count_words(ant_texts(given.corpus))
    own = own_forms(names(), {word: spellings.total() for word, spellings in counted.items()})
    whole = whole_words(counted, own)
    write_words(given.into, "whole", whole)
    views = tables(counted, own)
    regular = set(views["root"]).difference(whole)  # roots are of every frequent word
    for view, table in views.items():
        lines = rules(table, view)
        regular -= {word for line in lines for word in line.partition(" => ")[0].split(", ")}
        of_words = sum(line.count(",") + 1 for line in lines)
        head = f"{SOURCES}{CREDITS[view]}# {len(lines)} rules for {of_words} words.\n"
        text = head + "\n".join(lines) + "\n"
        (given.into / f"{view}.txt").write_text(text, "utf-8")
        print(
            f"{view}: {len(lines)} rules for {of_words} of {len(table)} words, "
            f"{len(text.encode()) / 1e6:.2f} MB"
        )
    write_words(given.into, "regular", regular)


if __name__ == "__main__":
    main()
