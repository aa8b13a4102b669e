"""Text typed on the wrong keyboard."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.query.keyboard import typed_in_arabic, typed_in_latin


@pytest.mark.parametrize(
    ("keys", "meant"),
    [
        ("hgvzds", "الرئيس"),  # the president
        ("hgvzds hgtvksd", "الرئيس الفرنسي"),
        (";,v,kh", "كورونا"),  # signs that are letters
        ("hgl[vhj", "المجرات"),
        ("`if", "ذهب"),
        ("bghj", "لالات"),  # one key for lam and alef
        ("Hlvd;h", "أمريكا"),  # shift for the hamza
        ("YdvhK", "إيرا،"),  # the shift key held too long: what the keys write
        ("HGVZDS", "الرئيس"),  # lock key
        ("l/hivm", "مظاهرة"),
        ("'dvhk", "طيران"),
    ],
)
def test_latin_keys(keys: str, meant: str) -> None:
    assert typed_in_latin(keys) == meant


@pytest.mark.parametrize("text", ["", "h", "12", "كأس", "hgكأس", "é", "!!", "привет"])
def test_what_no_latin_key_wrote(text: str) -> None:
    assert typed_in_latin(text) is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ىشسش", "nasa"),
        ("لؤلؤ", "gcgc"),
        ("لالؤ", "bgc"),
        ("ؤىى", "cnn"),
        ("فقعةح", "trump"),
        ("ىشفخ 2030", "nato 2030"),
    ],
)
def test_arabic_keys(typed: str, meant: str) -> None:
    assert typed_in_arabic(typed) == meant


@pytest.mark.parametrize("text", ["", "ا", "nasa", "12", "!!", "پاریس"])
def test_what_no_arabic_key_wrote(text: str) -> None:
    assert typed_in_arabic(text) is None


@given(st.text(st.sampled_from("abcdefghijklmnopqrstuvwxyz ';[],./`"), max_size=60))
def test_there_and_back(keys: str) -> None:
    """Except for the key of lam and alef, which two other keys write as well."""
    arabic = typed_in_latin(keys)
    if arabic is not None and "gh" not in keys:
        back = typed_in_arabic(arabic)
        assert back is None or back == keys


@given(st.text(max_size=80))
def test_any_text_will_do(text: str) -> None:
    for other in (typed_in_latin(text), typed_in_arabic(text)):
        assert other is None or other != ""
