"""Text that XML 1.0 can hold, and elements made of it. Feeds and descriptions are written through
here.

No escaping can bring a control character into XML 1.0: one NUL in a headline would make a whole
feed unreadable.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement, tostring

# Everything outside the production Char of XML 1.0, and the bidi controls: a reader of feeds shows
# a title in its own sentence, whose direction an unclosed override would turn.
UNFIT = re.compile(
    "[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u202a-\u202e\u2066-\u2069\u0080-\u0084\u0086-\u009f]"
)


def fit(text: str) -> str:
    """`text` without the characters that XML cannot hold."""
    return UNFIT.sub("", text)


def add(parent: Element, name: str, text: str | None = None, **attributes: str) -> Element:
    """Append an element with text and attributes, each made fit."""
    child = SubElement(parent, name, {key: fit(value) for key, value in attributes.items()})
    if text is not None:
        child.text = fit(text)
    return child


def document(root: Element) -> bytes:
    """The XML document of `root`: declaration, UTF-8."""
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written
