"""The loops that the service's connections run on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from anyio.from_thread import BlockingPortal, start_blocking_portal


@pytest.fixture(params=[False, True], ids=["asyncio", "uvloop"])
def portal(request: pytest.FixtureRequest) -> Iterator[BlockingPortal]:
    """A loop of its own: the browser tests keep one running in this thread. The service runs on
    uvloop.
    """
    with start_blocking_portal(backend_options={"use_uvloop": request.param}) as running:
        yield running
