"""The reader's query -> `ParsedQuery`. Never fails: what is not understood as syntax is text.

Understood: words, phrases in quotes of any kind, a minus or `NOT` before a term, `OR` or `أو` (or)
and `AND` between two terms, `word*`; before a term `title:`, `body:` and `agency:`, also as عنوان:,
المتن: and وكالة:. No other sign means anything, so no foreign syntax reaches Elasticsearch.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Literal

from mappings.arabic.text import clean_text

# Words of phrases counted; beyond it is a paste. Their clauses stay below 1,024
# (question.LONG_QUERY).
MAX_WORDS = 64
MIN_PREFIX = 3  # letters before `*`: fewer match a large part of the vocabulary, and are left out

OR_WORDS = frozenset({"OR", "أو", "او"})  # "or", also without its hamza
TextField = Literal["title", "body"]
FieldName = Literal["title", "body", "agency"]

AND_WORD, NOT_WORD = "AND", "NOT"  # in capitals, or they are words; words are joined by AND anyway
# "title", "the title"; "text", "the text"; "agency", "the agency".
FIELD_NAMES: dict[str, FieldName] = {
    "title": "title", "عنوان": "title", "العنوان": "title",
    "body": "body", "متن": "body", "المتن": "body",
    "agency": "agency", "وكالة": "agency", "الوكالة": "agency",
}  # fmt: skip
# What people type for a minus: hyphen, minus sign, en dash.
MINUS_SIGNS = "\u2212\u2013-"

_OPERATORS = OR_WORDS | {AND_WORD, NOT_WORD}

# An opening sign is closed by any sign of its own kind: in right-to-left typing the two often
# change places.
_QUOTES = {
    **dict.fromkeys('"\uff02', '"\uff02'),
    **dict.fromkeys("«»\u2039\u203a", "«»\u2039\u203a"),  # guillemets, double and single
    **dict.fromkeys("“”„‟", '“”„‟"'),
}
_QUOTE_SIGNS = "".join(_QUOTES)

# Separators of words beside white space. Point, hyphen, apostrophe and the like stay inside a word:
# أ.ف.ب, كوفيد-19.
_SEPARATORS = r"\s،؛؟,;?!()\[\]{}<>|/\\=+~^&:#…" + re.escape(_QUOTE_SIGNS)
# A comma between digits belongs to the number: 6,175.
_WORD = re.compile(rf"(?:[^{_SEPARATORS}]|(?<=\d)[,،](?=\d))+")
_MINUS = re.compile(rf"[{MINUS_SIGNS}](?=[^\s{MINUS_SIGNS}])|{NOT_WORD} (?=\S)")
_FOLLOWED = re.compile(r" \S")
_FIELD = re.compile(rf"({'|'.join(FIELD_NAMES)}):(?=\S)", re.IGNORECASE)
# Signs that say nothing at the edge of a word; among them typographic apostrophes, tatweel, bullets
# and dashes.
_EDGES = "-.*_'`@%$\u2018\u2019\u0640\u00a7\u2022\u00b7\u2013\u2014\u2212"
_HAS_LETTER = re.compile(r"\w")
# Words of letters and digits alone, as most queries are.
_PLAIN = re.compile(r"[^\W_\u0640]+(?: [^\W_\u0640]+)*")


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
class ParsedQuery:
    """A whole query. `agencies` come from `agency:` and are filters; `ignored_words` went beyond
    the limit.
    """

    clauses: tuple[Clause, ...] = ()
    agencies: tuple[str, ...] = ()
    not_agencies: tuple[str, ...] = ()
    ignored_words: int = 0
    # something was typed, but nothing in it can be searched: it finds nothing
    only_signs: bool = False
    rest: str = ""  # the query without its `agency:` terms, to move those into parameters
    text: str = field(default="", compare=False)  # the query as typed, cleaned

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


def parse(q: str) -> ParsedQuery:
    """Read a query of any content; the result is empty when it holds no word."""
    text = clean_text(q)
    if _PLAIN.fullmatch(text):
        words = text.split(" ")
        if len(words) <= MAX_WORDS and _OPERATORS.isdisjoint(words):
            return ParsedQuery(tuple(map(_plain_clause, words)), rest=text, text=text)
    return replace(_Reader(text).read(), text=text)


@lru_cache(maxsize=4096)
def _plain_clause(word: str) -> Clause:
    return Clause((Word(word),))


class _Reader:
    """One pass over the text, left to right."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.place = 0
        self.words = 0
        self.ignored = 0
        self.clauses: list[Clause] = []
        self.agencies: list[str] = []
        self.not_agencies: list[str] = []
        self.cuts: list[tuple[int, int]] = []  # where agency terms stand, and OR beside them
        self.pending_or: tuple[int, int] | None = (
            None  # where an OR word stands that waits for its right side
        )
        self.after_agency = False

    def read(self) -> ParsedQuery:
        while self.place < len(self.text):
            if self.text[self.place].isspace():
                self.place += 1
            else:
                self._read_item()
        self._settle_or()
        nothing = not (self.clauses or self.agencies or self.not_agencies)
        return ParsedQuery(
            tuple(self.clauses),
            tuple(self.agencies),
            tuple(self.not_agencies),
            self.ignored,
            only_signs=nothing and bool(self.text.strip()),
            rest=self._rest(),
        )

    def _rest(self) -> str:
        """The query without its agency terms."""
        edges = [0, *(edge for cut in self.cuts for edge in cut), len(self.text)]
        kept = [self.text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True)]
        return " ".join("".join(kept).split())

    def _read_item(self) -> None:
        """Read one term with what stands before it: sign, then field name, then quotes or a
        word.
        """
        start = self.place
        negated = self._take_minus()
        field = self._take_field()
        while not (word_here := _WORD.match(self.text, self.place)):
            phrase = self._take_quoted()
            if phrase is not None:
                self._add_text(phrase, field, negated, start, quoted=True)
                return
            # a sign that means nothing; what stands before it still holds for the word behind:
            # -(word)
            self.place += 1
            if not (negated or field) or not self._here or self._here.isspace():
                return
        self.place = word_here.end()
        word = word_here[0]
        if negated or field is not None or not self._joins(word, start):
            self._add_text(word, field, negated, start, quoted=False)

    def _joins(self, word: str, start: int) -> bool:
        """Whether the word that stands at `start` is an operator between two terms, and so no
        term.
        """
        if word == AND_WORD:  # all words are asked for anyway
            between = self.pending_or is None and bool(self.clauses)
            return between and bool(_FOLLOWED.match(self.text, self.place))
        if word not in OR_WORDS:
            return False
        if self.after_agency:  # agencies are joined by OR anyway, and to words they cannot be
            self.cuts.append((start, self.place))
            return True
        if self._can_join():
            self.pending_or = (start, self.place)
            return True
        return False

    @property
    def _here(self) -> str:
        return self.text[self.place : self.place + 1]

    def _take_minus(self) -> bool:
        """A minus counts at the beginning or after white space, and before something; so does
        NOT.
        """
        starts = self.place == 0 or self.text[self.place - 1].isspace()
        minus = _MINUS.match(self.text, self.place) if starts else None
        if minus:
            self.place = minus.end()
        return minus is not None

    def _take_field(self) -> FieldName | None:
        name = _FIELD.match(self.text, self.place)
        if not name:
            return None
        self.place = name.end()
        return FIELD_NAMES[name[1].lower()]

    def _take_quoted(self) -> str | None:
        """The quoted text that begins here, or None: a sign that is not closed means nothing."""
        closing = _QUOTES.get(self._here, "")
        ends = [end for sign in closing if (end := self.text.find(sign, self.place + 1)) >= 0]
        if not ends:
            return None
        quoted = self.text[self.place + 1 : min(ends)]
        self.place = min(ends) + 1
        return quoted

    def _can_join(self) -> bool:
        return self.pending_or is None and bool(self.clauses) and not self.clauses[-1].negated

    def _settle_or(self) -> None:
        """An OR without a right side was only a word."""
        if self.pending_or is not None:
            (start, end), self.pending_or = self.pending_or, None
            self._add_term(Word(self.text[start:end]), negated=False)

    def _add_text(
        self, text: str, field: FieldName | None, negated: bool, start: int, *, quoted: bool
    ) -> None:
        self.after_agency = field == "agency"
        if self.after_agency:
            if self.pending_or is not None:
                self.cuts.append(self.pending_or)
                self.pending_or = None
            self.cuts.append((start, self.place))
            name = " ".join(text.split()).strip(_EDGES)
            if name:
                (self.not_agencies if negated else self.agencies).append(name)
            return
        where: TextField | None = None if field == "agency" else field
        if quoted:
            words = " ".join(_WORD.findall(text)).split()
            if any(_HAS_LETTER.search(word) for word in words):
                self._add_term(Phrase(" ".join(words), field=where), negated, cost=len(words))
            return
        if word := _word(text, where):
            self._add_term(word, negated)

    def _add_term(self, term: Term, negated: bool, cost: int = 1) -> None:
        if self.words + cost > MAX_WORDS:
            self.ignored += cost
            self.pending_or = None
            return
        self.words += cost
        if self.pending_or is not None:
            (start, end), self.pending_or = self.pending_or, None
            if not negated:
                last = self.clauses[-1]
                self.clauses[-1] = replace(last, alternatives=(*last.alternatives, term))
                return
            self._add_term(Word(self.text[start:end]), negated=False)
        self.clauses.append(Clause((term,), negated))


def _word(text: str, where: TextField | None) -> Word | None:
    """The word that was typed; None for signs, and for too short a beginning."""
    bare = text.strip(_EDGES)
    if not _HAS_LETTER.search(bare):
        return None
    prefix = text.endswith("*") and not bare.isdecimal()  # 5* is a hotel
    if prefix and sum(map(str.isalnum, bare)) < MIN_PREFIX:
        return None
    return Word(bare, prefix=prefix, field=where)
