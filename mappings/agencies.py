"""The registry of news agencies: who they are and every name by which a credit line calls them.

The data lie in `agencies.toml` and in a newsroom's own file (`NABA_AGENCIES`); this module answers
"which source is this name?". It knows names only; the forms of credit lines live in
`loader.extract`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from mappings.agency_entries import Agency, RegistryError, read_entries
from mappings.arabic.text import match_key

__all__ = ["Agency", "Registry", "RegistryError", "load_registry", "name_key"]

BUILT_IN = Path(__file__).with_name("agencies.toml")

# Words that say "news agency" in a name, in whatever order a damaged credit line puts them (folded
# as match_key does).
_GENERIC = frozenset(
    (
        "وكاله",
        "وكالات",
        "الوكاله",
        "انباء",
        "الانباء",
        "للانباء",
        "لانباء",
        "الاخباريه",
        "للاعلام",
        "اخبار",
        "للاخبار",
    )
)
# What a newsroom adds to a name to say whose agency it is: "تاس الروسية", "وكالة أنباء الأناضول
# التركية".
_EPITHET_WORDS = (
    "الروسيه الايرانيه التركيه الصينيه الفرنسيه الالمانيه الرسميه الدوليه العالميه المصريه "
    "السوريه الفلسطينيه العراقيه "
    "الاردنيه اللبنانيه السعوديه الكويتيه القطريه الاماراتيه البحرينيه المغربيه الجزائريه "
    "التونسيه الليبيه السودانيه "
    "اليمنيه الامريكيه الاميركيه البريطانيه اليابانيه الكوريه الجنوبيه الايطاليه الاسبانيه "
    "الاوكرانيه الحكوميه شبه "
    "الاخباريه العربيه الانجليزيه"
)
# "موقع وكالة تاس", "الموقع الإلكتروني لوكالة رويترز".
_SITE_WORDS = frozenset(("موقع", "الموقع", "صفحه", "حساب", "الالكتروني", "الرسمي", "لموقع"))
_EPITHETS = frozenset(_EPITHET_WORDS.split())
_FUZZY_LONGEST, _FUZZY_WORDS = 32, 4  # longer ones are sentences
# "الفرنسية" is an agency, "الفرنسي", one letter away, any Frenchman.
_NATIONALITY = re.compile("ال[ء-ي]{3,12}يه")
_FUZZY_LENGTH = 7  # shorter names are too near to ordinary words to forgive a wrong letter
_HAMZA = re.compile("[آأؤإئ]")  # the letters that carry a hamza or madda
_NOT_NAME = re.compile(r"[\W_]+")
_LONGEST_NAME = 90  # characters; what is longer is a sentence


@lru_cache(maxsize=32_768)
def name_key(name: str) -> str:
    """The key under which spellings of one name meet: letters and digits of `match_key`, words
    apart.
    """
    return " ".join(_NOT_NAME.sub(" ", match_key(name)).split())


def _deletions(key: str) -> Iterator[str]:
    yield key
    for at in range(len(key)):
        yield key[:at] + key[at + 1 :]


def _core(words: list[str]) -> frozenset[str]:
    """The words of a name without those that say "news agency", where it has both; else none."""
    core = frozenset(words) - _GENERIC
    return core if len(core) < len(words) else frozenset()


class _Names:
    """Names of sources by every form under which they are recognised, as ids of sources.

    Labels of two outlets may be one word: the source that is added first keeps it.
    """

    def __init__(self) -> None:
        self.exact: dict[str, str] = {}
        self.cores: dict[frozenset[str], str] = {}
        self._joined: dict[str, str] = {}
        self._near: dict[str, str] = {}

    def add(self, key: str, source_id: str) -> None:
        """Makes the name of this key lead to a source."""
        self.exact.setdefault(key, source_id)
        joined = key.replace(" ", "")
        if len(joined) > 2:  # "اب" is AP's initials only as two letters apart
            self._joined.setdefault(joined, source_id)
        if core := _core(key.split()):
            self.cores.setdefault(core, source_id)
        if len(joined) >= _FUZZY_LENGTH and not _NATIONALITY.fullmatch(joined):
            for near in _deletions(joined):
                self._near.setdefault(near, source_id)

    def resolve(self, key: str) -> str | None:
        """The source that a key as a whole names, or None: see `Registry.resolve`."""
        words = key.split()
        if not words:
            return None
        joined = key.replace(" ", "")
        if known := self.exact.get(key) or self._joined.get(joined) or self._by_core(words):
            return known
        if words[0] in _SITE_WORDS:
            return self.resolve(_without_site(words))
        if len(plain := _without_news_agency(words)) < len(words):
            return self.resolve(" ".join(plain))
        return self._without_epithets(words) or self._nearly(joined, len(words))

    def _by_core(self, words: list[str]) -> str | None:
        core = _core(words)
        if not core:
            return None
        plain = " ".join(word for word in words if word in core)
        return self.cores.get(core) or self.exact.get(plain)

    def _without_epithets(self, words: list[str]) -> str | None:
        kept = [word for word in words if word not in _EPITHETS]
        names_somebody = len(kept) < len(words) and not _GENERIC.issuperset(kept)
        return self.resolve(" ".join(kept)) if names_somebody else None

    def _nearly(self, joined: str, words: int) -> str | None:
        if not _FUZZY_LENGTH <= len(joined) <= _FUZZY_LONGEST or words > _FUZZY_WORDS:
            return None
        return next((self._near[near] for near in _deletions(joined) if near in self._near), None)


def _without_site(words: list[str]) -> str:
    """ "موقع لوكالة تاس" (the site of agency TASS) as "وكاله تاس"."""
    rest = (word for word in words if word not in _SITE_WORDS)
    return " ".join("وكاله" if word == "لوكاله" else word for word in rest)


def _without_news_agency(words: list[str]) -> list[str]:
    """The words of "The Associated Press" and "Xinhua News Agency" that name somebody. "The" stays
    with a single word, which may be any: "The Map".
    """
    kept = words[1:] if words[0] == "the" and len(words) > 2 else words
    return kept[:-2] if kept[-2:] == ["news", "agency"] else kept


class Registry:
    """Sources by id, and by name. Immutable; make one with `load_registry`."""

    def __init__(self, sources: Mapping[str, Agency]) -> None:
        self.sources = sources
        self._names = _Names()
        self._bylines: dict[str, str] = {}
        self._domains: dict[str, str] = {}
        self._ambiguous: set[str] = set()
        self._openings = {"وكاله"}  # first words of names
        for source in sources.values():
            self._add(source)
        # Credit lines repeat; hostile ones must not fill the memory.
        self._resolve = lru_cache(maxsize=65_536)(self._resolve_name)

    def _add(self, source: Agency) -> None:
        for key in filter(None, map(name_key, source.names)):
            self._names.add(key, source.id)
            self._openings.add(key.partition(" ")[0])
        for name in source.bylines:
            self._bylines.setdefault(name_key(name), source.id)
        self._ambiguous.update(map(name_key, source.ambiguous))
        for domain in source.domains:
            self._domains.setdefault(domain.lower(), source.id)

    def __iter__(self) -> Iterator[Agency]:
        return iter(self.sources.values())

    def __contains__(self, source_id: object) -> bool:
        return source_id in self.sources

    def get(self, source_id: str) -> Agency | None:
        """The source of this id, or None."""
        return self.sources.get(source_id)

    def label(self, source_id: str, lang: str = "ar") -> str:
        """The label of this id in `lang` ("ar" or "en"); the id itself where the registry does not
        know it.
        """
        source = self.sources.get(source_id)
        return source.label(lang) if source else source_id

    def get_exact(self, name: str, *, byline: bool = False) -> Agency | None:
        """The source one of whose names is `name` letter for letter (after folding), or None."""
        key = name_key(name)
        in_byline = self._bylines.get(key) if byline else None
        return self.sources.get(in_byline or self._names.exact.get(key) or "")

    def resolve(self, name: str, *, byline: bool = False) -> Agency | None:
        """The source that `name` as a whole names, or None.

        Forgives order and doubling of the words that say "agency" ("وكالة للأنباء تسنيم"), an added
        nationality ("تاس الروسية"), missing or added spaces and points, and one wrong letter in a
        name of seven letters or more.
        """
        if byline and (in_byline := self._bylines.get(name_key(name[:_LONGEST_NAME]))):
            return self.sources[in_byline]
        return self.sources.get(self._resolve(name) or "")

    def _resolve_name(self, name: str) -> str | None:
        return self._names.resolve(name_key(name)) if len(name) <= _LONGEST_NAME else None

    def meant_by(self, words_of_query: str) -> Agency | None:
        """The news agency that a reader means by these words, or None; no letter may be wrong,
        unlike in `resolve`.

        An ambiguous name counts after "وكالة" (agency) only; a typed hamza must be its own: وأم (a
        mother) is not وام.
        """
        key = name_key(words_of_query)
        source_id = None if key in self._ambiguous else self._names.exact.get(key)
        if source_id is None and key.startswith("وكاله "):
            core = [word for word in key.split() if word not in _GENERIC]
            source_id = self._names.cores.get(frozenset(core)) or self._names.exact.get(
                " ".join(core)
            )
        source = self.sources.get(source_id or "")
        if source is None or source.kind != "agency":
            return None
        hamzas = _HAMZA.findall(words_of_query)
        return source if not hamzas or hamzas in map(_HAMZA.findall, source.names) else None

    def opens_name(self, word: str) -> bool:
        """Whether a name that `meant_by` knows may begin with this word."""
        return name_key(word).partition(" ")[0] in self._openings

    def is_generic(self, text: str) -> bool:
        """Whether `text` only says "agency", "news" or a nationality, and so names nobody by
        itself.
        """
        words = name_key(text).split()
        return bool(words) and all(word in _GENERIC or word in _EPITHETS for word in words)

    def by_domain(self, address: str) -> Agency | None:
        """The source whose site `address` (URL or host name) belongs to, or None."""
        try:
            host = (
                urlsplit(address if "//" in address else f"//{address}").hostname or ""
            ).removeprefix("www.")
        except ValueError:  # no address at all (http://[abc)
            return None
        while "." in host:
            if found := self._domains.get(host):
                return self.sources[found]
            host = host.partition(".")[2]
        return None


@lru_cache(maxsize=8)
def _load(paths: tuple[Path, ...], _stamps: tuple[int, ...]) -> Registry:
    sources: dict[str, Agency] = {}
    # A newsroom's own entries come first, so that a name both know is theirs.
    for path in reversed(paths):
        for source in read_entries(path):
            sources.setdefault(source.id, source)
    return Registry(sources)


def load_registry(extra: Path | None = None) -> Registry:
    """The registry of this project with the entries of `extra` (NABA_AGENCIES) added or put in
    their place.

    Raises RegistryError where `extra` is not a registry file. Reads again only when a file has
    changed.
    """
    paths = (BUILT_IN,) if extra is None else (BUILT_IN, extra)
    try:
        stamps = tuple(path.stat().st_mtime_ns for path in paths)
    except OSError as error:
        raise RegistryError(
            f"{extra}: cannot be read ({error.strerror}); check NABA_AGENCIES"
        ) from error
    return _load(paths, stamps)
