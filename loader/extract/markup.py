"""Residue of HTML inside the lines: tags, broken attributes, scripts."""

from __future__ import annotations

import re

_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9]{0,15}(?:\s[^<>]{0,400})?/?>|<!--[^<>]{0,400}-->")
# What is left of a tag whose beginning was lost: `=”text-align:justify”>`,
# `style="direction:rtl">`, `dir=rtl>`.
_BROKEN = re.compile(
    r"(?:<?\b[A-Za-z]{1,12}(?:-[A-Za-z]{1,12})? ?)?= ?[\"“”'″][A-Za-z][\w:;#.,%!()\- ]{0,"
    r"200}[\"“”'″] ?/?>"
    r"|\b[A-Za-z]{1,12}=[\w-]{1,40} ?/?>"
)
_LINE_BREAK = re.compile(r"<(?:br|/p|/div|/h[1-6]|/li|/tr)\s?/?>", re.IGNORECASE)


def strip_markup(text: str) -> tuple[str, list[str]]:
    """`text` without tags and torn attributes, and what was taken out. Tags that end a line become
    line ends.
    """
    if ">" not in text:
        return text, []
    removed: list[str] = []

    def take(match: re.Match[str]) -> str:
        removed.append(match.group())
        return "\n" if _LINE_BREAK.fullmatch(match.group()) else " "

    return _BROKEN.sub(take, _TAG.sub(take, text)), removed
