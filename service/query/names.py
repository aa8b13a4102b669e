"""Which neighbouring words of a query are one name: of an agency, in the lists of spellings and of
words that say when, or a designation.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from mappings.agencies import Registry
from mappings.arabic.letters import fold
from mappings.arabic.morphology import without_attached
from mappings.arabic.numerals import opens_designation, other_numbers
from mappings.arabic.variants import other_spellings as listed_spellings
from mappings.arabic.word_lists import (
    lookup_key,
    name_openings,
    names_with_when,
    openings_with_when,
)
from service.query.designations import is_designation
from service.query.when import meaning_of

# What is made of one word or unit is kept: words recur from query to query, queries do not.
cached_by_word = lru_cache(maxsize=4096)

LONGEST_NAME: Final = 4  # words of the longest entry that is looked up in the list of variants


def opening_name(ahead: tuple[str, ...], registry: Registry | None) -> tuple[str, ...]:
    """The longest name that `ahead` begins with, else its first word."""
    if _opens_name(registry, ahead[0]):
        for length in range(len(ahead), 1, -1):
            part = ahead[:length]
            if is_designation(part) or other_spellings(part) or _is_name(registry, part):
                return part
    return ahead[:1]


@cached_by_word
def _opens_name(registry: Registry | None, word: str) -> bool:
    """Whether a known name of several words may begin with this word."""
    folded = fold(word)
    listed = not name_openings().isdisjoint((folded, without_attached(folded)))
    dated = folded in openings_with_when() or folded.isdecimal()
    return (
        listed
        or dated
        or opens_designation(word)
        or (registry is not None and registry.opens_name(word))
    )


@cached_by_word
def _is_name(registry: Registry | None, part: tuple[str, ...]) -> bool:
    """Whether these words together name an agency, say when (كانون الثاني), or are a name in which
    a word that seems to say so does not: one of the list, of the registry (روسيا اليوم, RT), or a
    day (25 يناير, which is a revolution as often as a date).
    """
    if agency_of(registry, part) or meaning_of(part) or lookup_key(part) in names_with_when():
        return True
    if part[0].isdecimal() and len(part) == 2:
        return (meaning_of(part[1:]) or "").isdecimal() and len(part[0]) < 3
    holds_date = any(meaning_of((word,)) for word in part)
    return holds_date and registry is not None and registry.get_exact(" ".join(part)) is not None


@cached_by_word
def agency_of(registry: Registry | None, part: tuple[str, ...]) -> str | None:
    """The id of the agency that these words mean, themselves or in another spelling."""
    if registry is None:
        return None
    for spelling in (" ".join(part), *other_spellings(part)):
        if agency := registry.meant_by(spelling):
            return agency.id
    return None


@cached_by_word
def other_spellings(run: tuple[str, ...]) -> tuple[str, ...]:
    """The other spellings of the name that `run` is, whatever article, particle or ending it
    carries here; of a number with and without commas.
    """
    return listed_spellings(run) or (other_numbers(fold(run[0])) if len(run) == 1 else ())
