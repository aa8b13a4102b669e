"""Suggestions while typing: from the index itself, Arabic-aware, and never one that finds
nothing.
"""

from __future__ import annotations

from service.elasticsearch.index import ArticleIndex
from service.query.completion import (
    Suggestion,
    completion_body,
    proof_body,
    questions,
    read_completions,
)

__all__ = ["Suggestion", "suggest"]

SIZE = 8  # what fits under a search box without scrolling
MOST_PROVED = 24  # a phrase that occurs is proved in a tenth of a millisecond


async def suggest(index: ArticleIndex, q: str, size: int = SIZE) -> tuple[Suggestion, ...]:
    """Up to `size` queries that complete `q`, the likeliest first; () for a text without a word.

    Typing without hamza, with ي for ى or ه for ة finds the usual spelling; so do one wrong letter
    and Latin keys that were meant for Arabic ones. Raises what the index raises.
    """
    asked = questions(q)
    if not asked:
        return ()
    whole, tails = read_completions(await index.search(completion_body(asked, size)), asked, q)
    if len(whole) < size:
        body = completion_body(asked, size, whole_documents=True)
        whole, tails = read_completions(await index.search(body), asked, q)
    if len(whole) < size and tails:
        whole += await _proved(index, tails[:MOST_PROVED])
    return whole[:size]


async def _proved(
    index: ArticleIndex, suggestions: tuple[Suggestion, ...]
) -> tuple[Suggestion, ...]:
    """Those of `suggestions` that an article has; their parts were completed apart."""
    answers = await index.search_many([proof_body(suggestion) for suggestion in suggestions])
    proofs = zip(suggestions, answers, strict=True)
    return tuple(suggestion for suggestion, answer in proofs if answer["hits"]["total"]["value"])
