"""What a reader's query consists of, as `syntax.parse` understood it and `matching` turns it into
clauses.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

TextField = Literal["title", "body"]


@dataclass(frozen=True, slots=True)
class Word:
    """One word as typed (hygiene applied, letters unfolded). `prefix`: `word*`."""

    text: str
    prefix: bool = False
    field: TextField | None = None  # title:word


@dataclass(frozen=True, slots=True)
class Phrase:
    """A quoted phrase, without its quotes."""

    text: str
    field: TextField | None = None


Term = Word | Phrase


@dataclass(frozen=True, slots=True)
class Clause:
    """One part of the query: one term, or alternatives joined by OR. Negated: must not occur."""

    alternatives: tuple[Term, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class AgencyName:
    """Words of the query that name a news agency, and its id."""

    words: tuple[str, ...]
    agency: str


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A whole query. `agencies` come from `agency:` and are filters; `ignored_words` went beyond
    the limit.
    """

    clauses: tuple[Clause, ...] = ()
    agencies: tuple[str, ...] = ()
    not_agencies: tuple[str, ...] = ()
    ignored_words: int = 0
    only_signs: bool = (
        False  # something was typed, but nothing in it can be searched: it finds nothing
    )
    rest: str = ""  # the query without its `agency:` terms, to move those into parameters
    names: tuple[
        AgencyName, ...
    ] = ()  # filled in by agency_names.py, since only the registry knows them

    def __hash__(self) -> int:
        # The key of caches that are asked several times for each search. These three are all that
        # was typed.
        return hash((self.rest, self.agencies, self.not_agencies))

    @property
    def wants_words(self) -> bool:
        """Whether there are words to be found, not only words to be left out: what there is to rank
        by.
        """
        return any(not clause.negated for clause in self.clauses)

    @property
    def is_empty(self) -> bool:
        """Nothing was asked in words (filters may still stand)."""
        return not self.clauses
