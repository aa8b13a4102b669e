"""Structured logs: one JSON line an event on stderr, with the request id where there is one."""

from __future__ import annotations

import logging
import sys

import structlog

from mappings.keys import without_secrets

QUIET = (
    "elastic_transport",
    "elasticsearch",
    "uvicorn.access",
)  # they repeat what is logged here with more context


def configure_logs(level: str = "info") -> None:
    """Set up structlog and the standard library's logging for the whole process; called by whoever
    serves.
    """
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        redact_keys,
    ]
    number = logging.getLevelNamesMapping()[level.upper()]
    structlog.configure(
        processors=[*shared, structlog.processors.JSONRenderer(ensure_ascii=False)],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(number)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


def redact_keys(
    _logger: structlog.typing.WrappedLogger, _method: str, event: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    """Take the secret out of every access key that stands in an event, wherever it came from: a
    path that somebody mistyped, a traceback.
    """
    for name, value in event.items():
        if isinstance(value, str) and "naba_" in value.lower():
            event[name] = without_secrets(value)
    return event
