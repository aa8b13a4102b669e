"""The registry: every entry is found by its example, names resolve as credit lines write them, and
bad files say so.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from loader.extract import extract
from loader.raw import RawArticle
from mappings.agencies import Agency, RegistryError, load_registry, name_key

REGISTRY = load_registry()


@pytest.mark.parametrize("source", list(REGISTRY), ids=lambda source: source.id)
def test_every_source_is_found_by_its_example(source: Agency) -> None:
    assert source.example, "every entry has an example: raw copy that it signs"
    found = extract(
        RawArticle("archive", "a.txt", source.example), REGISTRY, today=date(2026, 6, 1)
    )
    if source.kind == "outlet":
        assert (found.agencies, found.outlet) == ((), source.label_ar)
    else:
        assert found.agencies == (source.id,)


@pytest.mark.parametrize("source", list(REGISTRY), ids=lambda source: source.id)
def test_every_name_leads_to_its_source(source: Agency) -> None:
    """No two entries share a name, but for a label that another entry's alias makes clear."""
    for name in (*source.aliases, *source.initials, *source.latin):
        resolved = REGISTRY.resolve(name)
        assert resolved is not None
        assert resolved.id == source.id, f"{name} is also a name of {resolved.id}"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("أ.ف.ب", "afp"),
        ("أ ف ب", "afp"),
        ("ا ف ب", "afp"),
        ("أ ب", "ap"),
        ("د.ب.أ.", "dpa"),
        ("وكالة للأنباء تسنيم", "tasnim"),
        ("للأنباء وكالة تسنيم", "tasnim"),
        ("أسوشيتدر برس", "ap"),
        ("REUTERS", "reuters"),
        ("تاس الروسية", "tass"),
        ("وكالة أنباء الأناضول التركية", "anadolu"),
        ("الاناضول", "anadolu"),
        ("رُويترز", "reuters"),
        ("العُمانية", "ona"),
        ("وكالة أنباء الشرق الأوسط", "mena"),
        ("الشرق الأوسط", "asharqalawsat"),
        ("صحيفة الجزيرة", "aljazirah"),
        ("الجزيرة نت", "aljazeera"),
        ("The Associated Press", "ap"),
        ("Xinhua News Agency", "xinhua"),
        ("Petra News Agency", "petra"),
        ("«الأناضول للأنباء»", "anadolu"),
        ("The Map", None),
        ("The News Agency", None),
        ("News Agency", None),
        ("وكالة", None),
        ("وكالات", None),
        ("وكالة الأنباء", None),
        ("الأنباء", None),
        ("أب", None),
        ("قال وزير الخارجية", None),
        ("", None),
    ],
)
def test_names_as_credit_lines_write_them(name: str, expected: str | None) -> None:
    found = REGISTRY.resolve(name)
    assert (found.id if found else None) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("رويترز", "reuters"),
        ("فرانس برس", "afp"),
        ("أ ف ب", "afp"),
        ("أ.ف.ب", "afp"),
        ("الأناضول", "anadolu"),
        ("وكالة رويترز", "reuters"),
        ("وكالة أنباء رويترز", "reuters"),
        ("وكالة الأنباء السعودية", "spa"),
        ("AFP", "afp"),
        # Words, places, persons: only after "agency".
        ("معا", None),
        ("وكالة معا", "maan"),
        ("فارس", None),
        ("وكالة أنباء فارس", "fars"),
        ("قنا", None),
        ("الفرنسية", None),
        ("بلومبرغ", None),  # Michael Bloomberg
        ("وكالة بلومبرغ", "bloomberg"),
        ("وأم", None),  # and a mother; folded it is WAM
        ("وام", "wam"),
        ("أرنا", None),  # show us; folded it is IRNA
        ("الصين الجديدة", None),
        ("وكالة الصين الجديدة", "xinhua"),
        # No channel or outlet, whatever it is called.
        ("الجزيرة", None),
        ("العربية", None),
        ("الحرة", None),
        ("سبق", None),
        ("عاجل", None),
        ("الوطن", None),
        # Nothing nearly right, nothing generic.
        ("رويترس العربية", None),
        ("وكالة ناسا", None),
        ("وكالة الفضاء", None),
        ("وكالة الأنباء", None),
        ("وكالة", None),
        ("أخبار السعودية", None),
        ("أخبار الشرق الأوسط", None),
        ("", None),
    ],
)
def test_the_agency_that_a_query_means(query: str, expected: str | None) -> None:
    found = load_registry().meant_by(query)
    assert (found and found.id) == expected


def test_ambiguous_names_are_names() -> None:
    for source in load_registry():
        assert {*map(name_key, source.ambiguous)} <= {*map(name_key, source.names)}, source.id


def test_one_name_can_mean_another_source_in_a_byline() -> None:
    assert REGISTRY.resolve("الجزيرة") == REGISTRY.get("aljazeera")
    assert REGISTRY.resolve("الجزيرة", byline=True) == REGISTRY.get("aljazirah")


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://www.reuters.com/world/x", "reuters"),
        ("arabic.rt.com", "rt"),
        ("https://example.org/reuters.com", None),
        ("https://notreuters.com/", None),
    ],
)
def test_sites_by_address(address: str, expected: str | None) -> None:
    found = REGISTRY.by_domain(address)
    assert (found.id if found else None) == expected


def test_the_agencies_of_the_development_set_have_their_ids(shared: Path) -> None:
    wanted = json.loads((shared / "extraction" / "agencies.json").read_text(encoding="utf-8"))
    for entry in wanted:
        for name in [*entry["names"], *entry["latin"]]:
            found = REGISTRY.resolve(name)
            assert found is not None, name
            assert found.id == entry["id"], name


def own(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "agencies.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_newsroom_adds_its_own_and_overrides_ours(tmp_path: Path) -> None:
    path = own(
        tmp_path,
        """
[[source]]
id = "sada"
label_ar = "وكالة صدى الوادي"
label_en = "Sada"
aliases = ["صدى الوادي"]

[[source]]
id = "reuters"
label_ar = "رويترز (مشترك)"
label_en = "Reuters (subscribed)"
""",
    )
    registry = load_registry(path)
    found = registry.resolve("صدى الوادي")
    assert found is not None
    assert found.id == "sada"
    assert registry.label("reuters") == "رويترز (مشترك)"
    assert len(registry.sources) == len(REGISTRY.sources) + 1


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[source]\n", "not a TOML file"),
        ('[[source]]\nid = "Bad Id"\nlabel_ar = "ا"\nlabel_en = "a"\n', "id must be"),
        ('[[source]]\nid = "a"\nlabel_en = "a"\n', "label_ar must be"),
        ('[[source]]\nid = "a"\nlabel_ar = "ا"\nlabel_en = "a"\nkind = "paper"\n', "kind must be"),
        (
            '[[source]]\nid = "a"\nlabel_ar = "ا"\nlabel_en = "a"\nalias = ["ب"]\n',
            "unknown key 'alias'",
        ),
        (
            '[[source]]\nid = "a"\nlabel_ar = "ا"\nlabel_en = "a"\naliases = "ب"\n',
            "aliases must be a list",
        ),
        ("source = 3\n", "every agency is a [[source]]"),
    ],
)
def test_a_bad_file_says_what_to_change(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(RegistryError, match=says.replace("[", r"\[")):
        load_registry(own(tmp_path, text))


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(RegistryError, match="NABA_AGENCIES"):
        load_registry(tmp_path / "absent.toml")


def test_keys_fold_what_spellings_differ_in() -> None:
    assert name_key("وكالة «الأنَاضول»!") == name_key("وكاله الاناضول")
