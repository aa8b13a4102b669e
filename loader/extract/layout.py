"""Which line of raw copy is what: headline, credits, date lines, furniture, and the paragraphs of
the body.

Passes over the lines: furniture anywhere, up from the bottom, down from the top, the end of the
last paragraph; what none of them takes is the article. Decides nothing about who or when: it
collects the evidence for `agency` and `date`.
"""

from __future__ import annotations

from loader.extract.boilerplate import furniture_kind
from loader.extract.copy import Copy, Layout
from loader.extract.extraction import Removed
from loader.extract.head import read_head
from loader.extract.tail import read_copyright, read_tail
from loader.extract.trailing import read_trailing
from mappings.agencies import Registry

_CREDITS = 3  # that end one paragraph: "… ع.ج/ م.س (د ب أ) (النهاية)"


def read_layout(text: str, registry: Registry, *, given_title: str | None = None) -> Layout:
    """Sort the lines of clean `text`. `given_title` is not looked for; a line that repeats it is
    taken out.
    """
    copy = Copy(text, registry, given_title)
    for read in (_read_furniture, read_copyright, read_tail, read_head, _read_end, _collect):
        read(copy)
    return copy.layout


def _read_furniture(copy: Copy) -> None:
    """Shares, photo credits, links and notices, wherever they stand."""
    opening = True
    for line in copy.lines:
        if not line.text:
            continue
        kind = furniture_kind(line)
        if kind != "link":
            line.kind = kind
        elif not opening:
            # A first line that looks like a link is a headline: "بالصور: …", "شاهد: …".
            line.kind = "furniture"
            copy.links.append(line.number)
        opening = opening and kind not in (None, "link")


def _read_end(copy: Copy) -> None:
    """The credits that end the last paragraph."""
    remaining = copy.open_lines()
    if not remaining:
        return
    line = remaining[-1]
    for _ in range(_CREDITS):
        found = read_trailing(line)
        if found is None or not line.text[: found[0]].strip():
            break
        at, credit = found
        if credit.text:
            (copy.layout.footers if credit.labelled else copy.layout.signatures).append(credit)
        copy.layout.removed.append(Removed("credit", line.text[at:].strip()))
        line = copy.shorten(line, line.text[:at].rstrip())


def _collect(copy: Copy) -> None:
    """The body, and what was taken out."""
    if not any(any(map(str.isalnum, line.text)) for line in copy.open_lines()):
        _reopen(copy)
    layout = copy.layout
    titles = (line for line in copy.lines if line.kind == "title")
    headline = next((line for line in titles if line.text.strip() == layout.title), None)
    for line in copy.lines:
        if line.kind is None:
            layout.body.append(line.text)
        elif line is not headline:
            layout.removed.append(Removed(line.kind, line.text))


def _reopen(copy: Copy) -> None:
    """Nothing else is left: the headline, said once more, is the text of an alert; where there is
    none, what looked like links to other articles is this one.
    """
    titles = [line for line in copy.lines if line.kind == "title"]
    for line in titles[-1:] or [copy.lines[number] for number in copy.links]:
        line.kind = None
