"""Web pages (.html): the article's text by trafilatura (the extra naba-search[html]), its data from the page."""

from __future__ import annotations

from loader.readers.content import Content, Reading
from loader.readers.reasons import Reason, Refused


def read_html(content: Content) -> Reading:
    """One article. Raises Refused (needs-html, no-text, binary, undecodable, too-large)."""
    raise Refused(Reason.NEEDS_HTML, "Not yet.")
    yield from ()
