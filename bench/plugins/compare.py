"""Twenty plugins installed, five of them on: at start-up, per event and per delivery."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from time import perf_counter, process_time
from typing import Any
from uuid import uuid4

from bench.house import House, Step
from bench.machine import Cores, load
from bench.outbox.chime import Chimed, Chimes, NoSettings
from bench.tables import Column, Report, Table
from domain.handlers import serves
from domain.privacy.purposes import Purpose
from integrations.http_out import Outbound
from plugins import settings
from plugins.delivery import Deliverer
from plugins.dispatch import claim_due
from plugins.fanout import fan_out
from plugins.manifest import Manifest
from plugins.pace import Pace
from plugins.registry import Registry
from plugins.spec import Subscribe, hookimpl

_INSTALLED, _ON = 20, 5
_EVENTS, _QUICK_EVENTS = 300, 40
_STARTS = 50


@serves(Purpose.SERVICE)
async def core(event: Any, context: Any) -> None:
    """What the core itself does about an event: nothing."""


class Idle:
    """A plugin that hears of every chime and does nothing."""

    def __init__(self, number: int) -> None:
        self.number = number

    @hookimpl
    def plugin_manifest(self) -> Manifest:
        """Say who it is."""
        usual = Chimes().plugin_manifest()
        return Manifest(**(vars(usual) | {"name": f"idle_{self.number}", "settings": NoSettings}))

    @hookimpl
    def register_event_handlers(self, subscribe: Subscribe) -> None:
        """Ask for chimes."""
        subscribe(Chimed, self.hear)

    async def hear(self, event: Chimed, context: Any) -> None:
        """Do nothing."""


@dataclass(frozen=True)
class Setup:
    """Plugins that are installed, and how many of them are on."""

    name: str
    installed: int
    on: int

    def registry(self) -> Registry:
        """Made anew, as a process does when it starts."""
        return Registry(
            [(Chimed, core)], plugins=[Idle(number) for number in range(self.installed)]
        )


SETUPS = (
    Setup("no plugin", 0, 0),
    Setup("20 installed", _INSTALLED, 0),
    Setup("20 installed, 5 on", _INSTALLED, _ON),
)


async def compare(house: House, cores: Cores, step: Step, quick: bool) -> Report:
    """Measure each setup."""
    events = _QUICK_EVENTS if quick else _EVENTS
    rows = []
    for setup in SETUPS:
        step(f"plugins: {setup.name}")
        rows.append(await _measured(house, setup, events))
    notes = [f"{events} events of a thing each, one process; load {load():.1f}"]
    return Report("Plugins", [_table(rows)], notes)


async def _measured(house: House, setup: Setup, events: int) -> dict[str, Any]:
    starting = _least(setup.registry)
    registry, work = setup.registry(), house.wiring.unit_of_work
    await house.empty_outbox()
    async with work(house.scope) as uow:
        for number in range(setup.on):
            await settings.enable(uow, registry, f"idle_{number}")
    await house.empty_outbox()
    async with work(house.scope) as uow:
        for number in range(events):
            uow.record(Chimed(clock_id=uuid4(), number=number))
    now = house.wiring.clock.now()
    async with house.wiring.connected_as_system():
        fanning = await _cpu(lambda: fan_out(registry, work.ids, now, events))
        due = await claim_due(house.wiring.clock.now(), Pace().queue_lease, events * (_ON + 1))
    deliverer = Deliverer(registry, work, house.wiring.mailer, Pace(), Outbound())

    async def deliver() -> None:
        for one in due:
            await deliverer.deliver(one.tenant_id, one.dispatch)

    delivering = await _cpu(deliver)
    async with work(house.scope) as uow:
        for number in range(setup.on):
            await settings.disable(uow, registry, f"idle_{number}")
    return {
        "setup": setup.name,
        "start_ms": starting * 1000,
        "fan_ms": fanning * 1000 / events,
        "deliveries": len(due) / events,
        "deliver_ms": delivering * 1000 / len(due),
    }


def _least(make: Callable[[], object]) -> float:
    """Seconds that the fastest of many took."""
    took = []
    for _ in range(_STARTS):
        began = perf_counter()
        make()
        took.append(perf_counter() - began)
    return min(took)


async def _cpu(work: Callable[[], Awaitable[object]]) -> float:
    """Seconds of this process's own time."""
    began = process_time()
    await work()
    return process_time() - began


def _table(rows: list[dict[str, Any]]) -> Table:
    columns = [
        Column("start_ms", "start, ms", "less"),
        Column("fan_ms", "CPU ms / event", "less"),
        Column("deliveries", "deliveries / event"),
        Column("deliver_ms", "CPU ms / delivery", "less"),
    ]
    return Table("plugins", "What plugins cost", columns, rows, "no plugin", label="setup")
