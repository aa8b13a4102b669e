"""NewsML 1.2: components within components."""

from __future__ import annotations

from pathlib import Path

from tests.loader.readers.wire_items import PARAGRAPHS, TEXT, TITLE, XHTML, article, reasons

STATUS = '<Status FormalName="{}"/>'


def news(status: str = STATUS.format("Usable"), data: str = "") -> str:
    data = data or f"<nitf><body><body.content>{XHTML}</body.content></body></nitf>"
    return f"""<?xml version="1.0"?><!DOCTYPE NewsML SYSTEM "NewsML_1.2.dtd"><NewsML><NewsItem>
<Identification><NewsIdentifier><ProviderId>example.org</ProviderId><DateId>20240310</DateId>
<NewsItemId>77</NewsItemId><RevisionId PreviousRevision="1" Update="N">2</RevisionId>
<PublicIdentifier>urn:newsml:example.org:20240310:77:2</PublicIdentifier></NewsIdentifier>
</Identification><NewsManagement><FirstCreated>20240310T080000+0400</FirstCreated>
<ThisRevisionCreated>20240310T093000+0400</ThisRevisionCreated>{status}</NewsManagement>
<NewsComponent><NewsLines><HeadLine>{TITLE}</HeadLine><ByLine>ليلى البلوشي</ByLine></NewsLines>
<AdministrativeMetadata><Provider><Party FormalName="ONA"/></Provider></AdministrativeMetadata>
<NewsComponent><Role FormalName="Caption"/><ContentItem><DataContent>سفينة في الميناء.</DataContent>
</ContentItem></NewsComponent><NewsComponent><Role FormalName="Main"/><ContentItem><DataContent>
{data}</DataContent></ContentItem></NewsComponent></NewsComponent></NewsItem></NewsML>"""


def test_what_the_item_says(tmp_path: Path) -> None:
    raw = article(tmp_path, news())
    given = raw.given
    assert (raw.format, raw.text) == ("NewsML 1", TEXT)
    assert (given.guid, given.version) == ("urn:newsml:example.org:20240310:77:2", "2")
    assert (given.title, given.author, given.credit) == (TITLE, "ليلى البلوشي", "ONA")
    assert given.published_at == "2024-03-10T04:00:00.000Z"
    assert given.updated_at == "2024-03-10T05:30:00.000Z"
    assert (given.status, given.embargo) == ("Usable", None)


def test_plain_text_is_a_rendition_too(tmp_path: Path) -> None:
    assert article(tmp_path, news(data=PARAGRAPHS[0])).text == PARAGRAPHS[0]


def test_an_embargo_ends_when_the_status_will_change(tmp_path: Path) -> None:
    change = (
        '<StatusWillChange><FutureStatus FormalName="Usable"/>'
        "<DateAndTime>20300101T000001+0400</DateAndTime></StatusWillChange>"
    )
    given = article(tmp_path, news(STATUS.format("Embargoed") + change)).given
    assert (given.status, given.embargo) == (None, "2029-12-31T20:00:01.000Z")
    unknown = article(tmp_path, news(STATUS.format("Embargoed"))).given
    assert unknown.embargo == "unknown"


def test_a_file_without_items_is_empty(tmp_path: Path) -> None:
    assert reasons(tmp_path, "<NewsML><Catalog/></NewsML>") == ["empty"]
