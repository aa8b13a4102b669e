"""Did you mean: a better query for a search that found little, proved by the index before it is
offered.

Only called when little was found, and that not under a headline of these words, or when a word of
the query seems to be in none of the hits; costs two requests more.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, Final

from mappings.arabic.word_lists import known_words
from service.answer import Highlight
from service.elasticsearch.index import ArticleIndex
from service.params import SearchParams
from service.query.body import words_alone_body
from service.query.keyboard import typed_in_arabic, typed_in_latin
from service.query.misspelt import SHORTEST_WORD, corrigible_words, stand_together, unexplained
from service.query.names import other_spellings
from service.query.question import Applied, Question, understand
from service.query.spelling import (
    Correction,
    evidence_bodies,
    forms_body,
    proved_forms,
    read_suggestions,
    replaced,
    suggest_body,
    usual_form,
)
from service.query.syntax import parse

FEW: Final = 2  # hits; with more a reader has an answer to look at
MOST_CORRECTIONS: Final = 3  # words; a query with more mistakes is not Arabic news
_MARK: Final = re.compile(r"<mark>([^<]*)</mark>")

Body = dict[str, Any]


async def corrected(
    index: ArticleIndex,
    question: Question,
    params: SearchParams,
    *,
    hits: int,
    highlights: Sequence[Highlight] = (),
    is_name: Callable[[str], bool] = lambda word: False,
) -> str | None:
    """A query to offer instead of `params.q`, or None.

    `question` is what `params` ask for; `hits` is the total of the search as asked (before
    relaxing); `highlights` are those of the hits on the page, when there are any. `is_name` knows
    names that are right however rare they are (agencies). Only first pages are worth it. Raises
    what the index raises.
    """
    if not question.wants_words or params.page > 1 or params.cursor:
        return None
    asked = corrigible_words(question)
    # What is a word is none misspelt, also where no article has it: السعودية (Saudi) is not
    # السويدية (Swedish).
    doubtful = () if known_words().issuperset(asked) else asked
    if (hits and not doubtful) or not may_be_misspelt(asked, hits, highlights):
        return None
    layouts = [] if hits else _other_layouts(question.parsed.text)
    text, suggested = await _suggested(index, params, layouts, doubtful)
    if text or suggested is None:
        return text
    # Where there are hits enough, the words that they have are right.
    missing = unexplained(asked, _marked(highlights)) if hits > FEW else None
    doubted = filter(
        lambda one: _is_doubted(one.wrong, missing, is_name), read_suggestions(suggested, asked)
    )
    return await _proved(index, params, question.parsed.text, asked, tuple(doubted), hits)


async def _suggested(
    index: ArticleIndex, params: SearchParams, layouts: Sequence[str], doubtful: Sequence[str]
) -> tuple[str | None, Body | None]:
    """The first of `layouts` that finds something, and what the suggesters say of doubtful words;
    both in one request.
    """
    # Each word as written: a word of slipped keys has relatives by its stem.
    quoted = [" ".join(f'"{word}"' for word in text.split()) for text in layouts]
    bodies = [_any_at_all(text, params, "all") for text in quoted]
    if doubtful:
        bodies.append(suggest_body(doubtful))
    answers = await index.search_many(bodies) if bodies else []
    by_layout = zip(layouts, answers, strict=False)
    text = next((text for text, answer in by_layout if _has_hits(answer)), None)
    return text, answers[-1] if doubtful else None


def _has_hits(answer: Mapping[str, Any]) -> bool:
    return bool(answer["hits"]["total"]["value"])


def _is_doubted(
    folded: str, missing: Collection[str] | None, is_name: Callable[[str], bool]
) -> bool:
    """Whether this word may be misspelt: it is one of the `missing` (None: of any), and neither a
    word nor a name. A known spelling of a name is found by its other spellings, so none of the
    marked words may look like it.
    """
    if missing is not None and folded not in missing:
        return False
    if folded.isascii():  # a name in Latin letters that no article has is none that another is like
        return False
    return not (folded in known_words() or is_name(folded) or other_spellings((folded,)))


def may_be_misspelt(asked: Sequence[str], hits: int, highlights: Sequence[Highlight]) -> bool:
    """Whether it is worth asking: little was found, and no headline has these words together; or
    one of the words seems to be in none of the hits.

    Hits that nothing is marked in (none asked for, or no highlights) tell nothing about the words.
    Who types the beginning of a headline finds one or two articles: asking cost a sixth of such
    searches 7 ms more in Elasticsearch.
    """
    if hits <= FEW:
        return not (
            hits and stand_together(asked, [_MARK.findall(one.title or "") for one in highlights])
        )
    marked = _marked(highlights)
    first = next(marked, None)
    return first is not None and bool(unexplained(asked, chain((first,), marked)))


def _marked(highlights: Iterable[Highlight]) -> Iterator[str]:
    for one in highlights:
        for text in (one.title, *one.body):
            if text:
                yield from _MARK.findall(text)


def _other_layouts(text: str) -> list[str]:
    """`text` as the other keyboard has its keys, where that makes words and no signs."""
    readings = (typed_in_latin(text), typed_in_arabic(text))
    return [other for other in readings if other and all(map(str.isalnum, other.split()))]


def _any_at_all(q: str, params: SearchParams, match: Applied) -> Body:
    """Whether all words of `q` together, or any, are in an article at all, whatever the filters."""
    return words_alone_body(understand(parse(q), params).asking(match))


async def _proved(
    index: ArticleIndex,
    params: SearchParams,
    q: str,
    asked: tuple[str, ...],
    corrections: tuple[Correction, ...],
    hits: int,
) -> str | None:
    """The query `q` with those corrections for which the articles speak; None where it would find
    nothing either.
    """
    if not 0 < len(corrections) <= MOST_CORRECTIONS:
        return None
    others = _uncorrected(asked, corrections)
    bodies = [body for correction in corrections for body in evidence_bodies(correction)]
    answers = await index.search_many([*bodies, *map(forms_body, others)])
    # A word that was found only in other forms or spellings occurs as well.
    at_least = hits if hits <= FEW else 0
    forms = proved_forms(corrections, answers[: len(bodies)], at_least)
    if not forms:
        return None
    usual = dict(zip(others, answers[len(bodies) :], strict=True))
    better = replaced(
        q, lambda typed, folded: forms.get(folded) or _as_usual(typed, usual.get(folded))
    )
    if better == q or not (hits or await _finds(index, better, params)):
        return None
    return better


def _uncorrected(asked: Sequence[str], corrections: Sequence[Correction]) -> list[str]:
    """The words of the query that stay as they are and are long enough to have forms, each once."""
    misspelt = {correction.wrong for correction in corrections}
    return [
        word for word in dict.fromkeys(asked) if word not in misspelt and len(word) >= SHORTEST_WORD
    ]


def _as_usual(typed: str, answer: Body | None) -> str:
    return (usual_form(typed, answer) if answer else None) or typed


async def _finds(index: ArticleIndex, q: str, params: SearchParams) -> bool:
    return _has_hits(await index.search(_any_at_all(q, params, "any")))
