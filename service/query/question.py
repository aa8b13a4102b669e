"""The units of meaning of a query: what has to be found, each with its other spellings.

A unit is mostly one word. Words that together are a known name (`فرانس برس`, Agence France-Presse;
`كانون الأول`, December) are one unit, so that its other spellings stand for the whole. Terms are
sent as typed; folding here serves look-ups in the word lists only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from mappings.arabic.letters import fold, words
from mappings.arabic.word_lists import (
    lookup_key,
    name_openings,
    spelling_variants,
    stop_words,
    whole_words,
)
from service.query.terms import AgencyName, Clause, ParsedQuery, Phrase, TextField, Word

# Words beyond this many are not searched for; the parser says so to the reader. Joined words
# (a-b-c) count singly.
MAX_UNITS = 64
# Longer than any question that was judged; of what is longer still (a paste) each unit keeps one
# other spelling, or the clauses would be more than the 1,024 that any Elasticsearch takes.
LONG_QUERY = 24
LONGEST_NAME = 4  # words of the longest entry that is looked up in the list of spelling variants

# What a particle leaves of a word when it is taken off: and/so, in/for/as/will; four letters must
# remain, or short words fall apart (وزير).
_PARTICLES = re.compile(r"(?:[\u0648\u0641]?[\u0628\u0643\u0644\u0633]|[\u0648\u0641])(?=\w{4})")

# What a listed name may carry: and/so, in/for/as, the article; and the feminine and plural endings
# of a nisba (الأمريكية, الأمريكيين are found through أمريكي).
_ATTACHED = re.compile(
    r"^[\u0648\u0641]?(?:\u0627\u0644|\u0628\u0627\u0644|\u0643\u0627\u0644|\u0644\u0644"
    r"|[\u0628\u0643\u0644])?(?=\w{3})"
)
NISBA = re.compile(r"\u064a(?:\u0647|\u0648\u0646|\u064a\u0646|\u0627\u062a)$")


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

    @property
    def text(self) -> str:
        """The words as typed, for phrases."""
        return " ".join(self.words)


@dataclass(frozen=True, slots=True)
class Choice:
    """Alternatives joined by OR, or a single negated term: each a phrase or the units of one
    word.
    """

    alternatives: tuple[Phrase | tuple[Unit, ...], ...]


def without_particles(word: str) -> str | None:
    """The folded word without an attached particle, or None where none is attached; a weak
    alternative only.

    Words that are known to be whole stay so: وزارة (ministry) is not و + زارة (visited).
    """
    folded = fold(word)
    found = None if folded in whole_words() else _PARTICLES.match(folded)
    return folded[found.end() :] if found else None


@lru_cache(
    maxsize=4096
)  # most runs of two words or more end here, and words recur where runs do not
def opens_name(word: str) -> bool:
    """Whether a listed name of several words may begin with this word."""
    folded = fold(word)
    return not name_openings().isdisjoint((folded, _ATTACHED.sub("", folded)))


@lru_cache(maxsize=4096)  # asked for names of agencies, for units and for did you mean
def other_spellings(run: tuple[str, ...]) -> tuple[str, ...]:
    """The other spellings of the name that `run` is, whatever article, particle or nisba ending it
    carries here.
    """
    known, key = spelling_variants(), lookup_key(run)
    bare = _ATTACHED.sub("", key)
    for form in (key, bare, NISBA.sub("\u064a", key), NISBA.sub("\u064a", bare)):
        if form in known:
            return known[form]
    return ()


def with_final_hamza(run: Sequence[str]) -> tuple[str, ...]:
    """The word with the final hamza that many readers leave out (وزرا, رؤسا); shorter words are
    others (بنا, بناء).

    Of a word that ends in alef anyway (روسيا) this makes one that stands nowhere, which costs a
    look-up.
    """
    word = run[-1]
    return (
        (f"{word}\u0621",)
        if len(run) == 1 and len(word) >= 4 and fold(word).endswith("\u0627")
        else ()
    )


def cut(
    run: Sequence[str], opens: Callable[[str], bool], is_name: Callable[[tuple[str, ...]], object]
) -> Iterator[tuple[str, ...]]:
    """A run of neighbouring words in parts: the longest known name that begins there, else a single
    word.

    `opens` says whether a name of several words may begin with a word.
    """
    start = 0
    while start < len(run):
        longest = min(LONGEST_NAME, len(run) - start) if opens(run[start]) else 1
        for length in range(longest, 0, -1):
            part = tuple(run[start : start + length])
            if length == 1 or is_name(part):
                yield part
                start += length
                break


def _group(
    run: Sequence[str], field: TextField | None, names: Sequence[AgencyName] = ()
) -> Iterator[Unit]:
    """The units of a run of neighbouring words."""
    agencies: Mapping[tuple[str, ...], str] = (
        {} if field else {name.words: name.agency for name in names}
    )
    openings = {name[0] for name in agencies}
    for part in cut(
        run,
        lambda word: word in openings or opens_name(word),
        lambda part: part in agencies or other_spellings(part),
    ):
        yield _unit(part, field, agencies.get(part))


@lru_cache(maxsize=4096)
def _unit(part: tuple[str, ...], field: TextField | None, agency: str | None) -> Unit:
    known = other_spellings(part)
    is_content = bool(known or agency) or fold(part[0]) not in stop_words()
    return Unit(
        part, (*known, *with_final_hamza(part)), field, is_content=is_content, agency=agency
    )


@lru_cache(maxsize=4096)
def _pieces(text: str) -> tuple[str, ...]:
    """The words of one typed word; a sign or emoji that is no word stays whole, Elasticsearch
    decides.
    """
    return tuple(piece for piece in words(text) or [text] if fold(piece).strip())


def units_of_word(word: Word, names: Sequence[AgencyName] = ()) -> tuple[Unit, ...]:
    """The units of one typed word: several when it is joined (`كوفيد-19`); none when nothing is
    left of it.
    """
    pieces = _pieces(word.text)
    if word.prefix and pieces:
        return (Unit(pieces, field=word.field, is_prefix=True),)
    return tuple(_group(pieces, word.field, names))


def has_words(phrase: Phrase) -> bool:
    """Whether anything of the phrase can be searched for."""
    return bool(words(phrase.text))


def words_of(term: Phrase) -> tuple[Unit, ...]:
    """The content words of a phrase, one by one."""
    return tuple(
        unit for unit in units_of_word(Word(term.text, field=term.field)) if unit.is_content
    )


def choice(clause: Clause, names: Sequence[AgencyName] = ()) -> Choice | None:
    """The searchable alternatives of an OR or of a negation; None when none is left."""
    alternatives: list[Phrase | tuple[Unit, ...]] = []
    for term in clause.alternatives:
        if isinstance(term, Phrase):
            alternatives += [term] if has_words(term) else []
        elif units := units_of_word(term, names):
            alternatives.append(units)
    return Choice(tuple(alternatives)) if alternatives else None


def runs(parsed: ParsedQuery) -> Iterator[tuple[TextField | None, list[str]]]:
    """The neighbouring words that may make a name together, with their field.

    Not those that are negated, joined by OR, in a phrase or cut off by a star: these part the
    others.
    """
    run: list[str] = []
    field: TextField | None = None
    for clause in parsed.clauses:
        term = (
            clause.alternatives[0] if len(clause.alternatives) == 1 and not clause.negated else None
        )
        if not isinstance(term, Word) or term.prefix or term.field != field:
            yield field, run
            run = []
        if isinstance(term, Word) and not term.prefix:
            field = term.field
            run += _pieces(term.text)
    yield field, run


@lru_cache(maxsize=256)  # asked for five times while one body is built
def plain_units(parsed: ParsedQuery) -> tuple[Unit, ...]:
    """The units of all words that are neither negated, joined by OR, nor in a phrase, each once:
    words, then prefixes.

    Stop words are left out unless the query consists of nothing else (`من هو`, who is).
    """
    units = [unit for field, run in runs(parsed) for unit in _group(run, field, parsed.names)]
    for clause in parsed.clauses:
        term = clause.alternatives[0]
        if (
            isinstance(term, Word)
            and term.prefix
            and len(clause.alternatives) == 1
            and not clause.negated
        ):
            units += units_of_word(term)
    distinct = tuple(dict.fromkeys(units))[:MAX_UNITS]
    only_these_words = all(
        isinstance(c.alternatives[0], Word) and not c.negated for c in parsed.clauses
    )
    if len(distinct) > LONG_QUERY:
        distinct = tuple(replace(unit, variants=unit.variants[:1]) for unit in distinct)
    content = tuple(unit for unit in distinct if unit.is_content)
    return content if content or not only_these_words else distinct


def findable_alone(parsed: ParsedQuery) -> int:
    """How many things `match=any` would find singly: units, alternatives, phrases and the words in
    them.

    With one there is nothing to relax. A phrase of one word stays what it is: who quotes it wants
    it so written.
    """
    found = len(plain_units(parsed))
    for clause in parsed.clauses:
        term = clause.alternatives[0]
        if clause.negated:
            continue
        if len(clause.alternatives) > 1:
            found += 1
        elif isinstance(term, Phrase):
            found += len(words_of(term)) + (len(words(term.text)) > 1)
    return found
