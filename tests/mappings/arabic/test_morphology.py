"""What is written onto words: particles, article and nisba, taken off and put on."""

from __future__ import annotations

import pytest

from mappings.arabic import morphology


@pytest.mark.parametrize(
    ("word", "particles"),
    [
        ("بالمدرسه", "ب"),  # in the school: of the particles only; the article is another matter
        ("وبالمدرسه", "وب"),
        ("سيقول", "س"),  # he will say
        ("وقال", ""),  # and he said: three letters would be left
        ("والمدرسه", "و"),
        ("مدرسه", ""),
    ],
)
def test_particles(word: str, particles: str) -> None:
    assert morphology.particles_of(word) == particles


@pytest.mark.parametrize(
    ("word", "article"),
    [
        ("المدرسه", "ال"),
        ("والمدرسه", "وال"),
        ("وبالمدرسه", "وبال"),
        ("للمدرسه", "لل"),
        ("فكالمدرسه", "فكال"),
        ("إلهام", ""),  # Ilham, with its hamza
        ("الم", ""),  # pain: nothing would be left of it
        ("مدرسه", ""),
    ],
)
def test_articles(word: str, article: str) -> None:
    assert morphology.article_of(word) == article


@pytest.mark.parametrize("word", ["مدرسه", "كتاب"])
def test_what_is_put_on_is_taken_off(word: str) -> None:
    for definite in morphology.with_article(word):
        for conjunction in ("", *morphology.CONJUNCTIONS):
            whole = conjunction + definite
            assert whole.removeprefix(morphology.article_of(whole)) == word
            assert morphology.without_attached(whole) == word
        assert morphology.without_conjunction(morphology.WAW + definite) == definite
    assert morphology.without_conjunction(morphology.WAW + word) == morphology.WAW + word


@pytest.mark.parametrize(
    ("word", "ending", "nisba"),
    [
        ("امريكيه", "يه", "امريكي"),  # American, of a woman
        ("امريكيون", "يون", "امريكي"),  # Americans
        ("امريكيين", "يين", "امريكي"),
        ("امريكيات", "يات", "امريكي"),  # American women
        ("امريكي", "", "امريكي"),
        ("امريكا", "", "امريكا"),
    ],
)
def test_nisba(word: str, ending: str, nisba: str) -> None:
    assert morphology.nisba_ending(word) == ending
    assert morphology.nisba_of(word) == nisba


@pytest.mark.parametrize(
    ("word", "bare"),
    [
        ("والمدرسات", "مدرس"),
        ("وللوزير", "لوزير"),  # of two lams one is the article's
        ("المصريين", "مصري"),
        ("قمح", "قمح"),
    ],
)
def test_affixes(word: str, bare: str) -> None:
    assert morphology.without_affixes(word) == bare
