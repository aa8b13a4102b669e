"""What `-word` takes out: articles that have this word, and none that only have a relative of it.

A reader never sees what an exclusion takes away, so it is stricter than a search: the word as
written, what particles and article make of it, its listed spellings; no stems, lemmas, roots.
`-جدة` (Jeddah) keeps جدا (very), `-تونس` (Tunisia) keeps التونسية (Tunisian). A letter in front is
a particle only where the lexicon does not say otherwise.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any, Final

from mappings.arabic.letters import fold, without_marks, words
from mappings.arabic.word_lists import (
    known_stems,
    names_with_article,
    spelling_variants,
    stop_words,
    whole_words,
)
from mappings.index import SubField, sub_field
from service.query.ranking import Boosts, boosts_of, phrase
from service.query.syntax import TextField, Word
from service.query.units import NISBA, cached_by_word, with_final_hamza

Query = dict[str, Any]

CONJUNCTIONS: Final = ("و", "ف")  # and, so
ARTICLES: Final = ("ال", "بال", "كال", "لل")  # the; in, as, for the
PARTICLES: Final = ("ب", "ل", "ك")  # in, for, as
# will; before the first letter of an imperfect verb (of the first person it is an alef: too many)
FUTURE: Final = "س"
IMPERFECT: Final = ("ي", "ت", "ن")
# What stands before a name of several words or a joined word; one phrase each, so only the frequent
# ones.
BEFORE_NAMES: Final = ("", "و", "ب", "ل", "ال")

# Of shorter words a letter in front makes others: كرة (ball), فكرة (idea). The search for a word
# without its particle asks for as many (units.without_particles).
_LONG: Final = 4
_SHORTEST: Final = 3

# Without article, and folded, these are other words, which are everywhere: الإمام (the Imam) and
# أمام (in front of), الأحد (Sunday) and أحد (one of).
_UNLIKE: Final = frozenset(("امام", "احد"))

_ARABIC: Final = re.compile(r"[\u0621-\u064a]{2,}")
# An alef that carries a hamza begins no article: إلهام (Ilham) is not "the important".
_WITH_ARTICLE: Final = re.compile(
    r"[\u0648\u0641]?(?:[\u0628\u0643]?\u0627\u0644|\u0644\u0644)(?=\w{3})"
)


def excluded_words(excluded: Sequence[Word], within: TextField | None) -> list[Query]:
    """What an article must not have, any of these. The words as typed are read by Elasticsearch
    alone.

    Their forms are made here and compared as they stand in the index, folded: one clause a field
    for all words (64 excluded words as `match` would be 3,456 clauses; Elasticsearch promises
    1,024).
    """
    queries: list[Query] = []
    compared: dict[str, dict[str, None]] = {}
    for word in excluded:
        boosts = boosts_of(word.field, within)
        pieces = [piece for piece in words(word.text) if fold(piece).strip()]
        if len(pieces) > 1:
            queries += _names((word.text, *_listed(pieces)), boosts)
        elif pieces and fold(pieces[0]) in stop_words():
            # علي (Ali) folds to على (on), which every article has: its letters count.
            queries += phrase(word.text, boosts, SubField.LETTERS)
        else:
            spellings, names = forms(pieces[0]) if pieces else ((), ())
            queries += phrase(word.text, boosts) + _names(names, boosts)
            for field in boosts:
                compared.setdefault(field, {}).update(dict.fromkeys(spellings))
    queries += [
        {"terms": {sub_field(field, SubField.PLAIN): [*found]}}
        for field, found in compared.items()
        if found
    ]
    return [query for place, query in enumerate(queries) if query not in queries[:place]]


def _names(names: tuple[str, ...], boosts: Boosts) -> list[Query]:
    return [
        query
        for name in names
        for before in BEFORE_NAMES
        for query in phrase(before + name, boosts)
    ]


@cached_by_word
def forms(word: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The folded forms of one word and of its listed spellings; and those spellings that have
    several words.
    """
    folded, bare = fold(word), _without_article(word)
    spellings = [bare, *map(fold, with_final_hamza((bare,)))]
    names: list[str] = []
    for spelling in dict.fromkeys((*_listed([folded]), *_listed([bare]))):
        parts = words(spelling)
        if len(parts) == 1:
            spellings.append(fold(parts[0]))
        else:
            names.append(spelling)
    return tuple(
        dict.fromkeys(form for spelling in spellings for form in _attached(spelling))
    ), tuple(names)


def _without_article(word: str) -> str:
    """The word, folded, without the article and particles that it was typed with."""
    folded = fold(word)
    if not _ARABIC.fullmatch(folded) or folded in whole_words():
        return folded
    stem = known_stems().get(folded)
    if (
        stem is not None and stem in folded
    ):  # a name keeps the article that is part of it: الرقة (Raqqa) is not رقة
        bare = folded[folded.find(stem) :]
    else:
        article = _WITH_ARTICLE.match(unicodedata.normalize("NFKC", without_marks(word)))
        bare = folded[article.end() :] if article else folded
    return (
        bare
        if len(bare) >= _SHORTEST and bare not in stop_words() and bare not in _UNLIKE
        else folded
    )


def _listed(run: list[str]) -> tuple[str, ...]:
    """The other spellings of a name; of its nisba with the ending that was typed (الأمريكية:
    الأميركية).

    A spelling too ambiguous to call up the others (ماي, May the month or the minister) excludes
    nothing either.
    """
    known, key = spelling_variants(), fold(" ".join(run))
    found = [other for other in known.get(key, ()) if fold(" ".join(words(other))) in known]
    if ending := NISBA.search(key):
        others = known.get(NISBA.sub("\u064a", key), ())
        found += [other[:-1] + ending[0] for other in others if other.endswith("\u064a")]
    return tuple(found)


def _attached(root: str) -> Iterator[str]:
    """A folded word, and what conjunctions, particles and article make of it; none that is another
    word.
    """
    yield root
    if not _ARABIC.fullmatch(root):
        return
    definite = [before + root for before in ARTICLES]
    if root in names_with_article():  # only "for" changes it: للرقة (for Raqqa)
        definite = [ARTICLES[-1] + root.removeprefix(ARTICLES[0])]
    before_root = (*PARTICLES, FUTURE) if root.startswith(IMPERFECT) else PARTICLES
    made = definite + [
        form for before in before_root if _is_particle(form := before + root, least=_LONG)
    ]
    made += [
        form
        for conjunction in CONJUNCTIONS
        for word in made
        if _is_particle(form := conjunction + word, least=0)
    ]
    made += [form for form in ["\u0648" + root] if _is_particle(form, least=_SHORTEST)]
    made += [form for form in ["\u0641" + root] if _is_particle(form, least=_LONG)]
    yield from (form for form in made if form not in stop_words())


def _is_particle(form: str, least: int) -> bool:
    """Whether the first letter of `form` is a particle: the lexicon says so, or `least` letters or
    more follow it.

    A stem that begins as the word does has kept the letter: the stem of ورقة (paper) is ورق, that
    of بمصر (in Egypt) is مصر.
    """
    stem = known_stems().get(form)
    if stem is not None:
        return not form.startswith(stem)
    return form not in whole_words() and len(form) > least
