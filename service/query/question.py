"""The question as understood: what a query and its parameters ask for, made once, for all who build
a part of the body.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

from mappings.agencies import Registry
from mappings.arabic.letters import words
from service.params import FilterParams, Match, Sort
from service.query.filters import NO_VALUE
from service.query.sorting import applied_sort
from service.query.syntax import ParsedQuery, Phrase, Term, TextField, Word
from service.query.units import (
    Alternative,
    Choice,
    Unit,
    content_units,
    pieces_of,
    read_units,
    single_word,
)

Applied = Literal["all", "any", "exact"]

# With this many content words or fewer, readers mean all of them; longer queries are sentences and
# questions, where asking for all words loses most answers.
ALL_WORDS_UP_TO: Final = 3


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked. `match` is what holds: never "auto".

    `units`: the words that stand alone, each once, then words with a star. Stop words are left out
    unless the query consists of nothing else (`من هو`, who is).
    `others`: phrases and alternatives, in order.
    `excluded`: what must not occur.
    `within`: the field that the parameter `in` asks for; None: title and body.
    `sort`: the order that holds.
    `agencies`, `not_agencies`: ids that `agency:` named, for the filters.
    """

    parsed: ParsedQuery
    units: tuple[Unit, ...]
    others: tuple[Phrase | Choice, ...]
    excluded: tuple[Term, ...]
    match: Applied
    sort: Sort
    within: TextField | None
    agencies: tuple[str, ...]
    not_agencies: tuple[str, ...]

    def asking(self, match: Applied) -> Question:
        """The same question with another `match`."""
        return replace(self, match=match)

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
        return len(self.units) + choices + sum(of_phrases)

    @property
    def can_relax(self) -> bool:
        """Whether asking for any word instead of all may find more."""
        return self.match == "all" and self.findable_alone > 1


def understand(
    parsed: ParsedQuery, params: FilterParams, registry: Registry | None = None
) -> Question:
    """What `parsed` asks for under `params`.

    With a `registry`, names of agencies mean their articles too, unless the text alone is meant
    (one field, exact letters); and names after `agency:` become ids.
    """
    text_alone = params.in_ is not None or params.match == "exact"
    units, others, excluded = read_units(parsed, None if text_alone else registry)
    return Question(
        parsed,
        units,
        others,
        excluded,
        match=_applied(params.match, parsed, units),
        sort=applied_sort(params, has_words=parsed.wants_words),
        within=params.in_,
        agencies=tuple(_agency_id(registry, name) for name in parsed.agencies),
        not_agencies=tuple(_agency_id(registry, name) for name in parsed.not_agencies),
    )


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
    """What `match=auto` means for this query: all of up to three content words, else any of
    them.
    """
    if asked != "auto":
        return asked
    wanted = [clause for clause in parsed.clauses if not clause.negated]
    if any(isinstance(term, Phrase) for clause in wanted for term in clause.alternatives):
        return "all"  # who quotes means what is written
    choices = sum(len(clause.alternatives) > 1 for clause in wanted)
    content = sum(unit.is_content for unit in units)
    return "all" if content + choices <= ALL_WORDS_UP_TO else "any"


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
