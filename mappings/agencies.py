"""The registry of news agencies: who they are and every name by which a credit line calls them.

The data lie in `agencies.toml` and in a newsroom's own file (`NABA_AGENCIES`); this module reads
both and answers "which source is this name?". It knows names only; the forms of credit lines live
in `loader.extract`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, cast
from urllib.parse import urlsplit

from mappings.arabic.text import match_key
from mappings.errors import NabaError

Kind = Literal["agency", "channel", "outlet"]

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
_FUZZY_LENGTH = 7  # shorter names are too near to ordinary words to forgive a wrong letter
_HAMZA = re.compile("[\u0622-\u0626]")  # the letters that carry a hamza or madda
_NOT_NAME = re.compile(r"[\W_]+")
_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")


class RegistryError(NabaError):
    """A registry file that cannot be used; the message says which entry and what to do."""


@dataclass(frozen=True, slots=True)
class Agency:
    """One source: an agency, a channel that is credited like one, or an outlet that only
    publishes.
    """

    id: str
    label_ar: str
    label_en: str
    kind: Kind = "agency"
    aliases: tuple[str, ...] = ()
    initials: tuple[str, ...] = ()
    latin: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    bylines: tuple[
        str, ...
    ] = ()  # names that mean this source in bylines and datelines and another one elsewhere
    ambiguous: tuple[str, ...] = ()  # those of its names that are words, places or persons as well
    example: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Every name, the Arabic label first."""
        return (self.label_ar, *self.aliases, *self.initials, *self.latin)

    def label(self, lang: str = "ar") -> str:
        """The name people see: Arabic, or English where `lang` is "en"."""
        return self.label_en if lang == "en" else self.label_ar


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


@dataclass(frozen=True, eq=False)  # a registry is itself and nobody else: it can key a cache
class Registry:
    """Sources by id, and by name. Immutable; make one with `load_registry`."""

    sources: Mapping[str, Agency]
    _exact: dict[str, str] = field(default_factory=dict, repr=False, compare=False)
    _joined: dict[str, str] = field(default_factory=dict, repr=False, compare=False)
    _cores: dict[frozenset[str], str] = field(default_factory=dict, repr=False, compare=False)
    _near: dict[str, str] = field(default_factory=dict, repr=False, compare=False)
    _bylines: dict[str, str] = field(default_factory=dict, repr=False, compare=False)
    _domains: dict[str, str] = field(default_factory=dict, repr=False, compare=False)
    _ambiguous: set[str] = field(default_factory=set, repr=False, compare=False)
    _openings: set[str] = field(
        default_factory=lambda: {"وكاله"}, repr=False, compare=False
    )  # first words of names
    _answers: dict[str, str | None] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        for source in self.sources.values():
            for name in source.names:
                key = name_key(name)
                if not key:
                    continue
                # Labels of two outlets may be one word; the first named keeps it.
                self._exact.setdefault(key, source.id)
                self._openings.add(key.partition(" ")[0])
                joined = key.replace(" ", "")
                if len(joined) > 2:  # "اب" is AP's initials only as two letters apart
                    self._joined.setdefault(joined, source.id)
                words = key.split()
                core = frozenset(words) - _GENERIC
                if core and len(core) < len(words):
                    self._cores.setdefault(core, source.id)
                if len(joined) >= _FUZZY_LENGTH:
                    for near in _deletions(joined):
                        self._near.setdefault(near, source.id)
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
        found = (byline and self._bylines.get(key)) or self._exact.get(key)
        return self.sources[found] if found else None

    def resolve(self, name: str, *, byline: bool = False) -> Agency | None:
        """The source that `name` as a whole names, or None.

        Forgives order and doubling of the words that say "agency" ("وكالة للأنباء تسنيم"), an added
        nationality ("تاس الروسية"), missing or added spaces and points, and one wrong letter in a
        name of seven letters or more.
        """
        if byline and self._bylines and (found := self._bylines.get(name_key(name[:90]))):
            return self.sources[found]
        if name in self._answers:
            found = self._answers[name]
        else:
            found = self._resolve(name_key(name)) if len(name) <= 90 else None
            if (
                len(self._answers) < 65_536
            ):  # credit lines repeat; hostile ones must not fill the memory
                self._answers[name] = found
        return self.sources[found] if found else None

    def meant_by(self, words_of_query: str) -> Agency | None:
        """The news agency that a reader means by these words, or None; no letter may be wrong,
        unlike in `resolve`.

        An ambiguous name counts after "وكالة" (agency) only; a typed hamza must be its own: وأم (a
        mother) is not وام.
        """
        key = name_key(words_of_query)
        found = None if key in self._ambiguous else self._exact.get(key)
        if found is None and key.startswith("وكاله "):
            core = [word for word in key.split() if word not in _GENERIC]
            found = self._cores.get(frozenset(core)) or self._exact.get(" ".join(core))
        source, hamzas = self.sources.get(found or ""), _HAMZA.findall(words_of_query)
        is_meant = (
            source
            and source.kind == "agency"
            and (not hamzas or hamzas in map(_HAMZA.findall, source.names))
        )
        return source if is_meant else None

    def opens_name(self, word: str) -> bool:
        """Whether a name that `meant_by` knows may begin with this word."""
        return name_key(word).partition(" ")[0] in self._openings

    def is_generic(self, text: str) -> bool:
        """Whether `text` only says "agency", "news" or a nationality, and so names nobody by
        itself.
        """
        words = name_key(text).split()
        return bool(words) and all(word in _GENERIC or word in _EPITHETS for word in words)

    def _resolve(self, key: str) -> str | None:
        if not key:
            return None
        if found := self._exact.get(key):
            return found
        joined = key.replace(" ", "")
        if found := self._joined.get(joined):
            return found
        words = key.split()
        core = frozenset(words) - _GENERIC
        if core and len(core) < len(words):
            if found := self._cores.get(core):
                return found
            plain = " ".join(word for word in words if word in core)
            if found := self._exact.get(plain):
                return found
        if words[0] in _SITE_WORDS:
            rest = [
                "وكاله" if word == "لوكاله" else word for word in words if word not in _SITE_WORDS
            ]
            return self._resolve(" ".join(rest))
        kept = [word for word in words if word not in _EPITHETS]
        if (
            kept
            and len(kept) < len(words)
            and set(kept) - _GENERIC
            and (found := self._resolve(" ".join(kept)))
        ):
            return found
        if _FUZZY_LENGTH <= len(joined) <= _FUZZY_LONGEST and len(words) <= _FUZZY_WORDS:
            return self._nearly(joined)
        return None

    def _nearly(self, joined: str) -> str | None:
        for near in _deletions(joined):
            if found := self._near.get(near):
                return found
        return None

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


def _entry(table: Mapping[str, Any], where: str) -> Agency:
    """One [[source]] table as an Agency; raises RegistryError with the entry's place."""
    known = {f.name for f in fields(Agency)}
    if unknown := sorted(set(table) - known):
        raise RegistryError(
            f"{where}: unknown key {unknown[0]!r}; the keys are {', '.join(sorted(known))}"
        )
    source_id = table.get("id")
    if not isinstance(source_id, str) or not _ID.fullmatch(source_id):
        raise RegistryError(
            f"{where}: id must be lower-case Latin letters, digits, _ or -, at most 40"
        )
    where = f"{where} ({source_id})"
    if table.get("kind", "agency") not in ("agency", "channel", "outlet"):
        raise RegistryError(f'{where}: kind must be "agency", "channel" or "outlet"')
    for key in ("label_ar", "label_en"):
        if not isinstance(table.get(key), str) or not table[key].strip():
            raise RegistryError(f"{where}: {key} must be a name")
    lists: dict[str, tuple[str, ...]] = {}
    for key in ("aliases", "initials", "latin", "domains", "bylines", "ambiguous"):
        value = table.get(key, [])
        if not isinstance(value, list) or not all(
            isinstance(name, str) and name.strip() for name in value
        ):
            raise RegistryError(f"{where}: {key} must be a list of names")
        lists[key] = tuple(value)
    return Agency(
        id=source_id,
        label_ar=table["label_ar"],
        label_en=table["label_en"],
        kind=cast(Kind, table.get("kind", "agency")),
        example=str(table.get("example", "")),
        **lists,
    )


def read_entries(path: Path) -> Iterable[Agency]:
    """The entries of one registry file, in order; raises RegistryError where the file is not
    one.
    """
    try:
        with path.open("rb") as handle:
            data = tomllib.load(handle)
    except OSError as error:
        raise RegistryError(
            f"{path}: cannot be read ({error.strerror}); check NABA_AGENCIES"
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RegistryError(f"{path}: not a TOML file in UTF-8 ({error})") from error
    tables = data.get("source", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise RegistryError(f"{path}: every agency is a [[source]] table")
    return [_entry(table, f"{path.name}, entry {number}") for number, table in enumerate(tables, 1)]


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
