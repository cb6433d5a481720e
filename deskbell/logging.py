"""Logs: one line each, JSON in production. Never the words or numbers of a person."""

import logging
from collections.abc import MutableMapping
from typing import Any

import structlog

from domain.privacy.policy import Destination
from domain.privacy.sensitive import EverythingMasked, redact_record

# What is longer is a trace of calls, and cut.
MOST_READ = 20_000
# What the logger itself says of a line.
FRAME = frozenset({"level", "logger", "timestamp"})


def discreet(logger: Any, method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Mask in a line what should never have been in it: whose profile it is under nobody knows."""
    for key, value in event.items():
        if isinstance(value, str) and key not in FRAME:
            event[key] = redact_record(value[:MOST_READ], Destination.LOG, EverythingMasked())
    return event


def configure(*, production: bool, quiet: bool = False) -> None:
    """Send every log through one formatter; a quiet command logs only what went wrong."""
    shared: list[structlog.types.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso"),
        structlog.processors.format_exc_info,
        discreet,
    ]
    shape: structlog.types.Processor = (
        structlog.processors.JSONRenderer() if production else structlog.dev.ConsoleRenderer()
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, shape],
    )
    handler = logging.StreamHandler()
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING if quiet else logging.INFO)
    # These say at INFO what only their own developers want to know.
    for chatty in ("httpx", "tortoise", "arq", "uvicorn.access", "websockets"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
