"""What is logged as one JSON line an event, and what never is."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from mappings.keys import Token
from service.http.logs import configure_logs

TOKEN = Token("abcdefgh", "a2b3c4d5e6f7a2b3c4d5e6f7a2b3c4d5")


@pytest.fixture(autouse=True)
def logs() -> Iterator[None]:
    """The logs as a process that serves sets them up, and as they were afterwards."""
    before = structlog.get_config()
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    yield
    structlog.configure(**before)
    root.handlers, root.level = handlers, level


def test_no_key_is_ever_logged(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs()
    log = structlog.get_logger("test_no_key_is_ever_logged")
    log.info("request", path=f"/articles/{TOKEN}", status=404)
    log.info(f"a sentence with {TOKEN}")
    try:
        raise ValueError(f"cannot read {TOKEN}")
    except ValueError:
        log.exception("unforeseen_error")
    logging.getLogger("uvicorn.error").warning("Invalid request: %s", TOKEN)
    written = capsys.readouterr().err
    lines = [json.loads(line) for line in written.splitlines()]
    assert len(lines) == 4
    assert lines[0]["path"] == "/articles/naba_abcdefgh_…"
    assert TOKEN.secret not in written
    assert written.count("naba_abcdefgh_…") >= 4
