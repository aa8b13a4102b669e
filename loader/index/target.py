"""The generation a load writes to: the current one, or a new one that serves when it is whole.

A first load has no generation to add to: it makes one, which serves at once and fills up under the
readers' eyes, so that a load that breaks off can be taken up again. With `--replace` a new
generation serves when everything is in it and it was verified; until then, and if anything fails,
the old one does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from elasticsearch import Elasticsearch

from loader.index.generations import GenerationError, Generations, wrong_version
from loader.index.retries import Patience
from loader.report import Outcome, Tally
from mappings.article import Article
from mappings.errors import NabaError
from mappings.index import INDEX_VERSION

MERGING = "Elasticsearch merges what was written, so that searches are quick."


@dataclass(frozen=True, slots=True)
class Opened:
    """An index to write to; `fresh` says that nothing has been written to it, so that there is
    nothing to compare.
    """

    index: str
    fresh: bool


class Target:
    """Opened before the first article is written, closed after the last. Only while the load lock
    is held.
    """

    def __init__(
        self, es: Elasticsearch, generations: Generations, patience: Patience, *, replaces: bool
    ) -> None:
        """Raises GenerationError when the current generation cannot be added to,
        IndexUnreachable.
        """
        self._es = es
        self._generations = generations
        self._patience = patience
        self._replaces = replaces
        self._built: str | None = None  # the generation this load made
        self.replaced: str | None = None
        self.notes: list[str] = patience.call(es, generations.repair)
        current = patience.call(es, generations.current)
        if current is not None and not replaces and current.version != INDEX_VERSION:
            raise GenerationError(wrong_version(current))
        self.serving: str | None = current.name if current else None
        if current is not None:
            patience.call(es, lambda: generations.enforce(current.name))

    def open(self) -> Opened:
        """The index to write to. Raises IndexUnreachable, GenerationError."""
        if self.serving is not None and not self._replaces:
            return Opened(self.serving, fresh=False)
        created = self._patience.call(self._es, lambda: self._generations.create(datetime.now(UTC)))
        self._built = created.name
        if not self._replaces:
            self._patience.call(self._es, lambda: self._generations.promote(created.name))
            self.serving = created.name
        return Opened(created.name, fresh=True)

    def close(self, tally: Tally, samples: Sequence[Article], stopped: str | None) -> str | None:
        """Make what was written searchable, and with `--replace` let the new generation serve if it
        may.

        Out: `stopped`, or one sentence when this could not be done.
        """
        try:
            if not self._replaces:
                return self._close_current(tally, stopped)
            return self._close_new(tally, samples, stopped)
        except NabaError as error:
            return stopped or str(error)

    def _close_current(self, tally: Tally, stopped: str | None) -> str | None:
        name = self.serving
        if name is None:
            return stopped
        written = tally.outcomes[Outcome.INDEXED] + tally.outcomes[Outcome.UPDATED]
        if self._built:
            self._patience.call(self._es, lambda: self._generations.finish(name))
        elif written:
            self._patience.call(self._es, lambda: self._generations.refresh(name))
        if written and stopped is None:
            self._merge(name, written)
        return stopped

    def _merge(self, name: str, written: int) -> None:
        if not self._patience.stopping.is_set():
            self._patience.waiting(MERGING)
            self._generations.merge(name, written)
            self._patience.waiting(None)

    def _close_new(
        self, tally: Tally, samples: Sequence[Article], stopped: str | None
    ) -> str | None:
        name = self._built
        serves = f"{self.serving} still serves." if self.serving else "Nothing serves yet."
        if name is None:
            return stopped or f"There was no article to build a generation of. {serves}"
        failed = tally.outcomes[Outcome.FAILED]
        if stopped is None and failed:
            stopped = (
                f"{failed} articles failed, so the new generation was not promoted and is "
                f"deleted. {serves}"
            )
        if stopped is None:
            try:
                self._promote(name, tally.outcomes[Outcome.INDEXED], samples)
            except NabaError as error:
                stopped = str(error)
        if self.serving != name:
            self._patience.call(self._es, lambda: self._generations.delete(name))
        return stopped

    def _promote(self, name: str, articles: int, samples: Sequence[Article]) -> None:
        call, generations = self._patience.call, self._generations
        self._merge(
            name, articles
        )  # while it is being built: who crashes here leaves what `repair` knows
        call(self._es, lambda: generations.finish(name))
        begun = generations.get(name).created
        call(self._es, lambda: generations.verify(name, articles, samples, begun))
        call(self._es, lambda: generations.promote(name))
        # Not what `promote` answers: called again, because its first answer was lost, it finds
        # `name` serving already.
        replaced, self.serving = self.serving, name
        self.replaced = replaced
        if replaced is not None:
            call(self._es, lambda: generations.prune(keeping=replaced))
