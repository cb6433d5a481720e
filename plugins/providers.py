"""The plugins that take the place of a port, chosen per tenant.

The core asks once, at the beginning of a call, a request or a job, and keeps what it is given:
settings are read once. Every coroutine method of a provider runs with a deadline and a breaker;
what fails is `PluginFailed`, which is `Unavailable` to the core.
"""

import inspect
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, Generic, TypeVar, cast

from domain.errors import Unavailable
from domain.work import UnitOfWork
from plugins.admission import Admission, Equipment, admitted
from plugins.capability import ProviderContext
from plugins.errors import PluginFailed
from plugins.guard import Breakers, Guard, Here, Runner
from plugins.parts import Provider
from plugins.registry import Registry

P = TypeVar("P")


class Guarded:
    """A provider behind a guard: it has the methods of its port, and no others."""

    def __init__(self, made: Any, part: Provider, guard: Guard, deadline: float) -> None:
        self._made, self._part, self._guard, self._deadline = made, part, guard, deadline

    def __getattr__(self, name: str) -> Any:
        declared = getattr(self._part.port, name)
        value = getattr(self._made, name)
        if not inspect.iscoroutinefunction(declared):
            return value

        @wraps(declared)
        async def guarded(*args: Any, **named: Any) -> Any:
            return await self._guard.call(lambda: value(*args, **named), self._deadline)

        return guarded


class Broken:
    """A provider that could not be made: whatever it is asked, it is unavailable."""

    def __init__(self, plugin: str, error: str) -> None:
        self._failed = PluginFailed(plugin, error)

    def __getattr__(self, name: str) -> Any:
        raise self._failed


@dataclass(frozen=True)
class Chosen(Generic[P]):
    """A provider of one enabled plugin."""

    plugin: str
    provider: P
    """Its methods raise the domain errors of the port, and `Unavailable`."""
    _part: Provider = field(repr=False)
    _made: Any = field(repr=False)
    _guard: Guard = field(repr=False)

    def within(self, seconds: float) -> P:
        """The same for somebody who cannot wait as long as the plugin asks for."""
        if isinstance(self._made, Broken):
            return self.provider
        deadline = min(seconds, self._part.deadline)
        return cast(P, Guarded(self._made, self._part, self._guard, deadline))


@dataclass(frozen=True)
class Providers:
    """Finds who stands in for a port at a tenant; made once per process."""

    registry: Registry
    equipment: Equipment
    breakers: Breakers
    runner: Runner = field(default_factory=Here)

    async def of(self, uow: UnitOfWork, port: type[P]) -> list[Chosen[P]]:
        """The providers of the plugins that are on, by the name of the plugin."""
        parts = {part.plugin: part for part in self.registry.providers if part.port is port}
        found = await admitted(uow, self.registry, sorted(parts))
        return [self._chosen(uow, parts[each.manifest.name], each) for each in found]

    async def one(self, uow: UnitOfWork, port: type[P], plugin: str) -> Chosen[P]:
        """The provider of one plugin. Raises `Unavailable` if it offers none, or is off."""
        for chosen in await self.of(uow, port):
            if chosen.plugin == plugin:
                return chosen
        raise Unavailable(f"The plugin {plugin!r} is off")

    def _chosen(self, uow: UnitOfWork, part: Provider, admission: Admission) -> Chosen[Any]:
        guard = Guard((uow.tenant_id, part.plugin), self.breakers, self.runner)
        made = self._make(uow, part, admission)
        broken = isinstance(made, Broken)
        provider = made if broken else Guarded(made, part, guard, part.deadline)
        return Chosen(part.plugin, provider, part, made, guard)

    def _make(self, uow: UnitOfWork, part: Provider, admission: Admission) -> Any:
        try:
            given = self.equipment.capability(ProviderContext, admission, uow.scope)
            return part.make(given)
        except Exception as fault:
            return Broken(part.plugin, type(fault).__name__)
