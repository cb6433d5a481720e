"""Every way a plugin can take part. Hooks are synchronous and run once, at start-up.

A plugin is a module or package with `@hookimpl` functions of these names.
"""

from collections.abc import Callable
from typing import Any, Protocol, TypeVar, cast

import pluggy

from domain.events import Event
from domain.handlers import HandlerFunction
from domain.privacy.ports import PersonalData
from plugins.manifest import Manifest
from plugins.pace import Pace
from plugins.recipients import FindRecipients

PROJECT = "deskbell"
F = TypeVar("F", bound=Callable[..., Any])
hookspec = cast(Callable[[F], F], pluggy.HookspecMarker(PROJECT))
hookimpl = cast(Callable[[F], F], pluggy.HookimplMarker(PROJECT))

# Seconds. Long enough for a slow vendor, short enough that its deliveries do not pile up.
PATIENCE = 30.0


class Subscribe(Protocol):
    """How a plugin asks for events."""

    def __call__(
        self, event: type[Event], handler: HandlerFunction, *, timeout: float = PATIENCE
    ) -> None:
        """Call an async `handler(event, context)` for each event, for at most `timeout` seconds."""


class Address(Protocol):
    """How a plugin names recipients."""

    def __call__(
        self,
        find: FindRecipients,
        handler: HandlerFunction,
        *,
        timeout: float = PATIENCE,
        pace: Pace | None = None,
    ) -> None:
        """Call `handler(event, context)` once for each recipient that `find` names."""


class Answering(Protocol):
    """How a plugin says who answers for what it keeps of people."""

    def __call__(self, personal: PersonalData, *, timeout: float = PATIENCE) -> None:
        """Ask `personal` to export, correct, restrict and erase; for at most `timeout` seconds."""


@hookspec
def plugin_manifest() -> Manifest:  # type: ignore[empty-body]
    """Say who you are and what a tenant may set."""


@hookspec
def register_event_handlers(subscribe: Subscribe) -> None:
    """Subscribe to domain events; handlers are async and retried."""


@hookspec
def register_recipients(address: Address) -> None:
    """Tell several recipients of yours of events, each in order and retried on its own."""


@hookspec
def register_personal_data(answering: Answering) -> None:
    """Answer for the personal data you keep elsewhere: export, correct, restrict and erase it."""
