"""ninjs 1, 2 and 3, and items of Superdesk."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.loader.readers.wire_items import GUID, TEXT, TITLE, XHTML, article

ONE: dict[str, Any] = {
    "uri": GUID,
    "type": "text",
    "version": "4",
    "versioncreated": "2024-03-10T09:30:00+04:00",
    "firstcreated": "2024-03-10T08:00:00+04:00",
    "pubstatus": "usable",
    "headline": TITLE,
    "byline": "ليلى البلوشي",
    "infosource": [{"name": "وكالة الأنباء العمانية"}],
    "copyrightholder": "ONA",
    "subject": [{"name": "اقتصاد"}],
    "body_html": XHTML,
    "description_text": "ملخص",
}
THREE: dict[str, Any] = {
    "uri": GUID,
    "version": "4",
    "versionCreated": "2024-03-10T09:30:00+04:00",
    "firstCreated": "2024-03-10T08:00:00+04:00",
    "pubStatus": "usable",
    "headlines": [{"role": "short", "value": "قصير"}, {"role": "main", "value": TITLE}],
    "bodies": [
        {"role": "main", "contentType": "text/html", "value": "<p>غير هذا</p>"},
        {"role": "main", "contentType": "text/plain", "value": TEXT},
    ],
    "by": "ليلى البلوشي",
    "infoSources": [{"name": "وكالة الأنباء العمانية"}],
    "subjects": [{"name": "اقتصاد"}],
}
SUPERDESK: dict[str, Any] = {
    "_id": GUID,
    "guid": GUID,
    "_current_version": 4,
    "state": "published",
    "pubstatus": "usable",
    "headline": TITLE,
    "slugline": "ميناء",
    "body_html": XHTML,
    "abstract": "<p>ملخص</p>",
    "byline": "ليلى البلوشي",
    "source": "وكالة الأنباء العمانية",
    "dateline": {"located": {"city": "صلالة"}, "text": "صلالة، 10 مارس -"},
    "firstcreated": "2024-03-10T04:00:00+0000",
    "versioncreated": "2024-03-10T05:30:00+0000",
    "anpa_category": [{"qcode": "f", "name": "اقتصاد"}],
}


@pytest.mark.parametrize("item", [ONE, THREE, SUPERDESK], ids=["1", "3", "Superdesk"])
def test_what_the_item_says(tmp_path: Path, item: dict[str, Any]) -> None:
    raw = article(tmp_path, json.dumps(item))
    given = raw.given
    assert (raw.text, given.title) == (TEXT, TITLE)
    assert (given.guid, given.version, given.status) == (GUID, "4", "usable")
    assert (given.credit, given.author) == ("وكالة الأنباء العمانية", "ليلى البلوشي")
    assert given.section == "اقتصاد"
    assert given.published_at == "2024-03-10T04:00:00.000Z"
    assert given.updated_at == "2024-03-10T05:30:00.000Z"


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"body_text": "نص."}, "نص."),
        ({"body_html": None}, "ملخص"),
        ({"body_html": "", "body_xhtml": "<p>نص.</p>"}, "نص."),
    ],
)
def test_text_before_html_before_the_abstract(
    tmp_path: Path, change: dict[str, Any], text: str
) -> None:
    assert article(tmp_path, json.dumps({**ONE, **change})).text == text


@pytest.mark.parametrize(
    ("published", "state", "status"),
    [
        ("usable", "killed", "killed"),
        ("canceled", "published", "canceled"),
        ("usable", "in_progress", "in_progress"),
        ("usable", "ingested", "usable"),
    ],
)
def test_the_stricter_of_status_and_state_holds(
    tmp_path: Path, published: str, state: str, status: str
) -> None:
    item = {**SUPERDESK, "pubstatus": published, "state": state}
    assert article(tmp_path, json.dumps(item)).given.status == status


def test_embargoes_of_both(tmp_path: Path) -> None:
    item = {**ONE, "embargoed": "2030-01-01T00:00:00+04:00"}
    assert article(tmp_path, json.dumps(item)).given.embargo == "2029-12-31T20:00:00.000Z"
    schedule = {"utc_embargo": "2030-01-01T06:00:00+0000"}
    desk = {**SUPERDESK, "schedule_settings": schedule}
    assert article(tmp_path, json.dumps(desk)).given.embargo == "2030-01-01T06:00:00.000Z"
