"""What one plugin registers, written into the registry under the plugin's name."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Protocol, TypeVar

from domain.erasure.events import ContactErased
from domain.events import Event
from domain.handlers import HandlerFunction, purpose_of
from domain.privacy.ports import PersonalData
from domain.privacy.purposes import Purpose
from plugins import routes as incoming
from plugins.capability import CheckContext, ProviderContext
from plugins.manifest import Manifest
from plugins.pace import Pace
from plugins.parts import (
    PATIENCE,
    Audience,
    Check,
    Fields,
    Handler,
    Provider,
    function_name,
    job_handler,
)
from plugins.personal import asking, erasing
from plugins.recipients import FindRecipients
from plugins.routes import Endpoint, Route
from plugins.spec import PROVIDING
from plugins.tools import OwnTools, Tool
from plugins.vertical import Vertical

P = TypeVar("P")


class Book(Protocol):
    """Where it is written."""

    audiences: list[Audience]
    personal: dict[str, PersonalData]
    providers: list[Provider]
    tools: dict[str, list[Tool]]
    own_tools: dict[str, OwnTools]
    verticals: dict[str, Vertical]
    routes: list[Route]
    fields: list[Fields]
    checks: dict[str, Check]

    def subscribe(self, event: type[Event], handler: Handler) -> None:
        """Call a handler for an event."""

    def know(self, handler: Handler) -> Handler:
        """Know a handler by its name."""


@dataclass(frozen=True)
class Registrar:
    """Takes down what one plugin says in its hooks."""

    book: Book
    manifest: Manifest

    @property
    def hooks(self) -> dict[str, dict[str, Callable[..., None]]]:
        """What is given to each hook."""
        return {
            "register_event_handlers": {"subscribe": self.subscribe},
            "register_recipients": {"address": self.address},
            "register_personal_data": {"answering": self.answering},
            "register_providers": {"provide": self.provide},
            "register_tools": {"offer": self.offer, "find": self.find},
            "register_vertical": {"describe": self.describe},
            "register_jobs": {"later": self.later},
            "register_routes": {"mount": self.mount},
            "register_schema": {"extend": self.extend},
            "register_checks": {"checking": self.checking},
        }

    def subscribe(
        self, event: type[Event], handler: HandlerFunction, *, timeout: float = PATIENCE
    ) -> None:
        """Take down a handler of an event."""
        self.book.subscribe(event, self._handler(handler, timeout))

    def address(
        self,
        find: FindRecipients,
        handler: HandlerFunction,
        *,
        timeout: float = PATIENCE,
        pace: Pace | None = None,
    ) -> None:
        """Take down recipients."""
        known = self.book.know(replace(self._handler(handler, timeout), pace=pace))
        self.book.audiences.append(Audience(known, self.name, find))

    def answering(self, personal: PersonalData, *, timeout: float = PATIENCE) -> None:
        """Take down who answers for personal data."""
        self.book.personal[self.name] = personal
        erase = asking(self.name, personal)
        self.book.subscribe(
            ContactErased,
            Handler(erasing(self.name), erase, timeout, self.name, purpose=Purpose.LEGAL),
        )

    def provide(
        self, port: type[P], make: Callable[[ProviderContext], P], *, deadline: float = PROVIDING
    ) -> None:
        """Take down a provider; a plugin has one per port."""
        if any(each.port is port for each in self.book.providers if each.plugin == self.name):
            raise TypeError(f"{self.name} offers two of {port.__name__}")
        self.book.providers.append(Provider(self.name, port, make, deadline))

    def offer(self, tool: Tool) -> None:
        """Take down a tool."""
        tool.check(self.manifest.permissions)
        own = self.book.tools.setdefault(self.name, [])
        if any(each.name == tool.name for each in own):
            raise TypeError(f"{self.name} offers two tools called {tool.name}")
        own.append(tool)

    def find(self, own: OwnTools) -> None:
        """Take down where the tools are that businesses make for themselves."""
        self.book.own_tools[self.name] = own

    def describe(self, vertical: Vertical) -> None:
        """Take down a trade; a plugin has one."""
        if self.name in self.book.verticals:
            raise TypeError(f"{self.name} brings two trades")
        self.book.verticals[self.name] = vertical

    def later(
        self, job: HandlerFunction, *, every: timedelta | None = None, timeout: float = PATIENCE
    ) -> None:
        """Take down a job."""
        name = job_handler(f"{self.name}.{function_name(job)}")
        self.book.know(replace(self._handler(job, timeout), name=name, every=every))

    def mount(
        self,
        path: str,
        endpoint: Endpoint,
        *,
        methods: tuple[str, ...] = ("POST",),
        timeout: float = incoming.PATIENCE,
        by_state: bool = False,
    ) -> None:
        """Take down a route."""
        self.book.routes.append(Route(self.name, path, endpoint, methods, timeout, by_state))

    def extend(self, type: type[Any]) -> None:
        """Take down a type of the GraphQL schema."""
        self.book.fields.append(Fields(self.name, type))

    def checking(
        self, check: Callable[[CheckContext], Awaitable[None]], *, timeout: float = PATIENCE
    ) -> None:
        """Take down how it is tried out."""
        self.book.checks[self.name] = Check(check, timeout)

    @property
    def name(self) -> str:
        """The plugin's name."""
        return self.manifest.name

    def _handler(self, function: HandlerFunction, timeout: float) -> Handler:
        name = f"{self.name}:{function_name(function)}"
        purpose = purpose_of(function) or self.manifest.purpose
        return Handler(name, function, timeout, self.name, purpose=purpose)
