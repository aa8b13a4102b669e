"""NITF in a file of its own."""

from __future__ import annotations

from pathlib import Path

from tests.loader.readers.wire_items import GUID, TEXT, TITLE, XHTML, article

NITF = f"""<?xml version="1.0"?><nitf><head><title>x</title><docdata management-status="usable">
<doc-id id-string="{GUID}"/><du-key version="3"/><date.issue norm="20240310T093000+0400"/>
<doc.copyright holder="العمانية"/></docdata><pubdata name="صحيفة الميناء"/></head><body><body.head>
<hedline><hl1>{TITLE}</hl1><hl2>عنوان ثان</hl2></hedline><byline>ليلى البلوشي</byline>
<dateline><story.date norm="20240310"/></dateline></body.head><body.content>{XHTML}
<media><media-caption>صورة (رويترز)</media-caption></media></body.content></body></nitf>"""


def test_what_the_document_says(tmp_path: Path) -> None:
    raw = article(tmp_path, NITF)
    given = raw.given
    assert (raw.format, raw.text, raw.position) == ("NITF", TEXT, None)
    assert (given.guid, given.version, given.title) == (GUID, "3", TITLE)
    assert (given.credit, given.outlet, given.author) == (
        "العمانية",
        "صحيفة الميناء",
        "ليلى البلوشي",
    )
    assert given.published_at == given.updated_at == "2024-03-10T05:30:00.000Z"
