"""Word documents (.docx): the text of the document's body, a line a paragraph."""

from __future__ import annotations

import io

from lxml import etree

from loader.readers.compressed import member_chunks, open_zip, refuse_ratio
from loader.readers.content import Content, Reading
from loader.readers.reasons import Reason, Refused

BODY = "word/document.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def read_docx(content: Content) -> Reading:
    """The article of one document. Raises Refused (as open_zip and member_chunks do, too-large,
    broken-xml, no-text).
    """
    try:
        with open_zip(io.BytesIO(content.whole()), content.settings) as archive:
            body = archive.getinfo(BODY)
            refuse_ratio(body.file_size, body.compress_size, content.settings)
            if body.file_size > 10 * content.settings.max_article_bytes:
                raise Refused(Reason.TOO_LARGE, content.too_large())
            data = b"".join(member_chunks(archive, body, content.settings))
    except KeyError as error:
        raise Refused(Reason.BROKEN_ARCHIVE, "The document is damaged or is none.") from error
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise Refused(Reason.BROKEN_XML, f"The document is damaged: {error.msg}.") from error
    text = "\n".join(_text(paragraph) for paragraph in root.iter(f"{_W}p"))
    if not text.strip():
        raise Refused(Reason.NO_TEXT, "The document has no text.")
    yield content.article(text, "docx")


def _text(paragraph: etree._Element) -> str:
    """The runs of a paragraph; deleted text (`delText`) is none."""
    signs = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n"}
    return "".join(
        node.text or "" if node.tag == f"{_W}t" else signs.get(str(node.tag), "")
        for node in paragraph.iter()
        if node.getparent() is not None
    )
