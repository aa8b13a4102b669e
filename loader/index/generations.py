"""Generations of the index behind one alias: built, verified, promoted, rolled back, listed,
deleted.

A generation is an index called ALIAS-YYYYMMDDtHHMMSS; the alias names the one that serves. A
generation that is being built is not refreshed and has no replicas, which saves Elasticsearch a
quarter of its work; `_meta.state` says so, and whoever finds such a generation serving after a
crash sets it right.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Literal

from elasticsearch import Elasticsearch, NotFoundError

from loader.index.decisions import Decisions
from mappings.article import Article, Field
from mappings.errors import NabaError
from mappings.failures import ElasticsearchFailure
from mappings.index import INDEX_VERSION, generation_name, generation_pattern, index_body

ADMIN_TIMEOUT = (
    60.0  # seconds; creating an index waits for the cluster's state, and a load for its merge
)
BUILDING: Final = "building"
COMPLETE: Final = "complete"
State = Literal["building", "complete"]
# A search looks each of its terms up in every segment: 31,509 articles in the 18 segments that
# loading left took 31 ms where one segment takes 15. One for each so many bytes, some 300,000
# articles: a larger merge takes long, and beyond 5 GB Elasticsearch would not merge the segment
# again until half of its articles were deleted.
BYTES_OF_SEGMENT: Final = 2 * 1024**3
# of the articles newly written: what merging rewrites stays in proportion to what loads write
MERGED_FROM: Final = 0.1
_BUILD_SETTINGS = {
    "refresh_interval": "-1",
    "auto_expand_replicas": "false",
    "number_of_replicas": 0,
}


class GenerationError(NabaError):
    """The generations are not as the wish needs them; the sentence says what is."""


@dataclass(frozen=True, slots=True)
class Generation:
    """One generation as it is. `articles` counts what is searchable; `bytes` is the size on disk,
    replicas included.
    """

    name: str
    current: bool
    state: State
    version: int  # INDEX_VERSION of the Naba that built it
    articles: int
    bytes: int

    @property
    def created(self) -> datetime:
        """When it was begun (UTC), from its name."""
        return datetime.strptime(self.name[-15:], "%Y%m%dt%H%M%S").replace(tzinfo=UTC)


class Generations:
    """The generations of one alias. Every call may raise the client's errors; the loader waits them
    out.
    """

    def __init__(self, es: Elasticsearch, alias: str) -> None:
        self._es = es.options(request_timeout=ADMIN_TIMEOUT)
        self.alias = alias
        self._name = generation_pattern(alias)
        self._decisions = Decisions(es, alias)

    def all(self) -> list[Generation]:
        """All generations, oldest first."""
        found = self._es.indices.get(index=f"{self.alias}-*", features=["aliases", "mappings"])
        names = sorted(name for name in found if self._name.fullmatch(name))
        if not names:
            return []
        stats = self._es.indices.stats(index=names, metric=["docs", "store"])["indices"]
        return [self._generation(name, found[name], stats.get(name, {})) for name in names]

    def _generation(self, name: str, index: dict[str, Any], stats: dict[str, Any]) -> Generation:
        meta = index["mappings"].get("_meta", {})
        return Generation(
            name=name,
            current=self.alias in index["aliases"],
            state=BUILDING if meta.get("state") == BUILDING else COMPLETE,
            version=int(meta.get("version", 0)),
            articles=int(stats.get("primaries", {}).get("docs", {}).get("count", 0)),
            bytes=int(stats.get("total", {}).get("store", {}).get("size_in_bytes", 0)),
        )

    def current(self) -> Generation | None:
        """The generation that serves, None when there is none. Raises GenerationError where the
        alias is not ours.
        """
        try:
            holders = list(self._es.indices.get_alias(name=self.alias))
        except NotFoundError:
            if self._es.indices.exists(index=self.alias):
                raise GenerationError(
                    f"{self.alias} is an index, not an alias: choose another NABA_ALIAS or "
                    f"remove that index."
                ) from None
            return None
        if len(holders) != 1 or not self._name.fullmatch(holders[0]):
            raise GenerationError(
                f"The alias {self.alias} names {', '.join(sorted(holders))}, which Naba did not "
                f"build: choose another "
                "NABA_ALIAS."
            )
        return self.get(holders[0])

    def get(self, name: str) -> Generation:
        """One generation by its name. Raises GenerationError when there is none."""
        for generation in self.all():
            if generation.name == name:
                return generation
        raise GenerationError(
            f"There is no generation {name}: `naba index list` shows those there are."
        )

    def create(self, now: datetime) -> Generation:
        """A new, empty generation in its building state, named by `now` or by the first second
        after the newest.
        """
        existing = self.all()
        if existing:
            now = max(now, existing[-1].created + timedelta(seconds=1))
        name = generation_name(self.alias, now)
        body = index_body()
        body["settings"] |= _BUILD_SETTINGS
        body["mappings"]["_meta"] = {"version": INDEX_VERSION, "state": BUILDING}
        self._es.indices.create(index=name, **body)
        return Generation(
            name, current=False, state=BUILDING, version=INDEX_VERSION, articles=0, bytes=0
        )

    def finish(self, name: str) -> None:
        """Make a built generation fit to serve: searchable, and with the settings it was built
        without. Repeatable.
        """
        self._es.indices.refresh(index=name)
        settings = index_body()["settings"]
        self._es.indices.put_settings(
            index=name,
            settings={key: settings[key] for key in ("refresh_interval", "auto_expand_replicas")},
        )
        self._es.indices.put_mapping(index=name, meta={"version": INDEX_VERSION, "state": COMPLETE})

    def merge(self, name: str, written: int) -> None:
        """Few segments for a generation of which this load wrote `written` articles; nothing where
        that is few of them.

        Waits for ADMIN_TIMEOUT at most; a merge that takes longer goes on in Elasticsearch. Tried
        once and never an error: an index that could not be merged is as good, only slower to
        search.
        """
        with contextlib.suppress(*ElasticsearchFailure):
            generation = self.get(name)
            if written >= generation.articles * MERGED_FROM:
                self._es.indices.forcemerge(
                    index=name, max_num_segments=1 + generation.bytes // BYTES_OF_SEGMENT
                )

    def refresh(self, name: str) -> None:
        """Make everything written searchable now."""
        self._es.indices.refresh(index=name)

    def verify(
        self, name: str, articles: int, samples: Sequence[Article], since: datetime | None = None
    ) -> None:
        """Hold a finished generation to what was loaded. Raises GenerationError when it may not
        serve.

        It must hold exactly `articles`, but for those that were withdrawn or restored `since` then
        (none where it is not given), and a search for the first words of each sample must find that
        sample.
        """
        found = int(self._es.count(index=name)["count"])
        changed = self._decisions.changed_since(since) if since else 0
        if abs(found - articles) > changed:
            raise GenerationError(
                f"{name} holds {found} articles where {articles} were loaded; it was not promoted."
            )
        gone = self._decisions.withdrawn([article.id for article in samples])
        samples = [article for article in samples if article.id not in gone]
        for article in samples:
            words = {"query": " ".join(article.body.split()[:8]), "zero_terms_query": "all"}
            query = {
                "bool": {
                    "filter": {"term": {Field.ID: article.id}},
                    "must": {"match": {Field.BODY: words}},
                }
            }
            if self._es.search(index=name, query=query, size=0)["hits"]["total"]["value"] != 1:
                raise GenerationError(
                    f"A search of {name} does not find article {article.id}; it was not promoted."
                )

    def promote(self, name: str) -> str | None:
        """Let the alias name `name`, in one step that no search notices, without what is withdrawn.
        Out: the generation that
        served before.
        """
        new = self.get(name)
        old = self.current()
        if old is not None and old.name == new.name:
            return old.name
        if new.version != INDEX_VERSION:
            raise GenerationError(wrong_version(new))
        self._decisions.enforce(new.name)
        actions: list[dict[str, Any]] = [{"add": {"index": new.name, "alias": self.alias}}]
        if old is not None:
            actions.insert(
                0, {"remove": {"index": old.name, "alias": self.alias, "must_exist": True}}
            )
        self._es.indices.update_aliases(actions=actions)
        return old.name if old else None

    def enforce(self, name: str) -> None:
        """Take out of a generation what is withdrawn: a crash may have left some."""
        self._decisions.enforce(name)

    def rollback(self) -> tuple[str, str]:
        """Serve the complete generation before the current one. Out: its name, and the name of the
        one left.
        """
        current = self.current()
        if current is None:
            raise GenerationError("Nothing serves, so there is nothing to roll back from.")
        earlier = [g for g in self.all() if g.name < current.name and g.state == COMPLETE]
        if not earlier:
            raise GenerationError(f"There is no complete generation before {current.name}.")
        self.promote(earlier[-1].name)
        return earlier[-1].name, current.name

    def delete(self, name: str) -> None:
        """Delete a generation. Raises GenerationError for the current one and for what is no
        generation.
        """
        if self.get(name).current:
            raise GenerationError(
                f"{name} is the generation that serves: promote another one first."
            )
        self._es.indices.delete(index=name)

    def prune(self, keeping: str) -> list[str]:
        """Delete every generation but the current one and `keeping`, the one for a rollback. Out:
        their names.

        One that was rolled back from goes as well, or the next rollback would lead to it.
        """
        old = [g.name for g in self.all() if g.name != keeping and not g.current]
        for name in old:
            self._es.indices.delete(index=name)
        return old

    def repair(self) -> list[str]:
        """Set right what a crashed load left, in sentences. Only while holding the lock: no build
        is under way.
        """
        sentences = []
        for generation in self.all():
            if generation.state == COMPLETE:
                continue
            if generation.current:
                self.finish(generation.name)
                sentences.append(
                    f"{generation.name} serves and was left in its building state; it has been "
                    f"set right."
                )
            else:
                self._es.indices.delete(index=generation.name)
                sentences.append(f"{generation.name} was left half-built and has been deleted.")
        return sentences


def wrong_version(generation: Generation) -> str:
    """The sentence for a generation that another version of Naba built."""
    return (
        f"{generation.name} is of index version {generation.version}, this Naba writes version "
        f"{INDEX_VERSION}: "
        "build a new generation with `naba load --replace PATH…`."
    )
