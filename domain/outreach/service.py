"""Keeping who wants no more messages, and answering once: "stop", "start", "help"."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.outreach.events import OutreachRefused, OutreachResumed
from domain.outreach.models import Refusal
from domain.outreach.optout import HelpAsked, OptIn, OptOut, Reach, Topic, Way, find_wish
from domain.outreach.repository import PHONE, Refusals
from domain.outreach.rules import CONFIRM_WITHIN, reaches
from domain.phone import normalise
from domain.sealed import Sealed
from domain.work import UnitOfWork

READ, WRITE = "contacts:read", "contacts:write"
# Of what was said, this much is kept: nobody's "stop" is refused for its length.
LONGEST_WORDS = 500


@dataclass(frozen=True)
class Incoming:
    """What somebody wrote to a number of the business, and what it answers."""

    line: str
    phone: str
    text: str
    answered: Topic = Topic.EVERYTHING
    by_topic: bool = False
    """Whether the business keeps topics apart, as far as the law lets it."""


@dataclass(frozen=True)
class Reply:
    """The one text to send back: a key of the catalogue; `refusal_id` where it confirms one."""

    key: str
    send_by: datetime
    refusal_id: UUID | None = None


@dataclass(frozen=True)
class Heard:
    """Whether a message was about messages, and what to answer."""

    understood: bool
    reply: Reply | None = None


async def hear(uow: UnitOfWork, incoming: Incoming) -> Heard:
    """Do what somebody asks of further messages; nothing if they speak of something else.

    Raises `InvalidInput` if a number is none.
    """
    uow.require(WRITE)
    wish = find_wish(incoming.text)
    if wish is None:
        return Heard(understood=False)
    send_by = uow.now + CONFIRM_WITHIN
    match wish:
        case OptOut(reach=reach):
            today = uow.now.date()
            reach = reaches(reach, incoming.answered, today, by_topic=incoming.by_topic)
            confirms = await refuse(uow, incoming, reach)
            reply = Reply("optout_done", send_by, confirms) if confirms else None
            return Heard(understood=True, reply=reply)
        case OptIn():
            resumed = await resume(uow, incoming.line, incoming.phone)
            return Heard(understood=True, reply=Reply("optin_done", send_by) if resumed else None)
        case HelpAsked():
            return Heard(understood=True, reply=Reply("optout_help", send_by))


async def refuse(uow: UnitOfWork, incoming: Incoming, reach: Reach) -> UUID | None:
    """Keep a refusal at once; gives the one to confirm, or None if they all stood already."""
    uow.require(WRITE)
    line, phone = _numbers(uow, incoming.line, incoming.phone)
    known = {(each.topic, each.way): each for each in await Refusals(uow).of(line, phone)}
    new: list[UUID] = []
    for way in sorted(reach.ways):
        earlier = known.get((reach.topic, way))
        if earlier is not None and earlier.stands:
            continue
        new.append(await _refused(uow, incoming, earlier, reach.topic, way))
    return new[0] if new else None


async def resume(uow: UnitOfWork, line: str, phone: str) -> bool:
    """Take back every refusal at one number; False if there was none."""
    uow.require(WRITE)
    refusals = Refusals(uow)
    standing = [each for each in await refusals.of(*_numbers(uow, line, phone)) if each.stands]
    for refusal in standing:
        await refusals.save(refusal, returned_at=uow.now)
        uow.record(OutreachResumed(**_about(refusal)))
    return bool(standing)


async def claim_confirmation(uow: UnitOfWork, id: UUID) -> bool:
    """Whether the confirmation may be sent now: once, within five minutes, while it stands."""
    uow.require(WRITE)
    refusals = Refusals(uow)
    refusal = await refusals.lock(id)
    late = uow.now > refusal.refused_at + CONFIRM_WITHIN
    if refusal.confirmed_at is not None or late or not refusal.stands:
        return False
    await refusals.save(refusal, confirmed_at=uow.now)
    return True


async def refused(uow: UnitOfWork, line: str, phone: str, topic: Topic, way: Way) -> bool:
    """Whether somebody wants none of this from a number of the business."""
    uow.require(READ)
    return await Refusals(uow).stands(*_numbers(uow, line, phone), topic, way)


async def _refused(
    uow: UnitOfWork, incoming: Incoming, earlier: Refusal | None, topic: Topic, way: Way
) -> UUID:
    line, phone = _numbers(uow, incoming.line, incoming.phone)
    values = {
        "said": Sealed.text(incoming.text[:LONGEST_WORDS]),
        "refused_at": uow.now,
        "confirmed_at": None,
        "returned_at": None,
    }
    refusals = Refusals(uow)
    if earlier is not None:
        refusal = await refusals.save(earlier, **values)
    else:
        refusal = await refusals.add(
            line=line,
            phone=Sealed.text(phone),
            phone_index=await uow.keys.blind_index(PHONE, phone),
            topic=topic,
            way=way,
            **values,
        )
    uow.record(OutreachRefused(**_about(refusal)))
    return refusal.id


def _numbers(uow: UnitOfWork, line: str, phone: str) -> tuple[str, str]:
    region = uow.scope.tenant.region
    return normalise(line, region), normalise(phone, region)


def _about(refusal: Refusal) -> dict[str, Any]:
    return {"refusal_id": refusal.id, "topic": refusal.topic, "way": refusal.way}
