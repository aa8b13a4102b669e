"""What was decoded twice is mended where that is certain, and nothing else is touched."""

from __future__ import annotations

import pytest

from loader.readers.ruined import is_lost, mended

ARABIC = "افتتح رئيس البلدية الجسر الجديد في المدينة، وقال إن العمل استمر عامين."


@pytest.mark.parametrize(
    ("read_as", "was"),
    [("cp1252", "cp1256"), ("latin-1", "cp1256"), ("latin-1", "utf-8"), ("cp1256", "utf-8")],
)
def test_text_that_was_decoded_by_the_wrong_table_is_mended(read_as: str, was: str) -> None:
    assert mended(ARABIC.encode(was).decode(read_as, "replace")) == ARABIC


@pytest.mark.parametrize(
    "text",
    [
        ARABIC,
        "Le président a été élu à Paris après un débat très animé.",
        "Größe, Übermut und Ärger: die Straße führt nach Köln.",
        "A plain text in English, with a § sign.",
        "المادة § 12 من القانون: ط § ظ",
        "",
        "Ç",
    ],
)
def test_what_was_not_ruined_is_left_alone(text: str) -> None:
    assert mended(text) is None
    assert not is_lost(text)


@pytest.mark.parametrize("text", ["?C? ???I ??E?? C???", "???? ?????? 2019 ???"])
def test_lost_letters_are_told(text: str) -> None:
    assert is_lost(text)
    assert mended(text) is None


def test_questions_are_no_loss() -> None:
    assert not is_lost("Who? What? Where? " * 3 + "and a few words more about all of them")
    assert not is_lost("لماذا؟؟ ???? هكذا")
