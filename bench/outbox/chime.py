"""An event of no feature, and a plugin that answers each with one row in our database."""

import os
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from pydantic import BaseModel

from domain.clock import SystemClock
from domain.events import Event
from domain.privacy.purposes import Purpose
from domain.usage.models import UsageEvent
from plugins.context import PluginContext
from plugins.manifest import Category, Manifest
from plugins.spec import Subscribe, hookimpl

NAME = "chimes"
# In the environment of the workers: the file in which effects are noted.
EFFECTS = "BENCH_EFFECTS"
CLOCK = SystemClock()


@dataclass(frozen=True, kw_only=True)
class Chimed(Event):
    """A clock has chimed, for the `number`-th time in this run."""

    name: ClassVar[str] = "test.chimed"
    aggregate: ClassVar[str] = "clock_id"
    clock_id: UUID
    number: int


class NoSettings(BaseModel):
    """There is nothing to set."""


class Chimes:
    """Counts chimes: one row each, settled in its own transaction."""

    def __init__(self, effects: int | None = None) -> None:
        self._effects = effects

    @classmethod
    def noting(cls) -> "Chimes":
        """One that notes the moment of every effect, as one line of a shared file."""
        return cls(os.open(os.environ[EFFECTS], os.O_WRONLY | os.O_APPEND | os.O_CREAT))

    @hookimpl
    def plugin_manifest(self) -> Manifest:
        """Who we are."""
        return Manifest(
            name=NAME,
            title="Chimes",
            summary="Counts the events of a benchmark.",
            version="1",
            category=Category.CHANNEL,
            settings=NoSettings,
            permissions=frozenset(),
            data=frozenset(),
            purpose=Purpose.SERVICE,
        )

    @hookimpl
    def register_event_handlers(self, subscribe: Subscribe) -> None:
        """Listen to the clock."""
        subscribe(Chimed, self.count)

    async def count(self, event: Chimed, context: PluginContext) -> None:
        """Write a row; its commit is the effect."""
        async with context.settle() as uow:
            row = UsageEvent(
                id=uow.new_id(),
                tenant_id=uow.tenant_id,
                name="bench.chime",
                quantity=1,
                unit="count",
                at=uow.now,
            )
            await row.save(using_db=uow.connection, force_create=True)
        if self._effects is not None:
            # Monotonic time is the same for every process of a machine.
            os.write(self._effects, f"{event.number} {CLOCK.monotonic()}\n".encode())
