"""Highlights: what of an article answers the query, marked in its own text.

The text is marked by its stored offsets, so tashkeel stays inside a mark and no word is split.
Elasticsearch escapes the text itself (`encoder: html`) before it adds `<mark>`; `escape` is the
same rule for text that is shown without. Marked are the words as written, their stems and lemmas,
and the words of phrases where they stand together. Roots and words without their particle rank an
article but look like errors when marked (1 in 1,000 was unrelated).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from mappings.analysis import Analyzer
from mappings.article import Field
from mappings.index import SubField, sub_field
from service.answer import Highlight
from service.query.names import cached_by_word
from service.query.question import Question
from service.query.ranking import prefix
from service.query.syntax import Phrase, Word
from service.query.units import Unit, content_units, is_made_of_stop_word

Query = dict[str, Any]

FRAGMENTS: Final = 3
FRAGMENT_LENGTH: Final = 160  # characters; about two lines on the page

# Phrases in `letters` and words with a star are marked by reading the text again, which took
# Elasticsearch a second and a half for an article of 2 MB. So many characters (some 15,000 words)
# take a tenth of that; what lies beyond stays unmarked.
LONGEST_ANALYSED: Final = 100_000

# A fragment ends with a sentence or a word; a run of letters without either is cut, marks and all.
LONGEST_FRAGMENT: Final = 1_000
_PIECE: Final = re.compile(r"</?mark>|&[#0-9A-Za-z]{1,8};|.", re.DOTALL)
_CUT: Final = "…"

MARKED_READING: Final = Analyzer.STEM_OR_LEMMA  # a word as written has both

_TAGS: Final = {"encoder": "html", "pre_tags": ["<mark>"], "post_tags": ["</mark>"]}
_ESCAPES: Final = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;", "/": "&#x2F;"},
)


_TITLE_LETTERS: Final = sub_field(Field.TITLE, SubField.LETTERS)
_BODY_LETTERS: Final = sub_field(Field.BODY, SubField.LETTERS)


def escape(text: str) -> str:
    """`text` as HTML, by the rule of Elasticsearch's `html` encoder."""
    return text.translate(_ESCAPES)


def _phrase(field: str, text: str, sub: str) -> Query:
    return {"match_phrase": {sub_field(field, sub): text}}


@cached_by_word
def _spelled(unit: Unit) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words of a unit that are marked singly, and the spellings of several words that are
    marked as phrases.
    """
    single: list[str] = []
    phrases: list[str] = []
    for spelling in (unit.text, *unit.variants):
        parts = spelling.split()
        if len(parts) > 1:
            phrases.append(spelling)
        if spelling == unit.text and any(len(part) > 1 for part in parts):
            single += parts
        elif len(parts) == 1:
            single.append(spelling)
    return tuple(single), tuple(phrases)


def _unit_marks(field: str, units: Iterable[Unit]) -> list[Query]:
    """Marks of units: single words by reading, all at once; initials and names of several words as
    phrases.
    """
    single: list[str] = []
    queries: list[Query] = []
    for unit in units:
        if unit.is_prefix:
            queries += prefix(unit.text, {field: 1.0})
        if is_made_of_stop_word(unit.words[0]):
            queries.append(_phrase(field, unit.text, SubField.PLAIN))
            continue
        words, phrases = _spelled(unit)
        single += words
        queries += [_phrase(field, spelling, SubField.PLAIN) for spelling in phrases]
    if single:
        text = " ".join(dict.fromkeys(single))
        queries.append({"match": {field: {"query": text, "analyzer": MARKED_READING}}})
    return queries


def _marks(question: Question, field: str) -> list[Query]:
    """What is marked in `field`, stemmed; with "any" the words of a phrase as well."""
    units = [] if question.only_stop_words else [*question.units, *question.when]
    phrases = []
    if question.only_stop_words:
        text = " ".join(unit.text for unit in question.units)
        phrases.append(Phrase(text, question.units[0].field))
    for alternative in question.alternatives:
        if isinstance(alternative, Phrase):
            phrases.append(alternative)
        else:
            units += alternative
    if question.match == "any":
        for phrase in question.quoted:
            units += content_units(phrase)

    def is_here(term: Unit | Phrase) -> bool:
        return (term.field or question.within) in (None, field)

    return _unit_marks(field, filter(is_here, units)) + [
        _phrase(field, phrase.text, SubField.PLAIN) for phrase in filter(is_here, phrases)
    ]


def _exact_marks(question: Question, field: str) -> list[Query]:
    """What is marked in `field` when its letters count."""
    return [
        _phrase(field, term.text, SubField.LETTERS)
        for term in question.wanted_terms
        if (term.field or question.within) in (None, field)
        and not (isinstance(term, Word) and term.prefix)
    ]


def _field(marks: list[Query], field: str, letters: bool, **shape: Any) -> dict[str, Query]:
    query = {"bool": {"should": marks}} if marks else {"match_none": {}}
    if letters:
        return {sub_field(field, SubField.LETTERS): {**shape, "highlight_query": query}}
    # Phrases and words with a star are looked for in the field of words as written too.
    beside = any("match_phrase" in mark or "match_bool_prefix" in mark for mark in marks)
    matched = {"matched_fields": [field, sub_field(field, SubField.PLAIN)]} if beside else {}
    return {field: {**shape, **matched, "highlight_query": query}}


def highlight(question: Question) -> Query:
    """The `highlight` part of a search: the title whole, the body in up to three fragments, its
    beginning when nothing of it matched."""
    letters = question.match == "exact"
    marks = _exact_marks if letters else _marks
    title, body = marks(question, Field.TITLE), marks(question, Field.BODY)
    return {
        "type": "unified",
        **_TAGS,
        "require_field_match": True,
        "max_analyzed_offset": LONGEST_ANALYSED,
        "fields": {
            **_field(title, Field.TITLE, letters, number_of_fragments=0),
            **_field(
                body,
                Field.BODY,
                letters,
                number_of_fragments=FRAGMENTS,
                fragment_size=FRAGMENT_LENGTH,
                no_match_size=FRAGMENT_LENGTH,
                order="score",
                boundary_scanner="sentence",
                boundary_scanner_locale="ar",  # sentences end at the Arabic question mark too
            ),
        },
    }


def read_highlight(answered: Mapping[str, Sequence[str]], title: str | None) -> Highlight:
    """A hit's highlights as HTML. `answered` is what Elasticsearch marked; an unmarked title is
    shown escaped.
    """
    marked = answered.get(Field.TITLE) or answered.get(_TITLE_LETTERS)
    if marked:
        whole: str | None = marked[0]
    else:
        whole = escape(title) if title else None
    fragments = answered.get(Field.BODY) or answered.get(_BODY_LETTERS) or ()
    return Highlight(whole, tuple(map(shortened, fragments)))


def shortened(fragment: str) -> str:
    """A fragment of `LONGEST_FRAGMENT` characters at most: of a longer one the beginning of it, or
    the beginning of its first mark where that comes later. References and marks stay whole.
    """
    if len(fragment) <= LONGEST_FRAGMENT:
        return fragment
    mark = fragment.find("<mark>")
    late = mark > LONGEST_FRAGMENT // 2
    pieces = [_CUT] if late else []
    length, is_open = 0, False
    for piece in _PIECE.finditer(fragment, mark if late else 0):
        if len(piece[0]) > 1 and piece[0].endswith("mark>"):
            is_open = piece[0] == "<mark>"
        elif length == LONGEST_FRAGMENT:
            break
        else:
            length += 1
        pieces.append(piece[0])
    pieces += ["</mark>"] if is_open else []
    return "".join([*pieces, _CUT])
