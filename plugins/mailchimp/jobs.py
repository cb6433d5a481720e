"""Putting everybody on the audience who asked for it, and hearing of who left there.

What Mailchimp tells us has no signature, so it is a bell and no more: whoever rings it makes us
ask Mailchimp itself. We ask every few minutes without it, too.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import uuid5

from domain.crm import files
from domain.crm.ports import Change, Kind, Place
from domain.crm.repository import CrmRecords
from domain.errors import DomainError
from domain.outreach import newsletters
from domain.outreach.newsletters import Subscriber
from domain.work import UnitOfWork
from integrations.mailchimp import Member, Status
from integrations.mailchimp.client import PAGE
from plugins.capability import Capability
from plugins.context import PluginContext
from plugins.mailchimp.desk import NAME, Desk, Listed, settings_of
from plugins.routes import Incoming, Reply

HEARING = "changes"
LOOK = f"{NAME}.look"
# Some of them have to be looked at one by one.
AT_ONCE = 50
# Pages of changes that are read at one look.
MOST_PAGES = 10
# Mailchimp counts in seconds, and may mean "since" or "after".
SLACK = timedelta(seconds=1)


async def fill(payload: Mapping[str, Any], context: PluginContext) -> None:
    """Look at some more of those who are known here, and put there who asked for letters."""
    desk = Desk.of(context)
    if not desk.settings.audience:
        return
    async with context.unit_of_work() as uow:
        steps = await files.turn(uow, NAME, AT_ONCE, calls=False)
        subscribers = await newsletters.among(uow, tuple(step.id for step in steps))
        new = await _new(uow, desk.settings.audience, subscribers)
    refused = await desk.add_all(new)
    async with context.settle() as uow:
        for step in steps:
            if not await files.moved(uow, NAME, step, refused=step.id in refused):
                return
        await files.next_turn(uow, NAME)


async def look(payload: Mapping[str, Any], context: PluginContext) -> None:
    """Hear of who left the audience there; and fill it, the first time."""
    if not settings_of(context).audience:
        return
    desk = Desk.of(context)
    async with context.unit_of_work() as uow:
        await files.revive(uow, await files.begin_once(uow, NAME))
    try:
        await _listen(desk)
        await _read(desk)
    except DomainError as failed:
        async with context.unit_of_work() as uow:
            reason = getattr(failed, "reason", failed.code.lower())
            await files.missed(uow, NAME, reason)


async def hear(request: Incoming, context: Capability) -> Reply:
    """Something happened there, says whoever knows the address; Mailchimp tries it out by a GET."""
    if request.method == "POST":
        async with context.unit_of_work() as uow:
            uow.schedule(LOOK, at=uow.now, key=f"{NAME}:heard")
    return Reply(200)


async def _new(
    uow: UnitOfWork, audience: str, subscribers: Sequence[Subscriber]
) -> list[Subscriber]:
    """Those of whom we do not know that they stand there."""
    things = {each.contact_id: uuid5(each.contact_id, audience) for each in subscribers}
    there = await CrmRecords(uow).stand(NAME, Kind.CONTACT, list(things.values()))
    return [each for each in subscribers if things[each.contact_id] not in there]


async def _listen(desk: Desk) -> None:
    try:
        await desk.there.listen(desk.settings.audience, desk.context.url(HEARING))
    except DomainError as failed:
        # It may not reach us. Then it is asked, every few minutes.
        desk.context.log.info("Mailchimp does not tell of changes: %s", failed.code)


async def _read(desk: Desk) -> None:
    """Read who was changed there since the last time."""
    context, audience = desk.context, desk.settings.audience
    async with context.unit_of_work() as uow:
        place = await files.place(uow, NAME)
    changes: list[Change] = []
    gone = 0
    for page_number in range(MOST_PAGES):
        page = await desk.there.changed(audience, place.at - SLACK, page_number * PAGE)
        fresh = [each for each in page if _is_new(each, place)]
        for each in fresh:
            async with context.unit_of_work() as uow:
                gone += await _take(uow, audience, each)
        changes += [Change(each.record, each.changed_at) for each in fresh]
        if len(page) < PAGE:
            break
    async with context.unit_of_work() as uow:
        await files.looked(uow, NAME, files.beyond(place, changes), gone)


def _is_new(member: Member, place: Place) -> bool:
    return member.changed_at > place.at or (
        member.changed_at == place.at and member.record not in place.seen
    )


async def _take(uow: UnitOfWork, audience: str, member: Member) -> bool:
    """Write down here that somebody left there; strangers are nobody's business."""
    if member.status is not Status.UNSUBSCRIBED:
        return False
    row = await CrmRecords(uow).of_record(NAME, str(Listed(audience, member.record)))
    if row is None or row.about_id is None:
        return False
    return await newsletters.unsubscribed(uow, row.about_id, member.changed_at)
