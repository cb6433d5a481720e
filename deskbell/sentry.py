"""Faults, reported to Sentry without a word of a person.

By itself the SDK sends what exceptions say, log lines, addresses with their queries, headers, local
variables and source lines. So nothing leaves as it was made: an event is built anew from what is
listed here, and whatever a later SDK may add stays behind.
"""

import logging
import re
from collections.abc import Iterable
from importlib.metadata import version
from typing import Any, cast

import sentry_sdk
from sentry_sdk.integrations import Integration
from sentry_sdk.integrations.atexit import AtexitIntegration
from sentry_sdk.integrations.dedupe import DedupeIntegration
from sentry_sdk.integrations.excepthook import ExcepthookIntegration
from sentry_sdk.integrations.logging import LoggingIntegration
from sentry_sdk.integrations.threading import ThreadingIntegration
from sentry_sdk.types import Breadcrumb, BreadcrumbHint, Event, Hint

from deskbell.settings import Settings
from domain.errors import DomainError

EVENT = ("event_id", "timestamp", "platform", "level", "logger", "release", "environment")
FRAME = ("module", "function", "filename", "lineno", "in_app")
TRACE = ("trace_id", "span_id", "parent_span_id", "op", "status", "start_timestamp", "timestamp")
# A name that code gave; the others are made from addresses.
NAMED_BY_CODE = {"component", "custom", "route", "task"}

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# What tags and log lines may add, and how it must look: a field of this name could hold anything.
OURS = {
    "call_id": UUID,
    "conversation_id": UUID,
    "delivery_id": UUID,
    "incident": re.compile(r"[0-9a-f]{12}"),
    "process": re.compile(r"api|media|system|tenant"),
    "tenant_id": UUID,
}


def report_faults(settings: Settings, process: str) -> None:
    """Send this process's faults to Sentry, if the operator named one; `process` as in `OURS`."""
    if settings.sentry_dsn is None:
        return
    sentry_sdk.init(**options(settings))
    sentry_sdk.set_tag("process", process)


def options(settings: Settings) -> dict[str, Any]:
    """How the SDK is set up: nothing is collected that is not asked for here."""
    return {
        "dsn": settings.sentry_dsn.get_secret_value() if settings.sentry_dsn else None,
        "release": f"deskbell@{version('deskbell')}",
        "environment": str(settings.environment),
        "default_integrations": False,
        "integrations": _integrations(),
        "before_send": fault,
        "before_send_transaction": duration,
        "before_breadcrumb": nothing,
        "include_local_variables": False,
        "include_source_context": False,
        "max_request_body_size": "never",
        "send_default_pii": False,
        "auto_session_tracking": False,
        "send_client_reports": False,
        "enable_metrics": False,
        "propagate_traces": False,
        # Otherwise SENTRY_SPOTLIGHT in the environment sends everything to a second place.
        "spotlight": False,
    }


def fault(event: Event, hint: Hint) -> Event | None:
    """An exception as it may leave: types, places, our ids; None for what is not a fault."""
    raised = hint.get("exc_info")
    expected = raised is not None and isinstance(raised[1], DomainError)
    # Without an exception there are only words.
    if expected or not event.get("exception"):
        return None
    given = cast(dict[str, Any], event)
    values = [_exception(value) for value in given["exception"].get("values", ())]
    return cast(Event, _common(given) | {"exception": {"values": values}})


def duration(event: Event, hint: Hint) -> Event | None:
    """How long something took: no addresses, no statements."""
    given = cast(dict[str, Any], event)
    source = given.get("transaction_info", {}).get("source")
    named = {"transaction": given["transaction"]} if source in NAMED_BY_CODE else {}
    spans = [_only(span, TRACE) for span in given.get("spans", ())]
    times = _only(given, ("type", "start_timestamp"))
    return cast(Event, _common(given) | named | times | {"spans": spans})


def nothing(crumb: Breadcrumb, hint: BreadcrumbHint) -> Breadcrumb | None:
    """No breadcrumb: they are log lines and addresses."""
    return None


def _integrations() -> list[Integration]:
    return [
        AtexitIntegration(callback=_leave_quietly),
        DedupeIntegration(),
        ExcepthookIntegration(),
        # uvicorn, arq and our own code log the exceptions that they catch.
        LoggingIntegration(level=None, event_level=logging.ERROR),
        ThreadingIntegration(),
    ]


def _leave_quietly(pending: int, timeout: float) -> None:
    """Say nothing on standard error about what is still to be sent."""


def _common(event: dict[str, Any]) -> dict[str, Any]:
    trace = _only(event.get("contexts", {}).get("trace", {}), TRACE)
    said = dict(event.get("tags") or {}) | dict(event.get("extra") or {})
    tags = {name: str(said[name]) for name in OURS if name in said}
    known = {name: text for name, text in tags.items() if OURS[name].fullmatch(text)}
    return _only(event, EVENT) | {"contexts": {"trace": trace}, "tags": known}


def _exception(value: dict[str, Any]) -> dict[str, Any]:
    frames = (value.get("stacktrace") or {}).get("frames", ())
    return {
        **_only(value, ("type", "module")),
        "mechanism": _only(value.get("mechanism") or {}, ("type", "handled")),
        "stacktrace": {"frames": [_only(frame, FRAME) for frame in frames]},
    }


def _only(values: dict[str, Any], names: Iterable[str]) -> dict[str, Any]:
    return {name: values[name] for name in names if name in values}
