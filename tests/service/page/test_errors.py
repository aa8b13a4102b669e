"""What is wrong with a parameter, in the reader's words."""

from __future__ import annotations

from typing import get_args

import pytest

from service.locale.language import LanguageCode, load_language
from service.params import Reason

# What the reading of an address finds wrong, before the parameters themselves.
OF_ADDRESSES = ("unknown_parameter", "repeated")


@pytest.mark.parametrize("reason", [*get_args(Reason), *OF_ADDRESSES])
@pytest.mark.parametrize("code", get_args(LanguageCode))
def test_every_reason_has_its_wording(code: LanguageCode, reason: str) -> None:
    assert load_language(code).texts.get(f"error.{reason}")
