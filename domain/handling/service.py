"""Following a call between the staff's telephones, the receptionist and the voicemail."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum, auto
from uuid import UUID

from domain import calls, conversations, transfers
from domain.business.profile import Profile
from domain.calls.models import Call
from domain.calls.repository import CallEvents, Calls
from domain.conversations.acts import Disposition
from domain.conversations.repository import Turns
from domain.handling import rules
from domain.scope import TenantStatus
from domain.transfers.models import Transfer, TransferState
from domain.transfers.repository import Transfers, TransferTargets
from domain.transfers.rules import UNDER_WAY, News
from domain.work import UnitOfWork

GIVE_UP = "handling.give_up"
# The carrier cuts a call after two hours; a voicemail may follow.
LONGEST = timedelta(hours=3)
RING_SECONDS = 20
# What is noted of a call.
HANDED_OVER = "handed_over"
HUNG_UP = "hung_up"
VOICEMAIL = "voicemail"


@dataclass(frozen=True)
class Ring:
    """Ring this telephone next; `number` is in E.164."""

    transfer_id: UUID
    number: str
    label: str
    seconds: int
    announced: bool = False
    """Whether the caller is told who is rung: they have been told of another one before."""


class Turn(Enum):
    """Whose turn it is when no telephone is to be rung."""

    RECEPTIONIST = auto()
    VOICEMAIL = auto()
    REFUSED = auto()
    """The business takes no calls from this number."""
    NOBODY = auto()
    """The call goes on as it does."""


Step = Ring | Turn


async def begin(uow: UnitOfWork, profile: Profile, call: Call) -> Step:
    """Ring the staff before the receptionist answers, if anybody can be reached."""
    if tried := await Transfers(uow).of_call(call.id):
        # The carrier asks a second time.
        seconds = profile.rules.ring_staff_seconds
        return await _go_on(uow, tried[-1], seconds) or Turn.RECEPTIONIST
    await calls.go_on(uow, call.id, within=LONGEST, otherwise=GIVE_UP)
    ring = await _ring(uow, profile, call, profile.rules.ring_staff_seconds)
    return ring or Turn.RECEPTIONIST


async def stand_in(uow: UnitOfWork, profile: Profile, call: Call) -> Step:
    """No receptionist is free: ring somebody who has not been rung, or take a voicemail."""
    tried = await Transfers(uow).of_call(call.id)
    if tried and (ring := await _go_on(uow, tried[-1], RING_SECONDS)):
        return ring
    await calls.go_on(uow, call.id, within=LONGEST, otherwise=GIVE_UP)
    return await _ring(uow, profile, call, RING_SECONDS) or await _voicemail(uow, call)


async def hear(uow: UnitOfWork, profile: Profile, transfer_id: UUID, news: News) -> Step:
    """Follow what the carrier reports of a telephone that rings. Raises `NotFound`.

    Whatever comes twice, late or out of order moves nothing, and is answered as before.
    """
    uow.require("calls:answer")
    # Holding the call keeps two reports of it from passing each other.
    call = await Calls(uow).lock((await Transfers(uow).get(transfer_id)).call_id)
    transfer = await transfers.hear(uow, transfer_id, news)
    if transfer.state in UNDER_WAY:
        return Turn.NOBODY
    if transfer.bridged_at is not None:
        # With those who talked, the call is over.
        await _close(uow, call)
        return Turn.NOBODY
    return await _after(uow, profile, call, transfer)


async def hand_over(uow: UnitOfWork, call_id: UUID) -> None:
    """The receptionist has left, and the carrier leads the call to its end."""
    call = await Calls(uow).lock(call_id)
    if await _noted(uow, call, HUNG_UP):
        await _end(uow, call)
        return
    await _note(uow, call, HANDED_OVER)
    await calls.go_on(uow, call_id, within=LONGEST, otherwise=GIVE_UP)


async def over(uow: UnitOfWork, call_id: UUID) -> None:
    """The caller's line is closed; a call that the receptionist leads is ended by whoever does."""
    await _close(uow, await Calls(uow).lock(call_id))


async def give_up(uow: UnitOfWork, call_id: UUID) -> None:
    """End a call of which the carrier never reported the end."""
    call = await Calls(uow).lock(call_id)
    tried = await Transfers(uow).of_call(call_id)
    moments = [transfer.bridged_at or transfer.requested_at for transfer in tried]
    last = max([*moments, await _last_words(uow, call)])
    await _end(uow, call, otherwise=Disposition.FAILED, at=last)


async def _after(uow: UnitOfWork, profile: Profile, call: Call, transfer: Transfer) -> Step:
    """Nobody took the call: who is next?"""
    newest = (await Transfers(uow).of_call(call.id))[-1]
    receptionist = call.answered_at is not None
    left = rules.seconds_left(profile, call.ringing_at, uow.now)
    if newest.id != transfer.id:
        # This has been answered before; the answer may have been lost.
        seconds = RING_SECONDS if receptionist else left or RING_SECONDS
        return await _go_on(uow, newest, seconds, announced=receptionist) or Turn.NOBODY
    if call.ended_at is not None or transfer.state is TransferState.ENDED:
        return Turn.VOICEMAIL
    if receptionist:
        return await _after_receptionist(uow, profile, call, transfer)
    ring = await _ring(uow, profile, call, left) if left else None
    return ring or Turn.RECEPTIONIST


async def _after_receptionist(
    uow: UnitOfWork, profile: Profile, call: Call, transfer: Transfer
) -> Step:
    assert call.answered_at is not None
    if transfer.requested_at < call.answered_at:
        # The staff was rung first, and the receptionist has taken the call since.
        return Turn.NOBODY
    ring = await _ring(uow, profile, call, RING_SECONDS)
    return replace(ring, announced=True) if ring else await _voicemail(uow, call)


async def _ring(uow: UnitOfWork, profile: Profile, call: Call, seconds: int) -> Ring | None:
    """Ring the first who can be reached and has not been rung for this call."""
    if uow.scope.tenant.status is not TenantStatus.ACTIVE:
        return None
    tried = [one.target_id for one in await Transfers(uow).of_call(call.id)]
    known = [target for target in profile.transfer_targets if target.id in tried]
    numbers = {target.number for target in known}
    target = next(iter(rules.reachable_targets(profile, uow.now, numbers)), None)
    if target is None:
        return None
    transfer = await transfers.request(uow, call.id, target.id)
    return Ring(transfer.id, target.number, target.label, seconds)


async def _go_on(
    uow: UnitOfWork, transfer: Transfer, seconds: int, *, announced: bool = False
) -> Ring | None:
    """The same again, if the carrier may not have heard it."""
    targets = TransferTargets(uow)
    target = await targets.maybe(targets.all().filter(id=transfer.target_id))
    if target is None or transfer.state is not TransferState.REQUESTED:
        return None
    return Ring(transfer.id, target.number, target.label, seconds, announced)


async def _voicemail(uow: UnitOfWork, call: Call) -> Turn:
    await _note(uow, call, VOICEMAIL)
    return Turn.VOICEMAIL


async def _close(uow: UnitOfWork, call: Call) -> None:
    if call.answered_at is None or await _noted(uow, call, HANDED_OVER):
        await _end(uow, call)
    elif call.ended_at is None:
        # The receptionist is leaving, and has yet to store what was said.
        await _note(uow, call, HUNG_UP)


async def _end(
    uow: UnitOfWork,
    call: Call,
    *,
    otherwise: Disposition = Disposition.CALLER_HANGUP,
    at: datetime | None = None,
) -> None:
    if call.ended_at is not None:
        return
    tried = await Transfers(uow).of_call(call.id)
    disposition = rules.came_to(
        answered=call.answered_at is not None,
        bridged=any(transfer.bridged_at for transfer in tried),
        voicemail=await _noted(uow, call, VOICEMAIL),
    )
    disposition = disposition or otherwise
    await transfers.end_all(uow, call.id)
    # The receptionist's part was over before the call was.
    spoken = await _last_words(uow, call)
    await conversations.end(uow, call.conversation_id, disposition, at=spoken)
    await calls.end(uow, call.id, disposition, at=at)


async def _last_words(uow: UnitOfWork, call: Call) -> datetime:
    said = await Turns(uow).of(call.conversation_id)
    return said[-1].said_at if said else call.answered_at or call.ringing_at


async def _noted(uow: UnitOfWork, call: Call, name: str) -> bool:
    return any(event.name == name for event in await CallEvents(uow).of(call.id))


async def _note(uow: UnitOfWork, call: Call, name: str) -> None:
    if not await _noted(uow, call, name):
        await calls.note(uow, call.id, name)
