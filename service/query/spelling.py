"""Did you mean: the questions to Elasticsearch about the words of a query, and what their answers
correct.

Headlines are the measure of good spelling: a phrase suggester over their words, pairs and triples
proposes the most likely reading. Words that only bodies have come from a term suggester. Both
answer in folded letters (الامم), so the form that articles write most (الأمم) is looked up before a
reader sees it. Nothing here calls Elasticsearch.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from mappings.arabic.letters import fold, words
from mappings.arabic.word_lists import spelling_variants
from mappings.article import Field
from mappings.index import SubField, sub_field
from service.query.misspelt import SHORTEST_WORD, bare_word

Query = dict[str, Any]

# A spelling that occurs is taken for a mistake only where the other occurs so many times more
# often.
TIMES_MORE: Final = 50

# In a word of four letters, two changes make nearly any other word.
SHORT_WORD: Final = 4

EXAMPLES: Final = 20  # articles looked at for the usual written form
# A word that is not misspelt is only written as usual (الامم as الأمم) where hardly anybody writes
# otherwise.
USUAL: Final = 0.9
_SAME_IN_HASTE: Final = str.maketrans("أإآة", "اااه")
_MARKS: Final = ("\ue000", "\ue001")
_MARKED: Final = re.compile("\ue000([^\ue000\ue001]+)\ue001")

PLAIN_FIELDS: Final = (
    sub_field(Field.TITLE, SubField.PLAIN),
    sub_field(Field.BODY, SubField.PLAIN),
)

# A word in a reader's query, with the marks and tatweel that may stand in it.
_TYPED_WORD: Final = re.compile(r"[\w\u064b-\u065f\u0670\u0640]+")


@dataclass(frozen=True, slots=True)
class Correction:
    """One word that looks misspelt: folded as typed, and folded as proposed."""

    wrong: str
    right: str


def suggest_body(asked: Sequence[str]) -> Query:
    """A search that only asks both suggesters about the words."""
    phrase = {
        "field": sub_field(Field.TITLE, SubField.DYM),
        "size": 1,
        "gram_size": 3,
        "confidence": 1.0,
        "max_errors": 2.0,
        "real_word_error_likelihood": 0.95,
        "direct_generator": [
            {
                "field": PLAIN_FIELDS[0],
                "suggest_mode": "popular",
                "prefix_length": 0,  # readers miss the first letter too
                "min_word_length": SHORTEST_WORD,
                "max_edits": 2,
            }
        ],
    }
    term = {
        "field": PLAIN_FIELDS[1],
        "suggest_mode": "missing",
        "prefix_length": 0,
        "min_word_length": SHORTEST_WORD + 1,
        "max_edits": 2,
        "size": 3,
        "sort": "score",
    }
    return {
        "size": 0,
        "track_total_hits": False,
        "suggest": {"text": " ".join(asked), "phrase": {"phrase": phrase}, "words": {"term": term}},
    }


def read_suggestions(answer: Mapping[str, Any], asked: Sequence[str]) -> tuple[Correction, ...]:
    """What the suggesters would change, word by word."""
    right_of: dict[str, str] = {}
    suggested = answer.get("suggest", {})
    for entry in suggested.get("words", ()):
        options = [option for option in entry["options"] if _is_slip(entry["text"], option["text"])]
        if options and entry["text"] in asked:
            right_of[entry["text"]] = max(
                options, key=lambda option: (round(option["score"], 2), option["freq"])
            )["text"]
    for entry in suggested.get("phrase", ())[:1]:
        for option in entry["options"][:1]:
            proposed = option["text"].split()
            if len(proposed) == len(asked):
                pairs = zip(asked, proposed, strict=True)
                right_of |= {wrong: right for wrong, right in pairs if _is_slip(wrong, right)}
    return tuple(Correction(wrong, right) for wrong, right in right_of.items())


def _is_slip(wrong: str, right: str) -> bool:
    """Whether few enough letters differ for `right` to be what was meant by `wrong`.

    A number is never a slip, nor is another form of the word (وقيرغيزستان, "and Kyrgyzstan") or a
    known spelling.
    """
    if not wrong.isalpha() or bare_word(wrong) == bare_word(right) or _is_variant(wrong, right):
        return False
    return _changes(wrong, right) <= (1 if len(wrong) <= SHORT_WORD else 2)


def _is_variant(one: str, other: str) -> bool:
    return any(fold(spelling) == other for spelling in spelling_variants().get(one, ()))


def is_sure(typed: str, better: str) -> bool:
    """Whether one letter at most of each word is corrected, or all was typed on the other keyboard:
    then the better query is meant, and none that only looks like it.
    """
    before, after = (list(map(fold, words(text))) for text in (typed, better))
    if len(before) != len(after) or typed.isascii() != better.isascii():
        return typed.isascii() != better.isascii()
    pairs = zip(before, after, strict=True)
    return all(_changes(wrong, right) <= 1 for wrong, right in pairs)


def _changes(one: str, other: str) -> int:
    """Letters to add, leave out, change, or swap with their neighbour (Damerau 1964), for words of
    query length.
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, wanted in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]


def evidence_bodies(correction: Correction) -> list[Query]:
    """Two searches: how often the wrong word occurs, and how often and in which written forms the
    right one does.
    """
    return [
        {"size": 0, "track_total_hits": True, "query": _anywhere(correction.wrong)},
        forms_body(correction.right),
    ]


def forms_body(word: str) -> Query:
    """A search for the written forms of a folded word."""
    fields: Query = {name: {} for name in PLAIN_FIELDS}
    tags = {"pre_tags": [_MARKS[0]], "post_tags": [_MARKS[1]]}
    return {
        "size": EXAMPLES,
        "_source": False,
        "track_total_hits": True,
        "query": _anywhere(word),
        "highlight": {"number_of_fragments": 1, **tags, "fields": fields},
    }


def _anywhere(word: str) -> Query:
    return {"bool": {"should": [{"match": {name: word}} for name in PLAIN_FIELDS]}}


def occurrences(answer: Mapping[str, Any]) -> int:
    """How many articles have the word that was searched for."""
    return int(answer["hits"]["total"]["value"])


def proved_forms(
    corrections: Sequence[Correction], answers: Sequence[Mapping[str, Any]], at_least: int
) -> dict[str, str]:
    """Wrong word -> the right one as articles write it, of the corrections for which they speak.

    `answers` are those to `evidence_bodies` of each; `at_least` is how many articles have the words
    as typed, in whatever form.
    """
    times = [max(occurrences(answer), at_least) for answer in answers[::2]]
    forms: dict[str, str] = {}
    for correction, wrong, right in zip(corrections, times, answers[1::2], strict=True):
        # Beside a word that nobody writes, one that somebody does is right.
        if wrong == min(times) or min(times):
            form = written_form(correction, wrong, right)
            forms |= {correction.wrong: form} if form else {}
    return forms


def written_form(correction: Correction, wrong: int, right: Mapping[str, Any]) -> str | None:
    """The right word as articles write it most; None where the evidence does not speak for the
    correction.

    `wrong` is how many articles have the word as typed, `right` the answer to `forms_body`.
    """
    if not occurrences(right) or occurrences(right) < TIMES_MORE * wrong:
        return None
    forms = _forms(right, correction.right)
    return min(forms, key=lambda form: (-forms[form], form)) if forms else None


def usual_form(typed: str, answer: Mapping[str, Any]) -> str | None:
    """How articles write a word that was typed in haste (without hamza, ه for ة); None where they
    do not agree.
    """
    forms = _forms(answer, fold(typed))
    if not forms:
        return None
    best = max(forms, key=lambda form: forms[form])
    if forms[best] < USUAL * forms.total() or best.translate(_SAME_IN_HASTE) != typed.translate(
        _SAME_IN_HASTE
    ):
        return None
    return best


def _forms(answer: Mapping[str, Any], folded: str) -> Counter[str]:
    """Written form -> count, of the marked words in the answer to `forms_body`."""
    hits = answer["hits"]["hits"]
    marked = marked_words(
        text for hit in hits for texts in hit.get("highlight", {}).values() for text in texts
    )
    return Counter(word for word in marked if fold(word) == folded)


def marked_words(fragments: Iterable[str]) -> list[str]:
    """The words between the marks of `forms_body`, without tashkeel and tatweel."""
    return [
        word for fragment in fragments for text in _MARKED.findall(fragment) for word in words(text)
    ]


def replaced(q: str, form: Callable[[str, str], str]) -> str:
    """`q` with each word as `form(typed, folded)` has it; all else, quotes and signs too, as
    typed.
    """
    return _TYPED_WORD.sub(lambda typed: form(typed[0], fold(typed[0])), q)
