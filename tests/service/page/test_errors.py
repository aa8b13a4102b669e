"""What is wrong with a parameter, in the reader's words."""

from __future__ import annotations

from typing import get_args

import pytest

from service.errors import Reason
from service.locale.language import LanguageCode, load_language


@pytest.mark.parametrize("reason", get_args(Reason))
@pytest.mark.parametrize("code", get_args(LanguageCode))
def test_every_reason_has_its_wording(code: LanguageCode, reason: str) -> None:
    assert load_language(code).texts.get(f"error.{reason}")
