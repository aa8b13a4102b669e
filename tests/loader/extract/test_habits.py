"""Raw copy in the habits of many agencies and outlets, all of it invented: who sent it, when, what
it is called.

The copies are `tests/golden/raw_copies.jsonl`, one a line: `habit` names it, `raw` is the text with
{TITLE}, {TEXT} and the paragraphs in their places; `agency`, `published`, `title` (null: made from
the lead) must come out; `agencies`, `outlet`, `author` where they matter; `gone` are words that
must not be left in the body.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from loader.extract import extract
from loader.raw import RawArticle
from mappings.agencies import load_registry

TODAY = date(2026, 6, 1)

# Three paragraphs that belong to any of the articles; the first is a lead, long enough not to be a
# headline.
LEAD = (
    "افتتح وزير النقل صباحا الجسر الجديد الذي يربط ضفتي المدينة بعد عامين من العمل، بحضور عدد من "
    "المسؤولين وأهالي الحي "
    "الذين انتظروا هذا المشروع طويلا."
)
SECOND = (
    "وقال الوزير إن الجسر سيخفف الازدحام في ساعات الصباح، وإن كلفته جاءت أقل مما كان مقدرا "
    "لها في بداية المشروع."
)
THIRD = (
    "وأضاف أن الوزارة تدرس إنشاء ممر للدراجات إلى جانبه، وأن نتائج الدراسة ستعلن قبل نهاية الصيف."
)
PIECES = {
    "{TEXT}": f"{LEAD}\n{SECOND}\n{THIRD}",
    "{TITLE}": "افتتاح الجسر الجديد في وسط المدينة",
    "{LEAD}": LEAD,
    "{LEAD-}": LEAD[:-1],
    "{SECOND}": SECOND,
    "{SECOND-}": SECOND[:-1],
    "{THIRD}": THIRD,
    "{THIRD-}": THIRD[:-1],
}
FILE = Path(__file__).parents[2] / "golden" / "raw_copies.jsonl"
COPIES: list[dict[str, Any]] = [
    json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()
]


def filled(text: str) -> str:
    for name, piece in PIECES.items():
        text = text.replace(name, piece)
    return text


@pytest.mark.parametrize("copy", COPIES, ids=lambda copy: copy["habit"])
def test_reads_as_a_sub_editor_would(copy: dict[str, Any]) -> None:
    raw = filled(copy["raw"])
    found = extract(RawArticle("archive", "a.txt", raw), load_registry(), today=TODAY)
    assert (found.agencies[0] if found.agencies else None) == copy["agency"]
    assert found.published_text == copy["published"]
    if copy["title"] is None:
        assert found.title_origin == "lead"
    else:
        assert (found.title, found.title_origin) == (filled(copy["title"]), "line")
    for name in ("outlet", "author"):
        if name in copy:
            assert getattr(found, name) == copy[name]
    if "agencies" in copy:
        assert list(found.agencies) == copy["agencies"]
    for words in copy.get("gone", ()):
        assert words not in found.body
    for sentence in (LEAD, SECOND, THIRD):
        if sentence in raw:
            assert sentence in found.body


def test_the_table_covers_thirty_houses() -> None:
    sources = {copy["agency"] for copy in COPIES} | {copy.get("outlet") for copy in COPIES}
    assert len(sources - {None}) > 60
