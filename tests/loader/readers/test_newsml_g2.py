"""NewsML-G2: every rendition of a text, and what the item says of itself."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from tests.loader.readers.wire_items import GUID, TEXT, TITLE, XHTML, article, items, reasons

NITF = f"<nitf><body><body.content>{XHTML}</body.content></body></nitf>"
IN_XHTML = (
    '<inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><head><title>ع</title></head>'
    f"<body>{XHTML}</body></html></inlineXML>"
)


def news_item(content: str = IN_XHTML, *, status: str = "usable", meta: str = "") -> str:
    return f"""<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="{GUID}" version="4">
<itemMeta><provider qcode="nprov:ONA"/><versionCreated>2024-03-10T21:30:00Z</versionCreated>
<firstCreated>2024-03-10T08:00:00+04:00</firstCreated><pubStatus qcode="stat:{status}"/>{meta}
</itemMeta><contentMeta><headline xml:lang="en">A ship</headline>
<headline xml:lang="ar">{TITLE}</headline><by>ليلى البلوشي</by></contentMeta>
<contentSet>{content}</contentSet></newsItem>"""


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(IN_XHTML, id="XHTML"),
        pytest.param(f"<inlineXML>{NITF}</inlineXML>", id="NITF"),
        pytest.param(f"<inlineData>{TEXT}</inlineData>", id="text"),
        pytest.param(f"<inlineData><![CDATA[{XHTML}]]></inlineData>", id="HTML as text"),
        pytest.param(
            f'<inlineData encoding="base64">{base64.b64encode(TEXT.encode()).decode()}'
            "</inlineData>",
            id="base64",
        ),
        pytest.param(f"<remoteContent href='x.jpg'/>{IN_XHTML}", id="a picture beside it"),
    ],
)
def test_the_text_of_every_rendition(tmp_path: Path, content: str) -> None:
    assert article(tmp_path, news_item(content)).text == TEXT


def test_what_the_item_says(tmp_path: Path) -> None:
    raw = article(tmp_path, '<?xml version="1.0"?>' + news_item())
    given = raw.given
    assert (raw.format, given.guid, given.version, given.title) == ("NewsML-G2", GUID, "4", TITLE)
    assert (given.credit, given.author, given.status) == ("ONA", "ليلى البلوشي", "stat:usable")
    assert given.published == "2024-03-10T08:00:00+04:00"
    assert given.published_at == "2024-03-10T04:00:00.000Z"
    assert given.updated_at == "2024-03-10T21:30:00.000Z"


def test_an_embargo_is_an_instant(tmp_path: Path) -> None:
    meta = "<embargoed>2030-01-01T00:00:00+04:00</embargoed>"
    assert article(tmp_path, news_item(meta=meta)).given.embargo == "2029-12-31T20:00:00.000Z"


def test_several_items_and_a_package_in_one_message(tmp_path: Path) -> None:
    message = (
        "<newsMessage><itemSet>"
        + news_item()
        + "<packageItem><groupSet/></packageItem>"
        + news_item(f"<inlineData>{TEXT}</inlineData>")
        + "</itemSet></newsMessage>"
    )
    assert reasons(tmp_path, message) == ["article", "no-text", "article"]
    assert [item.position for item in items(tmp_path, message)] == [1, 2, 3]


def test_broken_base64_is_no_text(tmp_path: Path) -> None:
    broken = news_item('<inlineData encoding="base64">=%A=</inlineData>')
    # the headline alone is an article
    assert article(tmp_path, broken).text == TITLE
