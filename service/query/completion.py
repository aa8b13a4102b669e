"""Suggestions while typing: what the completion field is asked, and what its answer offers. Nothing
here calls it.

The field holds word groups that recur in headlines, with their counts as weights
(loader/index/completions.py). A reader's text is completed as a whole where it begins such a group;
else its last words are, and the words before them stay.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from mappings.arabic.letters import fold, words
from mappings.arabic.text import clean_text
from mappings.article import Field
from mappings.index import SubField, sub_field
from service.query.filters import VISIBLE
from service.query.keyboard import typed_in_arabic, typed_in_latin

Query = dict[str, Any]

LONGEST_GROUP: Final = 3  # words of the longest group in the field
LONGEST_PREFIX: Final = 60  # characters, the field's own limit
FEWEST_TO_FINISH: Final = (
    2  # letters of a last word before it is completed without the words before it
)
# Spellings of one group stand apart in the field, and groups that are left out take a place.
ASKED_FOR_EACH: Final = 3


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A query to offer. `count` is about how many headlines have the completed words.

    Words that were completed apart from those before them have a `proof`: what an article must have
    side by side for the whole to make sense.
    """

    text: str
    count: int
    proof: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One way to read what was typed: the words that stay, and the beginning to complete."""

    name: str
    head: str
    prefix: str
    fuzzy: bool = False

    @property
    def is_whole(self) -> bool:
        return not self.head


def questions(q: str) -> tuple[Question, ...]:
    """The ways to read `q`, the likeliest first; () when there is nothing to complete."""
    typed = words(clean_text(q))
    readings = list(_tails("typed", typed))
    if typed:
        text = " ".join(typed)
        if len(text) <= LONGEST_PREFIX and len(fold(typed[-1])) > FEWEST_TO_FINISH:
            readings.append(Question("near", "", text, fuzzy=True))
    for name, other in (
        ("latin", typed_in_latin(clean_text(q))),
        ("arabic", typed_in_arabic(clean_text(q))),
    ):
        if other and words(other):
            readings += _tails(name, words(other))
    return tuple(readings)


def _tails(name: str, typed: list[str]) -> Iterator[Question]:
    """`typed` whole, then its last two and its last word."""
    for length in range(min(LONGEST_GROUP, len(typed)), 0, -1):
        head, prefix = " ".join(typed[:-length]), " ".join(typed[-length:])
        if len(prefix) <= LONGEST_PREFIX and (not head or len(prefix) >= FEWEST_TO_FINISH):
            yield Question(f"{name}-{length}", head, prefix)


def completion_body(
    asked: tuple[Question, ...], size: int, *, whole_documents: bool = False
) -> Query:
    """One search that asks all questions at once; `size` is how many suggestions are wanted in the
    end.

    Elasticsearch gives each document's best completion only. In a small collection few documents
    hold all there is: `whole_documents` asks for all completions of each, which costs reading the
    documents.
    """
    suggesters: Query = {}
    for question in asked:
        completion: Query = {
            "field": Field.COMPLETE,
            "size": size * ASKED_FOR_EACH,
            "skip_duplicates": True,
        }
        if question.fuzzy:
            completion["fuzzy"] = {
                "fuzziness": 1,
                "prefix_length": 1,
                "min_length": 4,
                "unicode_aware": True,
            }
        suggesters[question.name] = {"prefix": question.prefix, "completion": completion}
    source: list[str] | bool = [Field.COMPLETE] if whole_documents else False
    return {"size": 0, "_source": source, "track_total_hits": False, "suggest": suggesters}


def read_completions(
    answer: Mapping[str, Any], asked: tuple[Question, ...], q: str
) -> tuple[tuple[Suggestion, ...], tuple[Suggestion, ...]]:
    """Completions of the whole text, and completions of its last words that still have to be
    proved.

    What was typed on the other keyboard, or with a letter wrong, counts only where nothing
    completes it as typed. Both are in order of likelihood, spellings of the same words once, in the
    spelling with the higher count.
    """
    whole: list[Suggestion] = []
    tails: list[Suggestion] = []
    for kind in ("typed", "latin", "arabic", "near"):
        for question in asked:
            if question.name.partition("-")[0] != kind:
                continue
            options = answer["suggest"][question.name][0]["options"]
            offers = [offer for option in options for offer in _offers(question, option)]
            offers.sort(key=lambda offer: -offer.count)
            (whole if question.is_whole else tails).extend(offers)
        if whole or tails:
            break
    beginning = _key(q) + " " if q.endswith(" ") and kind == "typed" else ""
    typed = " ".join(words(q))
    seen: set[str] = set()
    return _once(whole, seen, beginning, typed), _once(tails, seen, beginning, typed)


def _offers(question: Question, option: Mapping[str, Any]) -> Iterator[Suggestion]:
    yield _offer(question, str(option["text"]), int(option["_score"]))
    beginning = _key(question.prefix)
    for other in option.get("_source", {}).get(Field.COMPLETE, ()) if not question.fuzzy else ():
        [text] = other["input"]
        if _key(text).startswith(beginning):
            yield _offer(question, text, other["weight"])


def _offer(question: Question, completed: str, count: int) -> Suggestion:
    if question.is_whole:
        return Suggestion(completed, count)
    # A single word needs the word before it; of two or three the reader has typed the first behind
    # it.
    beside = (
        completed if " " in question.prefix else f"{question.head.rpartition(' ')[2]} {completed}"
    )
    return Suggestion(f"{question.head} {completed}", count, proof=beside)


def proof_body(suggestion: Suggestion) -> Query:
    """A search that tells whether an article has all words of a suggestion, and those of its proof
    side by side.
    """
    alternatives = []
    for field in (Field.TITLE, Field.BODY):
        plain = sub_field(field, SubField.PLAIN)
        together = {"match": {plain: {"query": suggestion.text, "operator": "and"}}}
        alternatives.append(
            {"bool": {"filter": [{"match_phrase": {plain: suggestion.proof}}, together]}}
        )
    query = {"bool": {"should": alternatives, "minimum_should_match": 1, "filter": [VISIBLE]}}
    return {"size": 0, "track_total_hits": 1, "terminate_after": 1, "query": query}


def _key(text: str) -> str:
    return " ".join(fold(word) for word in words(text))


def _once(
    offers: list[Suggestion], seen: set[str], beginning: str, typed: str
) -> tuple[Suggestion, ...]:
    """Each group once, and not what was typed itself; after a space, only groups that begin with
    these whole words.
    """
    kept: list[Suggestion] = []
    for suggestion in offers:
        key = _key(suggestion.text)
        if suggestion.text != typed and key not in seen and key.startswith(beginning):
            seen.add(key)
            kept.append(suggestion)
    return tuple(kept)
