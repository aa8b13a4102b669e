"""The question as understood: what a query and its parameters ask for, made once, for all who build
a part of the body.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final, Literal

from mappings.agencies import Registry
from mappings.arabic.letters import words
from service.dates import DayRange
from service.params import FilterParams, Match, Sort, Where
from service.query.filters import NO_VALUE
from service.query.sorting import applied_sort, applied_where
from service.query.syntax import ParsedQuery, Phrase, Term, TextField, Word
from service.query.units import (
    Alternative,
    Choice,
    Terms,
    Unit,
    content_units,
    pieces_of,
    read_terms,
    single_word,
)
from service.query.when import days_of

Applied = Literal["all", "most", "any", "exact"]

# With this many content words or fewer, readers mean all of them.
ALL_WORDS_UP_TO: Final = 3
# Up to so many they mean most of them: «قمة هلسنكي ترامب بوتين» (summit Helsinki Trump Putin)
# counted 5,336 articles by any word, 135 by three of the four. Longer queries are sentences and
# questions, where asking for words loses answers. ARCD by default .834 before and .844 now, XQuAD
# .934 both.
MOST_WORDS_UP_TO: Final = 7
# How many of the words may be missing with "most": one of so many.
MISSING_ONE_IN: Final = 4


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked. `match` is what holds: never "auto".

    `units`: the words that stand alone, each once, then words with a star. Stop words are left out
    unless the query consists of nothing else (`من هو`, who is).
    `pairs`: those of `units` and `when` that are neighbours as typed.
    `others`: phrases and alternatives, in order.
    `when`: the words that say when, which rank and are not asked for; `days` are what they mean.
    `excluded`: what must not occur.
    `within`: the field that the parameter `in` asks for; None: title and body.
    `sort`: the order that holds.
    `where`: "about" asks for every word in title or lead.
    `agencies`, `not_agencies`: ids that `agency:` named, for the filters.
    """

    parsed: ParsedQuery
    units: tuple[Unit, ...]
    pairs: tuple[tuple[Unit, Unit], ...]
    others: tuple[Phrase | Choice, ...]
    when: tuple[Unit, ...]
    days: tuple[DayRange, ...]
    excluded: tuple[Term, ...]
    match: Applied
    sort: Sort
    within: TextField | None
    where: Where
    agencies: tuple[str, ...]
    not_agencies: tuple[str, ...]

    def asking(self, match: Applied) -> Question:
        """The same question with another `match`."""
        return replace(self, match=match)

    @property
    def anywhere(self) -> Question:
        """The same question of the whole text."""
        return replace(self, where="anywhere")

    @property
    def is_empty(self) -> bool:
        """Nothing was asked in words (filters may still stand)."""
        return self.parsed.is_empty

    @property
    def wants_words(self) -> bool:
        """Whether there are words to be found: what there is to rank by."""
        return self.parsed.wants_words

    @property
    def only_stop_words(self) -> bool:
        """Whether the words that stand alone are stop words: else these are left out."""
        return bool(self.units) and not self.units[0].is_content

    @property
    def typed(self) -> list[Word]:
        """The words that stand alone, as typed, stop words too."""
        singles = map(single_word, self.parsed.clauses)
        return [word for word in singles if word and pieces_of(word.text)]

    @property
    def quoted(self) -> list[Phrase]:
        """The phrases that stand alone."""
        return [other for other in self.others if isinstance(other, Phrase)]

    @property
    def alternatives(self) -> Iterator[Alternative]:
        """All of `others`, each alternative apart."""
        for other in self.others:
            yield from other.alternatives if isinstance(other, Choice) else (other,)

    @property
    def wanted_terms(self) -> Iterator[Term]:
        """All terms but the excluded ones, in order, as typed."""
        return (
            term
            for clause in self.parsed.clauses
            if not clause.negated
            for term in clause.alternatives
        )

    @property
    def names(self) -> dict[tuple[str, ...], str]:
        """The words that name a news agency, with its id."""
        units = [*self.units]
        for alternative in self.alternatives:
            units += () if isinstance(alternative, Phrase) else alternative
        return {unit.words: unit.agency for unit in units if unit.agency}

    @property
    def findable_alone(self) -> int:
        """How many things "any" would find singly: units, alternatives, phrases and the words in
        them.

        A phrase of one word stays what it is: who quotes it wants it so written.
        """
        choices = len(self.others) - len(self.quoted)
        of_phrases = [
            len(content_units(phrase)) + (len(words(phrase.text)) > 1) for phrase in self.quoted
        ]
        units = sum(len(unit.words) if unit.is_joined else 1 for unit in self.units)
        return units + choices + sum(of_phrases)

    @property
    def marks_by_reading(self) -> bool:
        """Whether highlights have to read the texts again, which takes its time."""
        return self.match == "exact" or any(unit.is_prefix for unit in self.units)

    @property
    def can_fill(self) -> bool:
        """Whether articles that have some of what is asked for only are near what is meant."""
        return self.match in ("all", "most") and len(self.units) + len(self.others) > 1

    @property
    def can_relax(self) -> bool:
        """Whether asking for any word instead of all may find more."""
        return self.match in ("all", "most") and self.findable_alone > 1


def understand(
    parsed: ParsedQuery,
    params: FilterParams,
    registry: Registry | None = None,
    today: date | None = None,
) -> Question:
    """What `parsed` asks for under `params`.

    With a `registry`, names of agencies mean their articles too, unless the text alone is meant
    (one field, exact letters); and names after `agency:` become ids. `today` is the newsroom's day,
    for words that say when; without it they are only not asked for.
    """
    text_alone = params.in_ is not None or params.match == "exact"
    terms = read_terms(parsed, None if text_alone else registry)
    units, when = _without_when(terms, params.match)
    meanings = [unit.when for unit in when if unit.when]
    return Question(
        parsed,
        units,
        terms.pairs,
        terms.others,
        when,
        days=days_of(meanings, today) if meanings and today else (),
        excluded=terms.excluded,
        match=_applied(params.match, parsed, units),
        sort=applied_sort(params, has_words=parsed.wants_words),
        within=params.in_,
        where=applied_where(params, has_words=parsed.wants_words),
        agencies=tuple(_agency_id(registry, name) for name in parsed.agencies),
        not_agencies=tuple(_agency_id(registry, name) for name in parsed.not_agencies),
    )


def _without_when(terms: Terms, asked: Match) -> tuple[tuple[Unit, ...], tuple[Unit, ...]]:
    """The units that are asked for, and those that only say when. Where nothing else is asked for,
    or every word by name (`all`, `exact`), they are words as all others.
    """
    when = tuple(unit for unit in terms.units if unit.when)
    rest = tuple(unit for unit in terms.units if not unit.when)
    if asked in ("all", "exact") or not (rest or terms.others):
        return terms.units, ()
    return rest, when


def interpret(question: Question) -> dict[str, Any]:
    """What was understood, for `query.interpreted`: clauses with terms, agencies' names, filters,
    ignored words.
    """
    parsed = question.parsed
    return {
        "clauses": [
            {"terms": [_told(term) for term in clause.alternatives], "negated": clause.negated}
            for clause in parsed.clauses
        ],
        "names": [
            {"text": " ".join(name), "agency": agency} for name, agency in question.names.items()
        ],
        "agencies": list(parsed.agencies),
        "not_agencies": list(parsed.not_agencies),
        "ignored_words": parsed.ignored_words,
    }


def _told(term: Term) -> dict[str, Any]:
    kind = "phrase"
    if isinstance(term, Word):
        kind = "prefix" if term.prefix else "word"
    return {"kind": kind, "text": term.text, "field": term.field}


def _applied(asked: Match, parsed: ParsedQuery, units: tuple[Unit, ...]) -> Applied:
    """What `match=auto` means for this query: all of up to three content words, most of a few
    more, else any of them.
    """
    if asked != "auto":
        return asked
    wanted = [clause for clause in parsed.clauses if not clause.negated]
    if any(isinstance(term, Phrase) for clause in wanted for term in clause.alternatives):
        return "all"  # who quotes means what is written
    choices = sum(len(clause.alternatives) > 1 for clause in wanted)
    asked_for = choices + sum(unit.is_content for unit in units)
    if asked_for <= ALL_WORDS_UP_TO:
        return "all"
    return "most" if asked_for <= MOST_WORDS_UP_TO else "any"


def _agency_id(registry: Registry | None, name: str) -> str:
    """The id that a reader's `agency:` names, by id or by any name; a name nobody knows stays and
    finds nothing.
    """
    if registry is None:
        return name
    if name.lower() in registry or name.lower() == NO_VALUE:
        return name.lower()
    agency = registry.resolve(name)
    return agency.id if agency else name
