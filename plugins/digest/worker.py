"""Writing the daily letters at the hour of the business; a day without news has none."""

from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from domain.handlers import HandlerContext, HandlerFunction, serves
from domain.messages.ports import Mail, message_id_of
from domain.privacy.purposes import Purpose
from domain.work import UnitOfWork
from plugins.digest.items import items_of
from plugins.digest.letter import letter, notice
from tenants.agreements import service as agreements
from tenants.brand import dressed, inherited
from tenants.notifications import service
from tenants.notifications.links import BlockLinks
from tenants.notifications.models import Digest, DigestState, NewsPace
from tenants.notifications.pushing import push_daily
from tenants.notifications.repository import Digests

A_DAY = timedelta(days=1)
# What ended just now is not summed up yet: it stands in the next letter.
SETTLING = timedelta(minutes=2)


@dataclass(frozen=True)
class DigestWorker:
    """The job that writes them; it asks for the next day's itself."""

    links: BlockLinks

    @property
    def jobs(self) -> tuple[HandlerFunction, ...]:
        """What can be asked for later."""
        return (self.send,)

    @serves(Purpose.CALL_DELIVERY)
    async def send(self, payload: dict[str, Any], context: HandlerContext) -> None:
        """Write to everybody who wants a daily letter: each of them once for each day."""
        async with context.unit_of_work() as uow:
            ids = [row.id for row in await _begin(uow)]
        for id in ids:
            async with context.unit_of_work() as uow:
                mail = await self._write(uow, id)
            if mail is None:
                continue
            await context.mailer.send(mail)
            async with context.unit_of_work() as uow:
                await _settle(uow, id, DigestState.SENT)
        async with context.settle() as uow:
            await service.plan_next(uow)

    async def _write(self, uow: UnitOfWork, id: UUID) -> Mail | None:
        """A letter; none to whoever may not have one any more, or where nothing has happened."""
        row = await Digests(uow).get(id)
        reader = next((r for r in await service.readers(uow) if r.user.id == row.user_id), None)
        wants_push = reader is not None and NewsPace.DIGEST in reader.choices.push.values()
        if reader and wants_push and await items_of(uow, row, reader.choices.push):
            await push_daily(uow, row)
        items = await items_of(uow, row, reader.choices.email) if reader else []
        if reader is None or not items:
            await _settle(uow, id, DigestState.EMPTY)
            return None
        cleared = await agreements.clearance(uow, agreements.MAIL)
        business = uow.scope.tenant.name
        if cleared.full:
            told = [item.conversation_id for item in items if item.conversation_id]
            for conversation_id in told:
                agreements.account(uow, cleared, "conversation", conversation_id)
            words = letter(business, items, partial(self.links.url, uow.tenant_id, id))
        else:
            words = notice(business, items)
        mail = Mail((reader.user.email,), *words, message_id_of(id))
        return dressed(mail, await inherited(uow))


async def _begin(uow: UnitOfWork) -> list[Digest]:
    """The letters of today that have not gone yet; begun for whoever wants one."""
    digests = Digests(uow)
    today = uow.now.astimezone(ZoneInfo(uow.scope.tenant.timezone)).date()
    known = {row.user_id: row for row in await digests.of_day(today)}
    for reader in await service.readers(uow):
        if not reader.choices.has_digest or reader.user.id in known:
            continue
        last = await digests.last_of(reader.user.id)
        known[reader.user.id] = await digests.add(
            user_id=reader.user.id,
            day=today,
            since=last.until if last else uow.now - A_DAY - SETTLING,
            until=uow.now - SETTLING,
            state=DigestState.SENDING,
        )
    return [row for row in known.values() if row.state is DigestState.SENDING]


async def _settle(uow: UnitOfWork, id: UUID, state: DigestState) -> None:
    row = await Digests(uow).lock(id)
    await Digests(uow).save(row, state=state)
