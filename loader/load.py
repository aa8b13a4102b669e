"""A load from end to end: read, extract, write, and hand the alias over. Called by `naba load` and
`naba run`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from elasticsearch import Elasticsearch

from loader.extract import extract
from loader.extract.extraction import Rejected
from loader.index.documents import to_article
from loader.index.generations import Generations
from loader.index.lock import LoadLock
from loader.index.retries import Patience
from loader.index.target import Target
from loader.index.writer import Writer
from loader.raw import Given, RawArticle, Unreadable
from loader.readers import read
from loader.report import LoadReport, Outcome, Tally
from loader.settings import LoaderSettings
from loader.unloaded import UnloadedFile
from mappings.agencies import load_registry
from mappings.article import Article
from mappings.connection import IndexUnreachable

INTERRUPTED = (
    "The load was interrupted: what had been read is accounted for, the rest was not read."
)
LOCK_LOST = (
    "Another loader took this load for dead and took its place: let it end, then load again."
)


@dataclass(frozen=True, slots=True)
class Options:
    """What the caller wishes. `unloaded` is the file, not there yet, for what is rejected or
    fails.
    """

    unloaded: Path
    replace: bool = False
    source: str | None = None
    defaults: Given | None = None


def load(
    es: Elasticsearch,
    paths: Sequence[Path],
    settings: LoaderSettings,
    options: Options,
    *,
    patience: Patience | None = None,
    tally: Tally | None = None,
) -> LoadReport:
    """Load all articles below `paths` into the current generation, or into a new one that then
    takes its place.

    `patience.stopping` ends the load early and cleanly; `tally` may be watched from another thread
    meanwhile. Raises Locked when another load is running, GenerationError for an index of another
    version or not ours, IndexUnreachable when Elasticsearch is not there at the beginning. Later
    faults are in the report.
    """
    tally = tally or Tally()
    patience = replace(patience or Patience(settings.patience), waiting=tally.say_waiting)
    lock = LoadLock(es, settings.alias)
    patience.call(es, lock.acquire)
    with lock, UnloadedFile(options.unloaded) as unloaded:
        generations = Generations(es, settings.alias)
        target = Target(es, generations, patience, replaces=options.replace)
        loading = _Loading(es, settings, options, patience, tally, unloaded, target)
        whole = False
        for item in read(paths, settings, options.source):
            loading.take(item)
            if patience.stopping.is_set() or lock.lost or loading.gave_up:
                break
        else:
            whole = True
        loading.finish()
        interrupted = patience.stopping.is_set() and not whole
        stopped = (
            LOCK_LOST if lock.lost else loading.gave_up or (INTERRUPTED if interrupted else None)
        )
        stopped = target.close(tally, loading.samples, stopped)
        return tally.report(
            generation=target.serving,
            replaced=target.replaced,
            unloaded=unloaded.path if unloaded.count else None,
            interrupted=interrupted,
            stopped=stopped,
            notes=tuple(target.notes),
        )


class _Loading:
    """The way of the articles of one load; the writer comes into being with the first of them."""

    def __init__(
        self,
        es: Elasticsearch,
        settings: LoaderSettings,
        options: Options,
        patience: Patience,
        tally: Tally,
        unloaded: UnloadedFile,
        target: Target,
    ) -> None:
        self._es = es
        self._options = options
        self._patience = patience
        self._tally = tally
        self._unloaded = unloaded
        self._target = target
        self._registry = load_registry(settings.agencies)
        self._zone = settings.zone
        self._writer: Writer | None = None
        self._no_writer: str | None = None  # why none could be made

    def take(self, item: RawArticle | Unreadable) -> None:
        """Count one item and bring it on its way."""
        self._tally.read += 1
        if isinstance(item, Unreadable):
            self._lose(item, Outcome.REJECTED, item.reason, item.detail)
            return
        defaults = item.defaults or self._options.defaults
        if defaults is not None:
            item = replace(item, defaults=defaults)
        now = datetime.now(UTC)
        try:
            extraction = extract(
                item, self._registry, today=now.astimezone(self._zone).date(), defaults=defaults
            )
            article = to_article(item, extraction, loaded_at=now)
        except Rejected as rejected:
            self._lose(item, Outcome.REJECTED, rejected.reason, rejected.detail)
            return
        except Exception as error:  # noqa: BLE001 - a mistake of ours that one text brings out must not lose the others
            self._lose(
                item, Outcome.FAILED, "not-understood", f"Reading this text failed: {error!r}"
            )
            return
        try:
            writer = self._open_writer()
        except IndexUnreachable as error:
            self._no_writer = str(error)
            self._lose(item, Outcome.FAILED, "unreachable", self._no_writer)
            return
        writer.add(item, article)

    def finish(self) -> None:
        """Bring everything under way to its end."""
        if self._writer is not None:
            self._writer.finish()

    @property
    def gave_up(self) -> str | None:
        """One sentence when Elasticsearch cannot be written to."""
        return self._writer.gave_up if self._writer else self._no_writer

    @property
    def samples(self) -> Sequence[Article]:
        """Some of the articles that were indexed."""
        return self._writer.samples if self._writer else ()

    def _open_writer(self) -> Writer:
        if self._writer is None:
            name, fresh = self._target.open()
            self._writer = Writer(
                self._es,
                name,
                fresh=fresh,
                patience=self._patience,
                tally=self._tally,
                unloaded=self._unloaded,
            )
        return self._writer

    def _lose(
        self, item: RawArticle | Unreadable, outcome: Outcome, reason: str, detail: str
    ) -> None:
        self._tally.lose(outcome, reason)
        self._unloaded.write(item, outcome, reason, detail)
