"""A load from end to end: read, extract, write, and hand the alias over. Called by `naba load` and
`naba run`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from elasticsearch import Elasticsearch

from loader.index.decisions import Decisions
from loader.index.generations import Generations
from loader.index.lock import LoadLock
from loader.index.retries import Patience
from loader.index.target import Target
from loader.index.writer import Writer
from loader.raw import Given, RawArticle, Unreadable
from loader.readers import read
from loader.report import LoadReport, Outcome, Tally
from loader.settings import LoaderSettings
from loader.understand import Refused, understand
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

        def open_writer() -> Writer:
            return Writer(
                es,
                target.open(),
                decisions=Decisions(es, settings.alias),
                patience=patience,
                tally=tally,
                unloaded=unloaded,
            )

        loading = _Loading(settings, options, tally, unloaded, open_writer)
        whole = False
        for item in read(paths, settings, options.source):
            loading.take(item)
            if patience.stopping.is_set() or lock.lost or loading.gave_up:
                break
        else:
            whole = True
        loading.finish()
        interrupted = patience.stopping.is_set() and not whole
        stopped = LOCK_LOST if lock.lost else loading.gave_up
        if stopped is None and interrupted:
            stopped = INTERRUPTED
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
        settings: LoaderSettings,
        options: Options,
        tally: Tally,
        unloaded: UnloadedFile,
        open_writer: Callable[[], Writer],
    ) -> None:
        self._settings = settings
        self._options = options
        self._tally = tally
        self._unloaded = unloaded
        self._open_writer = open_writer
        self._registry = load_registry(settings.agencies)
        self._writer: Writer | None = None
        self._no_writer: str | None = None  # why none could be made

    def take(self, item: RawArticle | Unreadable) -> None:
        """Count one item and bring it on its way."""
        self._tally.read += 1
        now = datetime.now(UTC)
        understood = understand(
            item,
            self._registry,
            now=now,
            today=now.astimezone(self._settings.zone).date(),
            defaults=self._options.defaults,
            seconds=self._settings.reading_seconds,
        )
        if isinstance(understood, Refused):
            self._lose(understood.item, understood.outcome, understood.reason, understood.detail)
            return
        try:
            self._writer = self._writer or self._open_writer()
        except IndexUnreachable as error:
            self._no_writer = str(error)
            self._lose(understood.raw, Outcome.FAILED, "unreachable", self._no_writer)
            return
        self._writer.add(understood.raw, understood.article)

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

    def _lose(
        self, item: RawArticle | Unreadable, outcome: Outcome, reason: str, detail: str
    ) -> None:
        self._tally.lose(outcome, reason, item.place)
        if outcome is Outcome.WITHHELD:  # nobody could mend it
            return
        self._unloaded.write(item, outcome, reason, detail)
