"""The protected names of the lexicon: which forms mappings/words/names.txt stands for, and the one
reading they share.

Called by scripts/build_lexicon.py. A reading is the first form of the name, folded. Where the
analysis makes the same of other words too (حلبة, arena, loses its ending and would be حلب, Aleppo)
the reading carries a sign that no word has.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from mappings.arabic.letters import fold
from mappings.arabic.morphology import (
    ALEF,
    ARTICLE,
    BEH,
    CONJUNCTIONS,
    HEH,
    JOINED_ARTICLES,
    LAM,
    NISBA,
    NISBA_ENDINGS,
    NOON,
    TEH,
    WAW,
    YEH,
)
from mappings.arabic.word_lists import NAME_SIGN, no_names

_BEFORE_NAMES = (BEH, LAM)  # as (كاف) is rare, and كسرت is "broke"
PARTICLES = (
    *CONJUNCTIONS,
    *_BEFORE_NAMES,
    *(conjunction + particle for conjunction in CONJUNCTIONS for particle in _BEFORE_NAMES),
)
_IN_THE, _AS_THE, _FOR_THE = JOINED_ARTICLES
WITH_ARTICLE = (
    _AS_THE,
    *(before + article for before in ("", *CONJUNCTIONS) for article in (_IN_THE, _FOR_THE)),
    *(conjunction + ARTICLE for conjunction in CONJUNCTIONS),
)
# These have a rule even where the corpus does not happen to hold them.
ALWAYS = (WAW, BEH, LAM, WAW + ARTICLE, _IN_THE, _FOR_THE)
FEMININE, PLURAL = YEH + HEH, YEH + YEH + NOON
# Beside feminine and plurals: the accusative, and the feminine duals and the masculine one.
ALL_NISBA_ENDINGS = (
    *NISBA_ENDINGS,
    YEH + ALEF,
    YEH + ALEF + NOON,
    YEH + TEH + YEH + NOON,
    YEH + TEH + ALEF + NOON,
)
ALWAYS_NISBA = (FEMININE, PLURAL)


def _own_forms(family: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """The forms of a name without particles, folded; whether a rule is needed even for one that the
    corpus lacks.
    """
    for place, form in enumerate(family):
        written = fold(form)
        yield written, True
        if place and written.endswith(NISBA):
            stem = written.removesuffix(NISBA)
            yield ARTICLE + written, True
            for ending in ALL_NISBA_ENDINGS:
                yield stem + ending, ending in ALWAYS_NISBA
                yield ARTICLE + stem + ending, ending in ALWAYS_NISBA


def _attached(form: str) -> Iterator[tuple[str, bool]]:
    """`form` behind each particle; whether a rule is needed in any case."""
    bare = form.removeprefix(ARTICLE)
    for particle in WITH_ARTICLE if form.startswith(ARTICLE) else PARTICLES:
        yield particle + (bare if form.startswith(ARTICLE) else form), particle in ALWAYS


def own_forms(families: Sequence[Sequence[str]], counts: Mapping[str, int]) -> dict[str, str]:
    """Folded form -> folded name, without particles: the forms always needed, and the others that
    the corpus holds.
    """
    forms: dict[str, str] = {}
    for family in families:
        for form, needed in _own_forms(family):
            if needed or form in counts:
                forms.setdefault(form, fold(family[0]))
    return forms


def all_forms(own: Mapping[str, str], counts: Mapping[str, int]) -> dict[str, str]:
    """`own` and the same forms behind particles.

    What is a form of its own is no other name behind a particle (بكين, Beijing, is not ب + كين,
    Kane), and what is seen more often than the name alone is another word, and so are those that
    the list says are none.
    """
    forms, others = dict(own), no_names()
    for form, name in own.items():
        for attached, needed in _attached(form):
            seen = counts.get(attached, 0)
            if (needed or seen) and seen <= counts.get(form, 0) and attached not in others:
                forms.setdefault(attached, name)
    return forms


def name_readings(forms: Mapping[str, str], taken: Collection[str]) -> dict[str, str]:
    """Form -> reading: the name whole, with the sign where it is one of `taken`, the readings of
    other words.
    """
    return {form: name + NAME_SIGN if name in taken else name for form, name in forms.items()}
