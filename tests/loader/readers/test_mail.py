"""Mail, alone and in boxes, whatever its charset says."""

from __future__ import annotations

import base64
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.loader.readers.wire_items import PARAGRAPHS, TEXT, TITLE, XHTML, article, reasons


def message(text: str = TEXT, *, charset: str = "utf-8", transfer: str = "base64") -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = "وكالة الأنباء العمانية <news@example.org>"
    mail["Subject"] = TITLE
    mail["Date"] = "Sun, 10 Mar 2024 08:00:00 +0400"
    mail["Message-ID"] = "<77@example.org>"
    mail.set_content(text, charset=charset, cte=transfer)
    return mail


@pytest.mark.parametrize(
    "mail",
    [
        pytest.param(message(), id="base64"),
        pytest.param(message(transfer="quoted-printable"), id="quoted-printable"),
        pytest.param(message(charset="windows-1256"), id="windows-1256"),
        pytest.param(message(charset="windows-1256", transfer="8bit"), id="eight bits"),
    ],
)
def test_what_the_message_says(tmp_path: Path, mail: EmailMessage) -> None:
    raw = article(tmp_path, mail.as_bytes())
    given = raw.given
    assert (raw.format, raw.text.strip()) == ("mail", TEXT)
    assert (given.guid, given.title) == ("77@example.org", TITLE)
    assert given.credit == "وكالة الأنباء العمانية"
    assert given.published_at == "2024-03-10T04:00:00.000Z"


def test_text_before_html_and_attachments_passed_over(tmp_path: Path) -> None:
    mail = message()
    mail.add_alternative("<p>غير هذا</p>", subtype="html")
    mail.add_attachment("ملحق", filename="a.txt")
    assert article(tmp_path, mail.as_bytes()).text.strip() == TEXT
    html = message()
    html.set_content(XHTML, subtype="html")
    assert article(tmp_path, html.as_bytes()).text == TEXT


def test_a_mailbox(tmp_path: Path) -> None:
    box = b""
    for number in range(3):
        mail = message(f"{PARAGRAPHS[number % 2]}\nFrom the port.", transfer="8bit").as_bytes()
        box += b"From news@example.org Sun Mar 10 08:00:00 2024\n" + mail + b"\n"
    box += b"From news@example.org Sun Mar 10 08:00:00 2024\n" + b"Subject: x\n\n" + b"x" * 200_000
    assert reasons(tmp_path, box, "a.mbox") == ["article", "article", "article", "too-large"]


def test_one_message_of_parts_within_parts_does_not_end_a_mailbox(tmp_path: Path) -> None:
    opening = "Content-Type: multipart/mixed; boundary={0}\n\n--{0}\n"
    deep = "".join(opening.format(number) for number in range(1_200)).encode()
    line = b"From news@example.org Sun Mar 10 08:00:00 2024\n"
    box = line + b"Subject: x\n" + deep + b"\n\n" + line + message(transfer="8bit").as_bytes()
    assert reasons(tmp_path, box, "a.mbox") == ["not-understood", "article"]


HEAD = b"From: a@b.c\nSubject: s\nDate: x\nContent-Type: text/plain; charset=%s\n%s\n%s"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param(HEAD % (b"utf-8", b"", b""), "no-text", id="no text"),
        pytest.param(HEAD % (b"no-such", b"", TEXT.encode()), "article", id="unknown charset"),
        pytest.param(HEAD % (b"undefined", b"", TEXT.encode()), "article", id="no charset"),
        pytest.param(
            HEAD % (b"us-ascii", b"", TEXT.encode("cp1256")), "article", id="a false charset"
        ),
        pytest.param(
            HEAD % (b"utf-8", b"Content-Transfer-Encoding: base64\n",
                    base64.b64encode(TEXT.encode())[:-7] + b"%%!"),
            "article", id="broken base64",
        ),
        pytest.param(
            HEAD % (b"utf-8", b"MIME-Version: 1.0\n" + b"X: " + b"=?utf-8?b?" + b"=" * 999 + b"\n",
                    TEXT.encode()),
            "article", id="broken headers",
        ),
        pytest.param(
            b"From: a@b.c\nSubject: =?windows-1256?b?!!!?=\nDate: 99\n\n" + TEXT.encode(),
            "article", id="an unreadable subject",
        ),
        pytest.param(
            HEAD.replace(b"text/plain", b"multipart/mixed; boundary=q")
            % (b"x", b"", b"--q\n" * 99),
            "no-text", id="parts without end",
        ),
    ],
)  # fmt: skip
def test_one_outcome_each(tmp_path: Path, data: bytes, expected: str) -> None:
    assert reasons(tmp_path, data) == [expected]
