"""Rich Text (.rtf), by striprtf (the extra naba-search[rtf])."""

from __future__ import annotations

from loader.readers.content import Content, Reading
from loader.readers.reasons import Reason, Refused


def read_rtf(content: Content) -> Reading:
    """The article of one document. Raises Refused (needs-extra, no-text, too-large)."""
    try:
        from striprtf.striprtf import rtf_to_text
    except ImportError as error:
        raise Refused(
            Reason.NEEDS_EXTRA,
            "Reading Rich Text needs the extra naba-search[rtf]: pip install '.[rtf]' in the "
            "project's folder.",
        ) from error
    # RTF is ASCII with escapes; the code page that it names is that of the escapes.
    text: str = rtf_to_text(  # type: ignore[no-untyped-call]
        content.whole().decode("latin-1"), errors="replace"
    )
    if not text.strip():
        raise Refused(Reason.NO_TEXT, "The document has no text.")
    yield content.article(text, "rtf")
