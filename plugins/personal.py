"""Asking plugins to forget somebody, and knowing who has not answered.

They are asked as every handler is called: through the outbox, again and again until it works. What
they say is kept with the erasure; whoever fails for good is an open item on its certificate.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from domain import erasure
from domain.erasure.events import ContactErased
from domain.erasure.models import ErasureReceipt
from domain.erasure.repository import ErasureReceipts
from domain.erasure.statement import Answer
from domain.handlers import HandlerContext, HandlerFunction, serves
from domain.outbox import OutboxEntry
from domain.privacy.ports import PersonalData
from domain.privacy.purposes import Purpose
from domain.work import UnitOfWork
from plugins.models import Delivery, DeliveryStatus
from plugins.recipients import delivery_name
from plugins.repository import Deliveries, OutboxEntries
from tenants.models import PluginInstallation
from tenants.repository import PluginInstallations

OFF = "it is switched off, and was not asked"
STATES = {
    DeliveryStatus.DONE: "done",
    DeliveryStatus.WAITING: "waiting",
    DeliveryStatus.DEAD: "failed",
}


def erasing(plugin: str) -> str:
    """The name under which a plugin's deliveries of erasures are stored."""
    return f"{plugin}:erase"


def asking(plugin: str, personal: PersonalData) -> HandlerFunction:
    """A handler that has a plugin erase somebody, and keeps its receipt."""

    @serves(Purpose.LEGAL)
    async def erase(event: ContactErased, context: HandlerContext) -> None:
        receipt = await personal.erase(event.contact_id, context)
        async with context.settle() as uow:
            await erasure.receive(uow, event.erasure_id, plugin, receipt)

    return erase


@dataclass(frozen=True)
class Holders:
    """Whoever was told of people, by the registry and the deliveries."""

    personal: Callable[[], Mapping[str, PersonalData]]
    """Known only when the registry is made, of which this is a part."""

    async def answers(self, uow: UnitOfWork, erasure_id: UUID) -> Sequence[Answer]:
        """Where every plugin and every address stands with forgetting somebody."""
        event = await _told(uow, erasure_id)
        if event is None:
            return ()
        owed = await Deliveries(uow).page(Deliveries(uow).all().filter(event_id=event.id))
        if event.done_at is None:
            return (Answer("deskbell", "waiting", note="nobody has been told yet"),)
        receipts = {each.holder: each for each in await ErasureReceipts(uow).of(erasure_id)}
        installed = await PluginInstallations(uow).page(PluginInstallations(uow).all())
        known = {one.plugin: one for one in installed}
        plugins = [
            _of_plugin(plugin, known[plugin], receipts.get(plugin), owed)
            for plugin in sorted(self.personal())
            if plugin in known
        ]
        return [*plugins, *_addresses(owed)]


async def _told(uow: UnitOfWork, erasure_id: UUID) -> OutboxEntry | None:
    """The event by which everybody is told."""
    entries = OutboxEntries(uow)
    found = entries.all().filter(
        name=ContactErased.name, payload__contains={"erasure_id": str(erasure_id)}
    )
    return await entries.maybe(found)


def _of_plugin(
    plugin: str,
    installed: PluginInstallation,
    receipt: ErasureReceipt | None,
    owed: Sequence[Delivery],
) -> Answer:
    if receipt is not None:
        state = "done" if receipt.complete else "partial"
        return Answer(plugin, state, receipt.rows, receipt.note)
    status = next((one.status for one in owed if one.handler == erasing(plugin)), None)
    if status is None or status is DeliveryStatus.DONE or not installed.enabled:
        return Answer(plugin, "off", note=OFF)
    return Answer(plugin, STATES[status])


def _addresses(owed: Sequence[Delivery]) -> list[Answer]:
    """Addresses outside that are told one by one."""
    to_others = delivery_name("", "")
    return [
        Answer(one.handler, STATES[one.status])
        for one in sorted(owed, key=lambda one: one.handler)
        if to_others in one.handler
    ]
