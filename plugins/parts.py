"""What plugins bring, as the registry keeps it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from domain.handlers import HandlerFunction
from domain.privacy.purposes import Purpose
from plugins.pace import Pace
from plugins.recipients import FindRecipients

# Seconds. Long enough for a slow vendor, short enough that its deliveries do not pile up.
PATIENCE = 30.0


@dataclass(frozen=True)
class Handler:
    """A function and the stable name under which its deliveries are stored."""

    name: str
    """`core:<feature>.<function>`, `job:<feature>.<function>` or `<plugin>:<function>`."""
    function: HandlerFunction
    timeout: float = PATIENCE
    plugin: str | None = None
    pace: Pace | None = None
    """How patient its deliveries are, if not as patient as all others."""
    purpose: Purpose | None = None
    """What for. Only a handler that this code lacks has none, and it cannot be called."""
    every: timedelta | None = None
    """How often it runs by itself, where the plugin is on; never, if none."""

    @property
    def job(self) -> str:
        """The name under which it is scheduled, if it is a job."""
        return self.name.partition(":")[2]


@dataclass(frozen=True)
class Audience:
    """A handler that is called once for each recipient who wants an event."""

    handler: Handler
    plugin: str
    find: FindRecipients


@dataclass(frozen=True)
class Provider:
    """A plugin that can take the place of a port."""

    plugin: str
    port: type[Any]
    make: Callable[[Any], Any]
    deadline: float
    """Seconds that one call of it may take."""


@dataclass(frozen=True)
class Check:
    """How a plugin is tried out."""

    function: Callable[[Any], Awaitable[None]]
    timeout: float


@dataclass(frozen=True)
class Fields:
    """What a plugin adds to the GraphQL schema, under `Tenant.plugin<Name>`."""

    plugin: str
    type: type[Any]

    @property
    def name(self) -> str:
        """`pluginGoogleCalendar` for `google_calendar`."""
        return "plugin" + "".join(word.title() for word in self.plugin.split("_"))


def job_handler(job: str) -> str:
    """The name under which the delivery of a timer is stored."""
    return f"job:{job}"


def turn_of(job: str) -> str:
    """The key of the timer by which a plugin's job runs at intervals."""
    return f"plugin:{job}"


def function_name(function: Callable[..., Any]) -> str:
    """What a function is called where it is declared."""
    name: str = getattr(function, "__name__")  # noqa: B009  # a Callable need not have one
    return name
