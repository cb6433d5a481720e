"""Following calls, and saying once when everything about one is settled."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from domain import conversations
from domain.calls import rules
from domain.calls.events import CallAnswered, CallEnded, CallFinalized, CallRinging
from domain.calls.models import Call, CallEvent, CallState, Direction
from domain.calls.repository import CALLER, CallEvents, Calls
from domain.calls.rules import News, Progress
from domain.conversations.acts import Disposition
from domain.conversations.repository import Turns
from domain.errors import Conflict
from domain.personal import DataClass
from domain.sealed import Sealed
from domain.work import UnitOfWork

SETTLE_OVERDUE = "calls.settle_overdue"
GIVE_UP = "calls.give_up"
# Whoever leads a call says every half minute that it goes on.
LOST = timedelta(minutes=5)
# A summary takes seconds and a recording less: after this, something has died on the way.
OVERDUE = timedelta(minutes=10)
MOST_OF_CALLER = 50


@dataclass(frozen=True)
class Ringing:
    """A call that begins; `caller` is in E.164, or None when it was withheld."""

    conversation_id: UUID
    carrier: str
    carrier_call_id: str
    caller: str | None = None
    phone_number_id: UUID | None = None
    location_id: UUID | None = None
    direction: Direction = Direction.INBOUND
    routing: dict[str, Any] = field(default_factory=dict)


async def ring(uow: UnitOfWork, ringing: Ringing) -> Call:
    """Note that a call comes in; the carrier may say so more than once."""
    uow.require("calls:answer")
    known = await find(uow, ringing.carrier, ringing.carrier_call_id)
    if known is not None:
        return known
    try:
        return await _add(uow, ringing)
    except Conflict:
        # The carrier said it twice at once, and the other one was quicker.
        known = await find(uow, ringing.carrier, ringing.carrier_call_id)
        assert known is not None
        return known


async def find(uow: UnitOfWork, carrier: str, carrier_call_id: str) -> Call | None:
    """The call that a carrier speaks of, if it has rung."""
    uow.require("calls:answer")
    return await Calls(uow).by_carrier(carrier, carrier_call_id)


async def answer(uow: UnitOfWork, call_id: UUID, *, at: datetime | None = None) -> Call:
    """Note that the receptionist took the call, now or at the moment the carrier names."""
    call, reached = await _hear(uow, call_id, News.ANSWERED, at)
    if CallState.ANSWERED in reached:
        uow.record(CallAnswered(**_about(call)))
    return call


async def go_on(
    uow: UnitOfWork, call_id: UUID, *, within: timedelta = LOST, otherwise: str = GIVE_UP
) -> None:
    """Note that a call is being led; unless somebody says so again `within`, a job gives it up."""
    uow.require("calls:answer")
    call = await Calls(uow).lock(call_id)
    if call.ended_at is None:
        _await_sign_of_life(uow, call_id, within, otherwise)


async def give_up(uow: UnitOfWork, call_id: UUID) -> Call:
    """End a call whose leader died; it lasted until the last words that were stored."""
    uow.require("calls:answer")
    call = await Calls(uow).lock(call_id)
    if call.ended_at is not None:
        return call
    said = await Turns(uow).of(call.conversation_id)
    last = said[-1].said_at if said else call.answered_at or call.ringing_at
    await conversations.end(uow, call.conversation_id, Disposition.FAILED, at=last)
    return await end(uow, call_id, Disposition.FAILED, at=last)


async def end(
    uow: UnitOfWork, call_id: UUID, disposition: Disposition, *, at: datetime | None = None
) -> Call:
    """Note that the line is closed; what has not been settled in time is given up later."""
    call, reached = await _hear(uow, call_id, News.ENDED, at)
    if CallState.ENDED not in reached:
        return call
    uow.record(CallEnded(**_about(call), disposition=disposition.value))
    if CallState.FINALIZED in reached:
        _finalize(uow, call)
        return call
    uow.schedule(
        SETTLE_OVERDUE,
        at=uow.now + OVERDUE,
        key=_timer(call_id),
        payload={"call_id": str(call_id), "disposition": disposition.value},
    )
    return call


async def settle_recording(uow: UnitOfWork, call_id: UUID, reason: str = "") -> Call:
    """Note that the recording is there, or why it never will be."""
    return await _settle(uow, call_id, News.RECORDING_SETTLED, reason)


async def settle_summary(uow: UnitOfWork, call_id: UUID, reason: str = "") -> Call:
    """Note that the summary is there, or why it never will be."""
    return await _settle(uow, call_id, News.SUMMARY_SETTLED, reason)


async def settle_overdue(uow: UnitOfWork, call_id: UUID, disposition: Disposition) -> Call:
    """Give up what did not come in time after the end; the conversation is closed with it."""
    uow.require("calls:answer")
    call = await Calls(uow).lock(call_id)
    await conversations.end(uow, call.conversation_id, disposition)
    late = f"It did not come within {int(OVERDUE.total_seconds() // 60)} minutes of the end"
    if not call.recording_settled:
        call = await settle_recording(uow, call_id, late)
    if not call.summary_settled:
        call = await settle_summary(uow, call_id, late)
    return call


async def note(
    uow: UnitOfWork, call_id: UUID, name: str, detail: dict[str, Any] | None = None
) -> CallEvent:
    """Keep what the carrier or the gateway reported; `detail` holds no words of a person."""
    uow.require("calls:answer")
    return await CallEvents(uow).add(call_id=call_id, name=name, detail=detail or {}, at=uow.now)


async def of_caller(uow: UnitOfWork, e164: str, limit: int = MOST_OF_CALLER) -> list[Call]:
    """The calls from one number, newest first."""
    uow.require("calls:read")
    return await Calls(uow).of_caller(e164, limit)


async def _add(uow: UnitOfWork, ringing: Ringing) -> Call:
    calls = Calls(uow)
    caller = ringing.caller if uow.keeps(DataClass.CALLER_IDENTITY) else None
    async with calls.refusing(call_carrier_key=Conflict("This call has rung already")):
        call = await calls.add(
            conversation_id=ringing.conversation_id,
            phone_number_id=ringing.phone_number_id,
            location_id=ringing.location_id,
            direction=ringing.direction,
            state=CallState.RINGING,
            # Sealed even when withheld: an opened call shows that its key still exists.
            caller=Sealed.text(caller or ""),
            caller_index=await uow.keys.blind_index(CALLER, caller) if caller else None,
            carrier=ringing.carrier,
            carrier_call_id=ringing.carrier_call_id,
            routing=ringing.routing,
            ringing_at=uow.now,
        )
    uow.record(CallRinging(**_about(call)))
    _await_sign_of_life(uow, call.id, LOST, GIVE_UP)
    return call


async def _settle(uow: UnitOfWork, call_id: UUID, news: News, reason: str) -> Call:
    call, reached = await _hear(uow, call_id, news)
    if reason:
        await note(uow, call_id, news.name.lower(), {"reason": reason})
    if CallState.FINALIZED in reached:
        _finalize(uow, call)
    return call


async def _hear(
    uow: UnitOfWork, call_id: UUID, news: News, at: datetime | None = None
) -> tuple[Call, list[CallState]]:
    """Lock the call, let the rules judge the news, and return the states it entered by it."""
    uow.require("calls:answer")
    calls = Calls(uow)
    call = await calls.lock(call_id)
    before = _progress(call)
    now = rules.after(before, news, at or uow.now)
    if now != before:
        await calls.save(call, **vars(now), duration_ms=now.duration_ms)
    return call, rules.reached(before, now)


def _finalize(uow: UnitOfWork, call: Call) -> None:
    uow.cancel(_timer(call.id))
    uow.record(CallFinalized(**_about(call)))


def _progress(call: Call) -> Progress:
    return Progress(
        state=call.state,
        answered_at=call.answered_at,
        ended_at=call.ended_at,
        finalized_at=call.finalized_at,
        recording_settled=call.recording_settled,
        summary_settled=call.summary_settled,
    )


def _about(call: Call) -> dict[str, UUID]:
    return {"call_id": call.id, "conversation_id": call.conversation_id}


def _await_sign_of_life(uow: UnitOfWork, call_id: UUID, within: timedelta, job: str) -> None:
    payload = {"call_id": str(call_id)}
    uow.schedule(job, at=uow.now + within, key=_timer(call_id), payload=payload)


def _timer(call_id: UUID) -> str:
    return f"call:{call_id}:settle"
