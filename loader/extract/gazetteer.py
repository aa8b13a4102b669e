"""Cities, countries and given names: the lists that decide where nothing but a word tells place,
person and agency.
"""

from __future__ import annotations

from functools import lru_cache

from loader.extract.word_lists import keys
from mappings.agencies import name_key

# "جواهر في الشرطة" is a headline although جواهر is a name.
_PARTICLE_WORDS = (
    "في من عن إلى مع بعد قبل هل لا لم لن ما كيف لماذا متى هو هي"  # على folds to the name علي
)
_PARTICLES = frozenset(map(name_key, _PARTICLE_WORDS.split()))


@lru_cache(maxsize=1)
def places() -> frozenset[str]:
    """The keys of every place and country."""
    return keys("places") | countries()


@lru_cache(maxsize=1)
def _first_and_last_words() -> frozenset[str]:
    return frozenset(word for place in places() for word in (place.split()[0], place.split()[-1]))


def may_hold_place(first: str, last: str) -> bool:
    """Whether a place may begin with the word `first` or end with the word `last` (keys)."""
    return not _first_and_last_words().isdisjoint((first, last))


@lru_cache(maxsize=1)
def countries() -> frozenset[str]:
    """The keys of the countries."""
    return keys("countries")


@lru_cache(maxsize=1)
def given_names() -> frozenset[str]:
    """The keys of the given names."""
    return keys("given_names")


def is_person(text: str) -> bool:
    """Whether `text` reads as a person's name: two to five words, a known given name first, no
    figure.
    """
    words = name_key(text).split()
    if not 2 <= len(words) <= 5 or any(
        word.isdigit() or len(word) > 14 or word in _PARTICLES for word in words
    ):
        return False
    plain = [word for word in words if word not in ("بن", "بنت", "ال", "ابو", "عبد", "ولد", "ابن")]
    return len(plain) <= 3 and (words[0] in given_names() or words[0].startswith("عبدال"))
