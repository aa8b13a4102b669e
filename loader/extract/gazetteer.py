"""Cities, countries and given names: the lists that decide where nothing but a word tells place,
person and agency.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from mappings.agencies import name_key

# "جواهر في الشرطة" is a headline although جواهر is a name.
_PARTICLE_WORDS = (
    "في من عن إلى مع بعد قبل هل لا لم لن ما كيف لماذا متى هو هي"  # على folds to the name علي
)
_PARTICLES = frozenset(map(name_key, _PARTICLE_WORDS.split()))


@lru_cache(maxsize=1)
def places() -> frozenset[str]:
    """The keys of every place of `places.txt`."""
    return _names("places.txt")


@lru_cache(maxsize=1)
def countries() -> frozenset[str]:
    """The keys of the countries of `places.txt`."""
    text = Path(__file__).with_name("places.txt").read_text(encoding="utf-8")
    line = text.partition("# Countries")[2].split("\n")[1]
    return frozenset(name_key(name) for name in line.split(","))


@lru_cache(maxsize=1)
def given_names() -> frozenset[str]:
    """The keys of every name of `given_names.txt`."""
    return _names("given_names.txt")


def _names(file: str) -> frozenset[str]:
    lines = Path(__file__).with_name(file).read_text(encoding="utf-8").splitlines()
    names = (name for line in lines if not line.startswith("#") for name in line.split(","))
    return frozenset(key for name in names if (key := name_key(name)))


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
