"""The units of meaning of a query: what has to be found, each with its other spellings.

A unit is mostly one word. Words that together are a known name (`فرانس برس`, Agence France-Presse;
`كانون الأول`, December) are one unit, so that its other spellings stand for the whole. Terms are
sent as typed; folding here serves look-ups in the word lists only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from mappings.agencies import Registry
from mappings.arabic.letters import fold, words
from mappings.arabic.morphology import (
    ALEF,
    ARTICLES,
    HAMZA,
    particles_of,
)
from mappings.arabic.numerals import other_designations
from mappings.arabic.word_lists import (
    known_words,
    stop_words,
    whole_words,
)
from service.query.designations import (
    is_designation,
    parts_of,
)
from service.query.names import (
    LONGEST_NAME,
    agency_of,
    cached_by_word,
    opening_name,
    other_spellings,
)
from service.query.syntax import Clause, ParsedQuery, Phrase, Term, TextField, Word
from service.query.when import meaning_of

# Words beyond this many are not searched for; the parser says so to the reader. Joined words
# (a-b-c) count singly.
MAX_UNITS: Final = 64
# Longer than any question that was judged; of what is longer still (a paste) each unit keeps one
# other spelling, or the clauses would be more than the 1,024 that any Elasticsearch takes.
LONG_QUERY: Final = 24


@dataclass(frozen=True, slots=True)
class Unit:
    """What has to be found. `words` as typed; `variants` are other spellings of them all, each one
    or more words.

    `agency` is the news agency that the words name: what it is credited for is found as well.
    """

    words: tuple[str, ...]
    variants: tuple[str, ...] = ()
    field: TextField | None = None
    is_prefix: bool = False
    is_content: bool = True  # False for stop words
    agency: str | None = None
    when: str | None = None  # what the words mean where they say when (when.py)
    is_joined: bool = False  # the words are one thing (S-300), and nothing apart

    @property
    def text(self) -> str:
        """The words as typed, for phrases."""
        return " ".join(self.words)


# What one term asks for: a phrase, or the units of one word.
Alternative = Phrase | tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """Alternatives joined by OR, any of which will do."""

    alternatives: tuple[Alternative, ...]


@dataclass(frozen=True, slots=True)
class Terms:
    """What a query asks for: `units` of all words that stand alone; `pairs` of those that are
    neighbours as typed, each once; phrases and alternatives in order; terms to exclude. Nothing of
    it cannot be searched for.
    """

    units: tuple[Unit, ...]
    pairs: tuple[tuple[Unit, Unit], ...]
    others: tuple[Phrase | Choice, ...]
    excluded: tuple[Term, ...]


def read_terms(parsed: ParsedQuery, registry: Registry | None = None) -> Terms:
    """The terms of a query. With a `registry` names of agencies mean their articles as well."""
    runs = [list(units_of_run(run, field, registry)) for field, run in _runs(parsed)]
    return Terms(
        _units(parsed, [unit for run in runs for unit in run]),
        tuple(
            dict.fromkeys(
                (one, other)
                for run in runs
                for one, other in pairwise(run)
                if one.is_content and other.is_content
            )
        ),
        tuple(_others(parsed, registry)),
        tuple(
            clause.alternatives[0]
            for clause in parsed.clauses
            if clause.negated and _is_searchable(clause.alternatives[0])
        ),
    )


def units_of_run(
    run: Sequence[str], field: TextField | None = None, registry: Registry | None = None
) -> Iterator[Unit]:
    """The units of neighbouring words: the longest known name that begins there, else a single
    word.

    A credit is taken out of the body when an article is loaded, so words alone find only articles
    that mention an agency. With a `registry` the names of agencies mean these as well; words that
    are asked for in one field mean the text alone.
    """
    registry = None if field else registry
    start = 0
    while start < len(run):
        part = opening_name(tuple(run[start : start + LONGEST_NAME]), registry)
        yield _unit(part, field, agency_of(registry, part))
        start += len(part)


def units_of_word(word: Word, registry: Registry | None = None) -> tuple[Unit, ...]:
    """The units of one typed word: several when it is joined (`كوفيد-19`); none when nothing is
    left of it.
    """
    pieces = pieces_of(word.text)
    if word.prefix and pieces:
        return (Unit(pieces, field=word.field, is_prefix=True),)
    return tuple(units_of_run(pieces, word.field, registry))


def apart(units: Iterable[Unit]) -> Iterator[Unit]:
    """`units`, and behind each that is joined its parts as units of their own."""
    for unit in units:
        yield unit
        if unit.is_joined:
            yield from (Unit((word,), field=unit.field) for word in unit.words)


def content_units(phrase: Phrase) -> tuple[Unit, ...]:
    """The content words of a phrase, one by one."""
    return tuple(
        unit for unit in units_of_word(Word(phrase.text, field=phrase.field)) if unit.is_content
    )


def without_particles(word: str) -> str | None:
    """The folded word without an attached particle, or None where none is attached; a weak
    alternative only.

    Words that are known to be whole stay so: وزارة (ministry) is not و + زارة (visited).
    """
    folded = fold(word)
    particles = "" if folded in whole_words() else particles_of(folded)
    return folded.removeprefix(particles) if particles else None


@cached_by_word
def is_made_of_stop_word(word: str) -> bool:
    """Whether nothing but a stop word is left of a word without its article, though the word is
    none that is known: القد would find every قد.
    """
    folded = fold(word)
    bare = next((folded.removeprefix(one) for one in ARTICLES if folded.startswith(one)), folded)
    return bare != folded and bare in stop_words() and folded not in known_words()


def with_final_hamza(run: Sequence[str]) -> tuple[str, ...]:
    """The word with the final hamza that many readers leave out (وزرا, رؤسا); shorter words are
    others (بنا, بناء).

    Of a word that ends in alef anyway (روسيا) this makes one that stands nowhere, which costs a
    look-up.
    """
    word = run[-1]
    if len(run) == 1 and len(word) >= 4 and fold(word).endswith(ALEF):
        return (f"{word}{HAMZA}",)
    return ()


@cached_by_word
def pieces_of(text: str) -> tuple[str, ...]:
    """The words of one typed word; a sign or emoji that is no word stays whole, Elasticsearch
    decides.
    """
    if parts_of(text):
        return (text,)
    return tuple(piece for piece in words(text) or [text] if fold(piece).strip())


@cached_by_word
def _unit(part: tuple[str, ...], field: TextField | None, agency: str | None) -> Unit:
    known, when = other_spellings(part), None if field else meaning_of(part)
    parts = parts_of(part[0]) if len(part) == 1 else None
    is_joined = parts is not None or is_designation(part)
    joined = ("".join(parts),) if parts else ()
    variants = dict.fromkeys((*known, *with_final_hamza(part), *joined, *other_designations(part)))
    return Unit(
        parts or part,
        tuple(variants),
        field,
        is_content=bool(variants or agency or when) or fold(part[0]) not in stop_words(),
        agency=agency,
        when=when,
        is_joined=is_joined,
    )


def _units(parsed: ParsedQuery, units: list[Unit]) -> tuple[Unit, ...]:
    """The units of all words that stand alone: `units`, and those of words with a star."""
    for clause in parsed.clauses:
        word = single_word(clause)
        if word and word.prefix:
            units += units_of_word(word)
    distinct = tuple(dict.fromkeys(units))[:MAX_UNITS]
    if len(distinct) > LONG_QUERY:
        distinct = tuple(replace(unit, variants=unit.variants[:1]) for unit in distinct)
    content = tuple(unit for unit in distinct if unit.is_content)
    return content or (distinct if _holds_only_words(parsed) else ())


def single_word(clause: Clause) -> Word | None:
    """The word that a clause asks for, if it is one word that is neither excluded nor one of
    several alternatives.
    """
    term = clause.alternatives[0]
    alone = len(clause.alternatives) == 1 and not clause.negated
    return term if alone and isinstance(term, Word) else None


def _holds_only_words(parsed: ParsedQuery) -> bool:
    return all(
        isinstance(clause.alternatives[0], Word) and not clause.negated for clause in parsed.clauses
    )


def _runs(parsed: ParsedQuery) -> Iterator[tuple[TextField | None, list[str]]]:
    """The neighbouring words that may make a name together, with their field.

    Not those that are negated, joined by OR, in a phrase or cut off by a star: these part the
    others.
    """
    run: list[str] = []
    field: TextField | None = None
    for clause in parsed.clauses:
        word = single_word(clause)
        plain = word if word and not word.prefix else None
        if plain is None or plain.field != field:
            yield field, run
            run = []
        if plain:
            field = plain.field
            run += pieces_of(plain.text)
    yield field, run


def _others(parsed: ParsedQuery, registry: Registry | None) -> Iterator[Phrase | Choice]:
    """Phrases, and alternatives joined by OR; of neither what cannot be searched for."""
    for clause in parsed.clauses:
        searchable = [term for term in clause.alternatives if _is_searchable(term)]
        if clause.negated or not searchable:
            continue
        if len(clause.alternatives) > 1:
            yield Choice(tuple(alternative_of(term, registry) for term in searchable))
        elif isinstance(searchable[0], Phrase):
            yield searchable[0]


def alternative_of(term: Term, registry: Registry | None = None) -> Alternative:
    """What one term asks for."""
    return term if isinstance(term, Phrase) else units_of_word(term, registry)


def _is_searchable(term: Term) -> bool:
    return bool(words(term.text) if isinstance(term, Phrase) else pieces_of(term.text))
