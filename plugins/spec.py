"""Every way a plugin can take part. Hooks are synchronous and run once, at start-up.

A plugin is a module or package with `@hookimpl` functions of these names.
"""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any, Protocol, TypeVar, cast

import pluggy

from domain.events import Event
from domain.handlers import HandlerFunction
from domain.privacy.ports import PersonalData
from plugins import routes as incoming
from plugins.capability import CheckContext, ProviderContext
from plugins.manifest import Manifest
from plugins.pace import Pace
from plugins.parts import PATIENCE
from plugins.recipients import FindRecipients
from plugins.routes import Endpoint
from plugins.tools import OwnTools, Tool
from plugins.vertical import Vertical

PROJECT = "deskbell"
F = TypeVar("F", bound=Callable[..., Any])
P = TypeVar("P")
hookspec = cast(Callable[[F], F], pluggy.HookspecMarker(PROJECT))
hookimpl = cast(Callable[[F], F], pluggy.HookimplMarker(PROJECT))

# Seconds that a provider may take, unless whoever asks is in a greater hurry.
PROVIDING = 5.0


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


class Provide(Protocol):
    """How a plugin takes the place of a port."""

    def __call__(
        self, port: type[P], make: Callable[[ProviderContext], P], *, deadline: float = PROVIDING
    ) -> None:
        """Offer what `make(context)` makes; each call of it takes at most `deadline` seconds."""


class Offer(Protocol):
    """How a plugin offers tools."""

    def __call__(self, tool: Tool) -> None:
        """Let the receptionist use it wherever the plugin is on."""


class Find(Protocol):
    """How a plugin says where the tools are that businesses make for themselves."""

    def __call__(self, own: OwnTools) -> None:
        """Ask it for the tools of a business wherever the plugin is on."""


class Later(Protocol):
    """How a plugin names what it does later."""

    def __call__(
        self, job: HandlerFunction, *, every: timedelta | None = None, timeout: float = PATIENCE
    ) -> None:
        """Know `job(payload, context)` as `<plugin>.<function>`: run it when it is scheduled
        (`uow.schedule`), and by itself at intervals of `every`."""


class Mount(Protocol):
    """How a plugin names what it receives."""

    def __call__(
        self,
        path: str,
        endpoint: Endpoint,
        *,
        methods: tuple[str, ...] = ("POST",),
        timeout: float = incoming.PATIENCE,
        by_state: bool = False,
    ) -> None:
        """Answer requests to `/plugins/<plugin>/<key>/<path>` by `endpoint(request, context)`."""


class Extend(Protocol):
    """How a plugin adds to GraphQL."""

    def __call__(self, type: type[Any]) -> None:
        """Add `Tenant.plugin<Name>` of this Strawberry type, which is made without arguments."""


class Describe(Protocol):
    """How a plugin brings a trade."""

    def __call__(self, vertical: Vertical) -> None:
        """Let the receptionist know the trade wherever the plugin is on."""


class Checking(Protocol):
    """How a plugin says how it is tried out."""

    def __call__(
        self, check: Callable[[CheckContext], Awaitable[None]], *, timeout: float = PATIENCE
    ) -> None:
        """Call `check(context)` when an owner asks whether it works; it raises if it does not."""


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


@hookspec
def register_providers(provide: Provide) -> None:
    """Offer a calendar, a CRM, a way to pay: whatever the core knows a port for."""


@hookspec
def register_tools(offer: Offer, find: Find) -> None:
    """Give the receptionist something it can do during a call."""


@hookspec
def register_vertical(describe: Describe) -> None:
    """Bring a trade: a starter, its words, what to heed at once and what to ask before booking."""


@hookspec
def register_jobs(later: Later) -> None:
    """Run something later, or at intervals."""


@hookspec
def register_routes(mount: Mount) -> None:
    """Receive OAuth callbacks and webhooks under /plugins/<name>/."""


@hookspec
def register_schema(extend: Extend) -> None:
    """Add fields to the GraphQL schema, under Tenant.plugin<Name>."""


@hookspec
def register_checks(checking: Checking) -> None:
    """Say how an owner finds out whether you work: what is set is right, the other side answers."""
