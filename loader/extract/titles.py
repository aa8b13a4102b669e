"""The headline: the title line where there is one, else the lead sentence, shortened at a word."""

from __future__ import annotations

import re

from loader.extract.folding import fold
from loader.extract.line import Line
from loader.extract.word_lists import alternatives

_LONGEST = 200  # characters; the longest headlines of wires and papers stay below
_SHORT_WORDS = (
    15  # a first line this short is a headline even where the next line begins with "and"
)
_LEADING_WORDS = 18  # a longer line that begins with a verb of leads is a lead
_STOPPED_WORDS, _STOPPED_RATIO = 12, 2.5  # of a headline that a full stop ends
_COMPARED = 4  # following lines by which a headline is measured
_LEAD = 110  # characters of a title made from the lead

_CONTINUES = re.compile(rf"و?{alternatives('continuing_verbs')}\b")
_LEAD_VERB = re.compile(rf"{alternatives('lead_verbs')} ")
_TITLE_LABEL = re.compile(
    r"\s{0,3}(?:العنوان|عنوان|عنوان الخبر|عنوان المقال|title|headline|subject|الموضوع) ?[:|] ?"
)
_BODY_LABEL = re.compile(
    r"\s{0,3}(?:النص|نص الخبر|نص المقال|المتن|الخبر|المحتوي|التفاصيل|body|text|content) ?[:|] ?"
)
_SENTENCE_END = re.compile(r"(?<!\.)[.؟!?](?:[\"»”)]{0,2})(?=\s|$)")
_FULL_STOP = re.compile(r"(?<!\.)\.(?:[\"»”)]{0,2})(?=\s)")


def opens_lead(word: str) -> bool:
    """Whether `word` is a verb that leads begin with ("أعلن", "نوه")."""
    return bool(_LEAD_VERB.match(fold(word).text + " "))


def body_label(line: Line) -> int:
    """Length of a label that opens the text of a labelled record ("النص: …"); 0 where there is
    none.
    """
    match = _BODY_LABEL.match(line.folded.text)
    return line.folded.raw(match.end()) if match else 0


def title_label(line: Line) -> int:
    """Length of a label that opens a title line ("العنوان: …"); 0 where there is none."""
    match = _TITLE_LABEL.match(line.folded.text)
    return line.folded.raw(match.end()) if match else 0


def is_title(line: Line, following: list[Line], *, after_byline: bool) -> bool:
    """Whether `line`, the first one that is neither credit, date nor furniture, is a headline.

    `following` are the next lines of text. A headline is short, ends without a full stop, and
    longer text follows. After a byline (which stands under headlines) it must be markedly short.
    """
    text = line.text.strip()
    if not following or len(text) > _LONGEST or not _ends_as_title(text, following):
        return False
    after = following[0].folded.text.strip()
    ratio = max(map(len, (other.text for other in following[:_COMPARED]))) / len(text)
    if len(text.split()) > _SHORT_WORDS:
        return not after_byline and _long_title(line, after, ratio)
    if _LEAD_VERB.match(line.folded.text.strip()):
        return not after_byline and not _goes_on(text, after, ratio)
    return not after_byline or (ratio > 1.5 and not text.endswith("."))


def _goes_on(text: str, after: str, ratio: float) -> bool:
    """Whether a line of some length is the lead that the paragraph below it goes on from."""
    return after.startswith("و") and ratio < 2 and len(text.split()) > 10


def _long_title(line: Line, after: str, ratio: float) -> bool:
    """Whether a line of more words than most headlines is one, from the text below it: how it
    begins, and how many times as long it is.
    """
    if after.startswith("و") or _CONTINUES.match(after):
        return False
    if _LEAD_VERB.match(line.folded.text.strip()):
        return len(line.text.split()) <= _LEADING_WORDS and ratio > 1.2
    return ratio > 0.8


def _ends_as_title(text: str, following: list[Line]) -> bool:
    """Whether no full stop or comma ends it, and a long one holds no second sentence. A full stop
    may end a few words without the verb of a lead, above a paragraph many times as long.
    """
    if not any(map(str.isalpha, text)):
        return False
    closed = text.rstrip("\"»”') ")
    if closed.endswith(".") and not closed.endswith(".."):
        short = len(text.split()) <= _STOPPED_WORDS and not _FULL_STOP.search(text[:-1])
        much = len(following[0].text) > _STOPPED_RATIO * len(text)
        return short and much and not _LEAD_VERB.match(fold(text).text)
    if closed.endswith(("،", "؛", ":", ",")):
        return False
    return len(text.split()) <= _SHORT_WORDS or not _FULL_STOP.search(text[:-1])


def lead_title(body: str) -> str | None:
    """A title from the first sentence of `body`, at most 110 characters, cut at a word and then
    marked with "…".
    """
    lead = next((line.strip() for line in body.split("\n") if any(c.isalnum() for c in line)), "")
    if not lead:
        return None
    if len(lead) > _LEAD:
        window = lead[: _LEAD + 1]
        ends = [match.start() for match in _SENTENCE_END.finditer(window) if match.start() >= 30]
        if ends:
            return window[: ends[0]].strip()
        cut = window.rfind(" ")
        return (window[:cut] if cut > 0 else window[:_LEAD]).rstrip(' ،,؛:-–—"«“(') + "…"
    return lead.rstrip(" .،,؛:") or None
