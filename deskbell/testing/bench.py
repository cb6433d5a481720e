"""One plugin on the bench: what it registers, called as Deskbell calls it."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar, cast
from uuid import UUID

from deskbell.testing.http import FakeHttp
from deskbell.testing.post import Postbox
from deskbell.testing.tenants import TENANT, tenant_facts
from deskbell.testing.units import Units
from domain.clock import FixedClock
from domain.events import Event
from domain.receptionist.offers import Situation
from domain.scope import Actor, ActorKind, Scope, TenantFacts
from domain.work import UnitOfWork
from integrations.http_out import Outbound
from plugins.abilities import ConversationTools, Offered, trades_of
from plugins.admission import Admission, Equipment, scope_of
from plugins.attempts import Attempt
from plugins.capability import ProviderContext, logger_of
from plugins.checking import Finding, findings
from plugins.context import NothingRendered, Occurrence, PluginContext, Settlement
from plugins.guard import Breakers, Here
from plugins.parts import Handler, job_handler
from plugins.registry import Registry
from plugins.routes import Incoming, PluginLinks, Reply, RouteContext

P = TypeVar("P")
LINKS = PluginLinks("https://deskbell.example", b"bench")
MONDAY = datetime(2026, 11, 16, 15, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Told(PluginContext):
    """What a handler was given, and whether it settled."""

    @asynccontextmanager
    async def settle(self) -> AsyncIterator[UnitOfWork]:
        """The unit of work in which the delivery counts as done."""
        async with self._unit_of_work(self._scope) as uow:
            yield uow
        self._settlement.is_done = True

    @property
    def settled(self) -> bool:
        """Whether the handler settled the delivery itself."""
        return self._settlement.is_done


class Bench:
    """Tries one plugin out at one business; nothing leaves the process."""

    def __init__(
        self,
        plugin: object,
        settings: Mapping[str, Any] | None = None,
        tenant: TenantFacts | None = None,
    ) -> None:
        self.registry = Registry(plugins=(plugin,))
        [self.manifest] = self.registry.manifests.values()
        self.settings = self.manifest.settings.model_validate(dict(settings or {}))
        self.clock = FixedClock(MONDAY)
        self.http = FakeHttp()
        self.post = Postbox()
        self.units = Units(self.clock)
        actor = Actor(ActorKind.PLUGIN, self.manifest.name)
        self.scope = Scope(TENANT, actor, tenant or tenant_facts())
        self._admission = Admission(self.manifest, dict(settings or {}))
        self._equipment = Equipment(self.units.real, cast(Outbound, self.http))

    def check(self) -> list[Finding]:
        """What is wrong with the plugin, as `deskbell plugins check` says."""
        return findings(self.registry)

    async def tell(self, event: Event) -> list[Told]:
        """Deliver an event to every handler that wants it; returns what each was given."""
        handlers = self.registry.subscribers(event.name)
        return [await self._deliver(each, event, _occurrence(event)) for each in handlers]

    async def run(self, job: str, payload: Mapping[str, Any] | None = None) -> Told:
        """Run a job of the plugin, by its function's name."""
        handler = self.registry.handler(job_handler(f"{self.manifest.name}.{job}"))
        return await self._deliver(handler, dict(payload or {}), _timer(job, payload or {}))

    async def use(self, tool: str, answers: Mapping[str, str], *, written: bool = False) -> str:
        """Let the receptionist use a tool; returns what is said."""
        situation = Situation(UUID(int=1), None, written, self.clock.now())
        return await self.hands().use(f"{self.manifest.name}.{tool}", answers, situation)

    def hands(self) -> ConversationTools:
        """What the plugin does, heeds and asks in a conversation."""
        tools = self.registry.tools.get(self.manifest.name, ())
        offered = [Offered(each, self._admission) for each in tools]
        trades = trades_of(self.registry.verticals, [self._admission])
        named = {each.ability.name: each for each in offered}
        breakers = Breakers(self.clock)
        return ConversationTools(self.scope, self._equipment, breakers, Here(), named, trades)

    def provider(self, port: type[P]) -> P:
        """What the plugin puts in the place of a port."""
        [part] = [each for each in self.registry.providers if each.port is port]
        given = self._equipment.capability(ProviderContext, self._admission, self.scope)
        return cast(P, part.make(given))

    async def receive(
        self, path: str, body: bytes = b"", query: Mapping[str, str] | None = None
    ) -> Reply:
        """Send something to a route of the plugin."""
        [route] = [each for each in self.registry.routes if each.path == path]
        context = self._equipment.capability(RouteContext, self._admission, self.scope, links=LINKS)
        return await route.endpoint(
            Incoming(route.methods[0], path, query or {}, {}, body), context
        )

    async def _deliver(self, handler: Handler, subject: Any, occurrence: Occurrence) -> Told:
        attempt = Attempt(self.units.ids.new(self.clock.now()), 1)
        told = Told(
            delivery_id=attempt.delivery_id,
            settings=self.settings,
            recipient="",
            occurrence=occurrence,
            mailer=self.post,
            http=cast(Outbound, self.http),
            accounts=self._equipment.accounts,
            log=logger_of(self.manifest.name, self.scope),
            _scope=scope_of(self.manifest, self.scope, handler.purpose),
            _unit_of_work=self.units.real,
            _settlement=Settlement(attempt, self.clock, self.clock.monotonic()),
            _renderer=NothingRendered(),
            _links=LINKS,
        )
        await Here().run(lambda: handler.function(subject, told), handler.timeout)
        return told


def _occurrence(event: Event) -> Occurrence:
    return Occurrence(
        id=UUID(int=2),
        name=event.name,
        version=event.version,
        key=str(event.key),
        sequence=1,
        at=MONDAY,
        payload=event.payload(),
    )


def _timer(job: str, payload: Mapping[str, Any]) -> Occurrence:
    return Occurrence(UUID(int=2), job, 1, job, 0, MONDAY, dict(payload))
