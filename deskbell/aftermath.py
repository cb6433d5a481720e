"""What came of a call, as its owner can see it: gathered from the database once all is settled."""

import asyncio
from dataclasses import dataclass
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from deskbell.arrivals import CARRIER
from domain.appointments.models import Appointment
from domain.appointments.repository import Appointments
from domain.business.repository import Services
from domain.calls.models import Call, CallState
from domain.calls.repository import Calls
from domain.conversations.models import Conversation
from domain.conversations.repository import Conversations, Turns
from domain.leads.repository import Leads
from domain.messages.repository import Messages
from domain.outbox import OutboxEntry
from domain.recordings.repository import Recordings
from domain.scope import Scope
from domain.work import UnitOfWork, UnitsOfWork
from plugins.models import Delivery, DeliveryStatus

# Seconds in which a call's summary, recording and e-mail come about on a slow machine.
PATIENCE = 60.0
NOTIFY = "notify:after_call"


class NothingCame(RuntimeError):
    """The call left no trace in time."""


@dataclass(frozen=True)
class Aftermath:
    """Everything about one call, as JSON values."""

    call: dict[str, Any]
    transcript: list[dict[str, Any]]
    appointment: dict[str, Any] | None
    messages: list[dict[str, Any]]
    leads: list[dict[str, Any]]
    recording: dict[str, Any] | None
    notification: dict[str, Any]
    events: list[str]


async def aftermath_of(unit_of_work: UnitsOfWork, scope: Scope, carrier_call_id: str) -> Aftermath:
    """Wait until the call is final and the owner was told, then gather. Raises `NothingCame`."""
    try:
        async with asyncio.timeout(PATIENCE):
            while True:
                async with unit_of_work(scope, read_only=True) as uow:
                    call = await _settled_call(uow, carrier_call_id)
                    if call is not None:
                        return await _gather(uow, call)
                await asyncio.sleep(0.2)
    except TimeoutError:
        raise NothingCame("The call was not settled in time") from None


async def _settled_call(uow: UnitOfWork, carrier_call_id: str) -> Call | None:
    found = Calls(uow).all().filter(carrier=CARRIER, carrier_call_id=carrier_call_id)
    call = await Calls(uow).maybe(found)
    if call is None or call.state is not CallState.FINALIZED:
        return None
    told = await _notification(uow, call.id)
    return call if told and told["status"] != DeliveryStatus.WAITING else None


async def _gather(uow: UnitOfWork, call: Call) -> Aftermath:
    conversation = await Conversations(uow).get(call.conversation_id)
    return Aftermath(
        call=_call(call, conversation),
        transcript=await _transcript(uow, conversation.id),
        appointment=await _appointment(uow, conversation.id),
        messages=await _messages(uow, conversation.id),
        leads=await _leads(uow, conversation.id),
        recording=await _recording(uow, call.id),
        notification=await _notification(uow, call.id) or {},
        events=await _events(uow, call, conversation),
    )


def _call(call: Call, conversation: Conversation) -> dict[str, Any]:
    return {
        "id": call.id,
        "conversation_id": conversation.id,
        "state": call.state.value,
        "disposition": conversation.disposition,
        "outcome": conversation.outcome,
        "success": conversation.success,
        "duration_ms": call.duration_ms,
        "summary": conversation.summary.read() if conversation.summary else None,
    }


async def _transcript(uow: UnitOfWork, conversation_id: UUID) -> list[dict[str, Any]]:
    return [
        {"speaker": turn.speaker.value, "text": turn.text.read(), "offset_ms": turn.offset_ms}
        for turn in await Turns(uow).of(conversation_id)
    ]


async def _appointment(uow: UnitOfWork, conversation_id: UUID) -> dict[str, Any] | None:
    appointments = Appointments(uow)
    found = await appointments.page(appointments.all().filter(conversation_id=conversation_id))
    return await _told(uow, found[-1]) if found else None


async def _told(uow: UnitOfWork, appointment: Appointment) -> dict[str, Any]:
    service = await Services(uow).get(appointment.service_id)
    return {
        "id": appointment.id,
        "service": service.name,
        "status": appointment.status.value,
        "starts_at": appointment.starts_at.astimezone(ZoneInfo(appointment.timezone)).isoformat(),
    }


async def _messages(uow: UnitOfWork, conversation_id: UUID) -> list[dict[str, Any]]:
    messages = Messages(uow)
    left = await messages.page(messages.all().filter(conversation_id=conversation_id))
    return [{"body": one.body.read(), "priority": one.priority.value} for one in left]


async def _leads(uow: UnitOfWork, conversation_id: UUID) -> list[dict[str, Any]]:
    leads = Leads(uow)
    kept = await leads.page(leads.all().filter(conversation_id=conversation_id))
    return [{"need": lead.need.read(), "status": lead.status.value} for lead in kept]


async def _recording(uow: UnitOfWork, call_id: UUID) -> dict[str, Any] | None:
    recording = await Recordings(uow).maybe(Recordings(uow).all().filter(call_id=call_id))
    if recording is None:
        return None
    return {
        "id": recording.id,
        "state": recording.state.value,
        "duration_ms": recording.duration_ms,
        "storage_key": recording.storage_key,
    }


async def _notification(uow: UnitOfWork, call_id: UUID) -> dict[str, Any] | None:
    told = await (
        Delivery.filter(tenant_id=uow.tenant_id, handler=NOTIFY, key=str(call_id))
        .using_db(uow.connection)
        .first()
    )
    return {"handler": NOTIFY, "status": told.status.value, "id": told.id} if told else None


async def _events(uow: UnitOfWork, call: Call, conversation: Conversation) -> list[str]:
    booked = Appointments(uow).all().filter(conversation_id=conversation.id)
    keys = [
        str(id) for id in (call.id, conversation.id, *await booked.values_list("id", flat=True))
    ]
    rows = OutboxEntry.filter(tenant_id=uow.tenant_id, key__in=keys, kind="event")
    return [row.name for row in await rows.using_db(uow.connection).order_by("id")]
