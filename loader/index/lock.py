"""One loader at a time: a lock kept in Elasticsearch, because two machines may load into one index.

The lock is a document that its holder renews. A holder that died on this machine is recognised at
once, one that died elsewhere when it has not renewed for `STALE` seconds. Taking over is a
compare-and-set, so that of two who try at the same moment one gets it. Whoever loses the lock while
it works sees it in `lost`.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex
from threading import Event, Thread
from types import TracebackType
from typing import Any, Self

import psutil
from elasticsearch import (
    ApiError,
    BadRequestError,
    ConflictError,
    Elasticsearch,
    NotFoundError,
    TransportError,
)

from mappings.errors import NabaError
from mappings.failures import error_type

RENEW = 20.0  # seconds between two renewals
# seconds without one, after which a holder on another machine counts as dead: four renewals missed
STALE = 90.0
CLOCK_STEP = 1.0  # seconds by which the start of a process is told too late
LOCK_TIMEOUT = 30.0  # seconds for each call
_ID = "loader"
_BODY: dict[str, Any] = {
    "settings": {"index.hidden": True, "number_of_shards": 1, "auto_expand_replicas": "0-1"},
    "mappings": {"dynamic": False},
}


class Locked(NabaError):
    """Somebody else is loading into this alias."""


class LoadLock:
    """Taken by `acquire`, released at the end of a `with` block. `lost` says that somebody else
    holds it by now.
    """

    def __init__(self, es: Elasticsearch, alias: str, *, renew: float = RENEW) -> None:
        self._es = es.options(request_timeout=LOCK_TIMEOUT)
        self._index = f"{alias}-lock"
        self._renew = renew
        self._holder = {"token": token_hex(8), "host": _machine(), "pid": os.getpid()}
        self._version: dict[str, Any] = {}
        self.lost = False
        self._released = Event()
        self._thread = Thread(target=self._keep, name="naba-load-lock", daemon=True)

    def acquire(self) -> None:
        """Take the lock and begin to renew it. May be called again after a failure. Raises Locked,
        client errors.
        """
        try:
            self._es.indices.create(index=self._index, **_BODY)
        except BadRequestError as error:
            if error_type(error.body) != "resource_already_exists_exception":
                raise
        self._version = self._take()
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._released.set()
        self._thread.join()
        try:
            self._es.delete(index=self._index, id=_ID, **self._version)
        except (ApiError, TransportError):
            return  # lost, or out of reach: the next loader sees that this process has ended

    def _take(self) -> dict[str, Any]:
        try:
            return _version(self._es.create(index=self._index, id=_ID, document=self._document()))
        except ConflictError:
            pass
        try:
            held = self._es.get(index=self._index, id=_ID)
            if self._is_mine(held["_source"]):  # the answer to our own call was lost
                return _version(held)
            if _is_alive(held["_source"]):
                raise Locked(_who(held["_source"]))
            return _version(
                self._es.index(
                    index=self._index, id=_ID, document=self._document(), **_version(held)
                )
            )
        except (NotFoundError, ConflictError):  # released or taken between our two calls
            raise Locked("Another load has just begun or ended on this index: try again.") from None

    def _document(self) -> dict[str, Any]:
        return {
            **self._holder,
            "name": socket.gethostname(),
            "renewed": datetime.now(UTC).isoformat(),
        }

    def _keep(self) -> None:
        while not self._released.wait(self._renew):
            try:
                answer = self._es.index(
                    index=self._index, id=_ID, document=self._document(), **self._version
                )
                self._version = _version(answer)
            except (ConflictError, NotFoundError):
                if not self._is_ours():
                    self.lost = True
                    return
            except (ApiError, TransportError):
                # Elasticsearch is away; so it is for everybody else who would take the lock
                continue

    def _is_ours(self) -> bool:
        """Whether what stands there is our own renewal, whose answer was lost; its version is ours
        then.
        """
        try:
            held = self._es.get(index=self._index, id=_ID)
        except (ApiError, TransportError):
            return False
        if not self._is_mine(held["_source"]):
            return False
        self._version = _version(held)
        return True

    def _is_mine(self, holder: Mapping[str, Any]) -> bool:
        return holder.get("token") == self._holder["token"]


def _version(answer: Any) -> dict[str, Any]:
    return {"if_seq_no": int(answer["_seq_no"]), "if_primary_term": int(answer["_primary_term"])}


def _who(holder: Mapping[str, Any]) -> str:
    return (
        f"Another load is running (process {holder.get('pid')} on {holder.get('name')}): wait "
        f"until it has ended, or "
        "stop it."
    )


def _is_alive(holder: Mapping[str, Any]) -> bool:
    renewed = datetime.fromisoformat(str(holder["renewed"]))
    if holder.get("host") != _machine():
        return (datetime.now(UTC) - renewed).total_seconds() < STALE
    try:
        process = psutil.Process(int(holder.get("pid", 0)))
        # A process that began later has only got the number of the dead one.
        is_holder = process.create_time() <= renewed.timestamp() + CLOCK_STEP
        return is_holder and process.status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False


def _machine() -> str:
    """What tells process numbers of one system apart from those of another: a container is a system
    of its own.
    """
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
        return f"{socket.gethostname()} {boot} {os.readlink('/proc/self/ns/pid')}"
    except OSError:  # not Linux: only the renewals tell, so no two processes share a system
        return f"{socket.gethostname()} {os.getpid()}"
