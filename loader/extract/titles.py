"""The headline: the title line where there is one, else the lead sentence, shortened at a word."""

from __future__ import annotations

import re

from loader.extract.folding import fold

_LONGEST = 200  # characters; the longest headlines of wires and papers stay below
_SHORT_WORDS = (
    15  # a first line this short is a headline even where the next line begins with "and"
)
_LEAD = 110  # characters of a title made from the lead

_CONTINUES = re.compile(
    r"و?(?:قال|قالت|اضاف|اضافت|اوضح|اوضحت|اشار|اشارت|اكد|اكدت|ذكر|ذكرت|تابع|تابعت|لفت|لفتت|بين"
    r"|بينت|جاء|كان|كانت|"
    r"اعلن|اعلنت|افاد|افادت)\b"
)
_LEAD_VERB = re.compile(
    r"(?:قال|قالت|اعلن|اعلنت|ذكر|ذكرت|افاد|افادت|كشف|كشفت|اكد|اكدت|نفي|نفت|صرح|صرحت|دعا|دعت|حذر"
    r"|حذرت|بحث|التقي|"
    r"نوه|نوهت|رفع|رعي|تراس|دشن|دشنت|اختتم|اختتمت|بعث|تلقي|استقبل|افتتح|وصل|وصلت|عقد|"
    r"عقدت|شهد|شهدت|اصدر|اصدرت|وافق|وافقت|قتل|قتلت|اصيب|لقي|ارتفع|ارتفعت|تراجع|تراجعت|انخفض"
    r"|انخفضت|سجل|سجلت|هنا|اعرب|"
    r"اعربت|طالب|طالبت|نظم|نظمت|"
    r"انطلق|انطلقت|بدا|بدات|اعتقل|اعتقلت|ضبط|ضبطت|توفي|توفيت|فاز|فازت|غادر|غادرت|ناقش|ناقشت|وقع"
    r"|وقعت|قرر|قررت|رفض|"
    r"رفضت|شن|شنت|نقلت|نقل|يعتزم|تعتزم) "
)
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


def body_label(line: str) -> int:
    """Length of a label that opens the text of a labelled record ("النص: …"); 0 where there is
    none.
    """
    folded = fold(line[:30])
    match = _BODY_LABEL.match(folded.text)
    return folded.raw(match.end()) if match else 0


def title_label(line: str) -> int:
    """Length of a label that opens a title line ("العنوان: …"); 0 where there is none."""
    folded = fold(line[:40])
    match = _TITLE_LABEL.match(folded.text)
    return folded.raw(match.end()) if match else 0


def is_title(line: str, following: list[str], *, after_byline: bool) -> bool:
    """Whether `line`, the first one that is neither credit, date nor furniture, is a headline.

    `following` are the next lines of text. A headline is short, ends without a full stop, and
    longer text follows. After a byline (which stands under headlines) it must be markedly short.
    """
    text = line.strip()
    if not following or len(text) > _LONGEST:
        return False
    words = len(text.split())
    stripped = text.rstrip("\"»”') ")
    if (stripped.endswith(".") and not stripped.endswith("..")) or stripped.endswith(
        ("،", "؛", ":", ",")
    ):
        return False
    if _FULL_STOP.search(text[:-1]) and words > _SHORT_WORDS:
        return False
    folded, after = fold(text).text, fold(following[0].strip()).text
    longest = max(len(paragraph) for paragraph in following[:4])
    if after_byline:
        return words <= _SHORT_WORDS and longest > 1.5 * len(text) and not _LEAD_VERB.match(folded)
    if words <= _SHORT_WORDS:
        return not (
            _LEAD_VERB.match(folded)
            and words > 10
            and after.startswith("و")
            and longest < 2 * len(text)
        )
    if after.startswith("و") or _CONTINUES.match(after):
        return False
    if _LEAD_VERB.match(folded):
        return words <= 18 and longest > 1.2 * len(text)
    return longest > 0.8 * len(text)


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
