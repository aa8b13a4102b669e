"""What the service may have written, done by the loader: where the two meet."""

from __future__ import annotations

from functools import partial

from elasticsearch import Elasticsearch

from loader.index.decisions import Decision, Decisions
from loader.index.retries import Patience

SECONDS = 3.0  # that a request waits for an Elasticsearch that is away or busy


class LoadersNewsroom:
    """`service.search.newsroom.Newsroom` over the loader's decisions. Raises IndexUnreachable."""

    def __init__(self, es: Elasticsearch, alias: str) -> None:
        self._es = es
        self._decisions = Decisions(es, alias)

    def withdraw(self, article_id: str, reason: str, by: str) -> bool:
        decision = Decision(reason, by)
        work = partial(self._decisions.withdraw, article_id, decision)
        return Patience(SECONDS).call(self._es, work)

    def restore(self, article_id: str, by: str) -> bool:
        work = partial(self._decisions.restore, article_id, Decision("", by))
        return Patience(SECONDS).call(self._es, work)
