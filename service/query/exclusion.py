"""What `-word` takes out: articles that have this word, and none that only have a relative of it.

A reader never sees what an exclusion takes away, so it is stricter than a search: the word as
written, what particles and article make of it, its listed spellings; no stems, lemmas, roots.
`-جدة` (Jeddah) keeps جدا (very), `-تونس` (Tunisia) keeps التونسية (Tunisian). A letter in front is
a particle only where the lexicon does not say otherwise.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any, Final

from mappings.arabic.letters import fold, without_marks, words
from mappings.arabic.morphology import (
    ARABIC_WORD,
    ARTICLE,
    BEH,
    CONJUNCTIONS,
    FEH,
    FUTURE,
    IMPERFECT,
    LAM,
    NISBA,
    PREPOSITIONS,
    WAW,
    article_of,
    nisba_ending,
    nisba_of,
    with_article,
)
from mappings.arabic.numerals import other_designations, other_numbers
from mappings.arabic.word_lists import (
    known_stems,
    names_with_article,
    spelling_variants,
    stop_words,
    whole_words,
)
from mappings.index import SubField, sub_field
from service.query.designations import parts_of
from service.query.names import cached_by_word
from service.query.ranking import Boosts, boosts_of, phrase
from service.query.syntax import TextField, Word
from service.query.units import pieces_of, with_final_hamza

Query = dict[str, Any]

# What stands before a name of several words or a joined word; one phrase each, so only the frequent
# ones.
BEFORE_NAMES: Final = ("", WAW, BEH, LAM, ARTICLE)

# Of shorter words a letter in front makes others: كرة (ball), فكرة (idea). The search for a word
# without its particle asks for as many (units.without_particles).
_LONG: Final = 4
_SHORTEST: Final = 3

# Without article, and folded, these are other words, which are everywhere: الإمام (the Imam) and
# أمام (in front of), الأحد (Sunday) and أحد (one of).
_UNLIKE: Final = frozenset(("امام", "احد"))


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
        pieces = parts_of(word.text) or pieces_of(word.text)
        if len(pieces) > 1:
            queries += _names((word.text, *_listed(pieces)), boosts)
            spellings, names = _designations(pieces)
            queries += [query for name in names for query in phrase(name, boosts)]
        elif fold(pieces[0]) in stop_words():
            # علي (Ali) folds to على (on), which every article has: its letters count.
            spellings = ()
            queries += phrase(word.text, boosts, SubField.LETTERS)
        else:
            spellings, names = forms(pieces[0])
            queries += phrase(word.text, boosts) + _names(names, boosts)
        for field in boosts:
            compared.setdefault(field, {}).update(dict.fromkeys(spellings))
    queries += [
        {"terms": {sub_field(field, SubField.PLAIN): [*spellings]}}
        for field, spellings in compared.items()
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
def _designations(pieces: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The other spellings of a name of letters and digits (S-300), of one word and of several."""
    others = other_designations(pieces)
    single = tuple(one for one in others if " " not in one)
    return single, tuple(one for one in others if " " in one)


@cached_by_word
def forms(word: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The folded forms of one word and of its listed spellings; and those spellings that have
    several words.
    """
    folded, bare = fold(word), _without_article(word)
    spellings = [bare, *map(fold, with_final_hamza((bare,))), *other_numbers(folded)]
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
    if not ARABIC_WORD.fullmatch(folded) or folded in whole_words():
        return folded
    stem = known_stems().get(folded)
    if stem is not None and stem in folded:
        # A name keeps the article that is part of it: الرقة (Raqqa) is not رقة.
        bare = folded[folded.find(stem) :]
    else:
        bare = folded[len(article_of(unicodedata.normalize("NFKC", without_marks(word)))) :]
    is_another = len(bare) < _SHORTEST or bare in stop_words() or bare in _UNLIKE
    return folded if is_another else bare


def _listed(run: Sequence[str]) -> tuple[str, ...]:
    """The other spellings of a name; of its nisba with the ending that was typed (الأمريكية:
    الأميركية).

    A spelling too ambiguous to call up the others (ماي, May the month or the minister) excludes
    nothing either.
    """
    known, key = spelling_variants(), fold(" ".join(run))
    listed = [other for other in known.get(key, ()) if fold(" ".join(words(other))) in known]
    if ending := nisba_ending(key):
        others = known.get(nisba_of(key), ())
        listed += [other[:-1] + ending for other in others if other.endswith(NISBA)]
    return tuple(listed)


def _attached(root: str) -> Iterator[str]:
    """A folded word, and what conjunctions, particles and article make of it; none that is another
    word.
    """
    yield root
    if root[:1].isdecimal():  # و40,000 (and 40,000)
        yield from (particle + root for particle in (*CONJUNCTIONS, *PREPOSITIONS))
    if not ARABIC_WORD.fullmatch(root):
        return
    definite = with_article(root)
    if root in names_with_article():  # only "for" changes it: للرقة (for Raqqa)
        definite = (LAM + LAM + root.removeprefix(ARTICLE),)
    particles = (*PREPOSITIONS, FUTURE) if root.startswith(IMPERFECT) else PREPOSITIONS
    made = [*definite, *_behind(particles, [root], least=_LONG)]
    made += _behind(CONJUNCTIONS, made, least=0)
    made += _behind((WAW,), [root], least=_SHORTEST)
    made += _behind((FEH,), [root], least=_LONG)
    yield from (form for form in made if form not in stop_words())


def _behind(particles: Sequence[str], words: Sequence[str], least: int) -> list[str]:
    """The words behind each of these letters, where it is a particle there."""
    return [
        form
        for particle in particles
        for word in words
        if _is_particle(form := particle + word, least)
    ]


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
