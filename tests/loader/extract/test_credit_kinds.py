"""A credit that names no known agency is told from those that may."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loader.extract.credit_kinds import credit_kind
from mappings.agencies import load_registry


@pytest.mark.parametrize(
    ("credit", "kind"),
    [
        ("وكالة النموذج", "agency"),
        ("مراسل وكالة النموذج", "agency"),
        ("صدى الوادي", "agency"),
        ("Exemplar Press", "agency"),
        ("الشرق الأوسط", "outlet"),
        ("لندن: «الشرق الأوسط»", "outlet"),
        ("صحيفة النموذج", "outlet"),
        ("مراسلنا في دمشق", "correspondent"),
        ("دمشق - مراسلنا", "correspondent"),
        ("بقلم: سلمى الوادي", "correspondent"),
        ("محمد أحمد", "correspondent"),
        ("القاهرة - محمد أحمد", "correspondent"),
        ("وكالات", "nobody"),
        ("خاص", "nobody"),
    ],
)
def test_what_a_credit_looks_like(credit: str, kind: str) -> None:
    assert credit_kind(credit, load_registry()) == kind


@given(st.text(max_size=300))
def test_any_credit_looks_like_something(credit: str) -> None:
    assert credit_kind(credit, load_registry()) in ("agency", "outlet", "correspondent", "nobody")
