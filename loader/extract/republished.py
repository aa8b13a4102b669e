"""An aggregator's line: who wrote a text, which paper published it, and when."""

from __future__ import annotations

import re

from loader.extract.bylines import read_byline
from loader.extract.credits import Credit
from loader.extract.gazetteer import is_person
from loader.extract.line import Line

_REPUBLISHED = re.compile(
    r"([^:.]{0,60}?) ?(?:نشر|نشرت) في ([^:.\d]{2,40}) يوم \d{1,2} ?[-/] ?\d{1,2} ?[-/] ?\d{4}"
)


def read_republished(line: Line) -> Credit | None:
    """The credit and the day of "خالد منصور نشر في صوت الضفة يوم 07 - 03 - 2014"; the author may
    be glued to the verb.
    """
    folded, text = line.folded, line.text
    match = _REPUBLISHED.fullmatch(folded.text)
    if match is None or len(line.dates) != 1:
        return None
    who = Line(line.number, text[: folded.raw(match.end(1))].strip(" -|،:"), line.registry)
    paper = line.registry.get_exact(text[folded.raw(match.start(2)) : folded.raw(match.end(2))])
    papers = (paper.id,) if paper else ()
    if credit := read_byline(who, "head"):
        sources = (*credit.sources, *papers)
        return Credit(sources, who.text, author=credit.author, date=line.dates[0])
    author = who.text if is_person(who.text) else None
    return Credit(papers, who.text, author=author, date=line.dates[0])
