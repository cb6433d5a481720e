"""A call in a sandbox: the real receptionist and the real services, with a caller made of words."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from api.reception import Arrival, Reception
from domain import calls
from domain.conversations.acts import Act, Disposition, End, Transfer
from domain.conversations.models import Channel
from domain.errors import InvalidInput
from domain.phone import normalise
from domain.receptionist.conversation import Conversation
from domain.receptionist.ports import Transcript
from domain.scope import Scope
from domain.work import UnitsOfWork
from tenants.sandbox.service import WRITE, only_here

CARRIER = "simulated"
MOST_LINES = 40
LONGEST_LINE = 500
# So much time passes between two things that a caller says.
BETWEEN_LINES_MS = 5000


@dataclass(frozen=True)
class Script:
    """What a caller says, one line after the other, and the number that they call from."""

    lines: Sequence[str]
    phone: str | None = None


async def place(work: UnitsOfWork, scope: Scope, script: Script) -> UUID:
    """Carry out a call to its end; returns its id. Raises `OnlyInSandbox` and `InvalidInput`."""
    scope.require(WRITE)
    only_here(scope)
    phone = _checked(scope, script)
    welcome = await Reception(work).welcome(Arrival(scope.tenant_id, Channel.VOICE, phone))
    conversation = welcome.conversation
    async with work(welcome.scope) as uow:
        ringing = calls.Ringing(conversation.id, CARRIER, str(uow.new_id()), phone)
        call = await calls.ring(uow, ringing)
        await calls.answer(uow, call.id)
    disposition = await _talk(conversation, script.lines)
    await conversation.close(disposition)
    async with work(welcome.scope) as uow:
        await calls.end(uow, call.id, disposition)
        await calls.settle_recording(uow, call.id, "a call of words has no sound")
    return call.id


async def _talk(conversation: Conversation, lines: Sequence[str]) -> Disposition:
    """Say everything, unless the receptionist ends the call before; then the caller hangs up."""
    heard: list[AsyncIterator[Act]] = [conversation.open()]
    heard += [
        conversation.hear(Transcript(line), offset_ms=number * BETWEEN_LINES_MS)
        for number, line in enumerate(lines, 1)
    ]
    for acts in heard:
        ended = await _performed(acts)
        await conversation.heard_out()
        conversation.announced(offset_ms=0)
        if ended is not None:
            return ended
    return Disposition.CALLER_HANGUP


async def _performed(acts: AsyncIterator[Act]) -> Disposition | None:
    """Let the receptionist finish; how the call ended, if it did."""
    ended = None
    async for act in acts:
        if isinstance(act, End):
            ended = Disposition.COMPLETED
        elif isinstance(act, Transfer):
            ended = Disposition.TRANSFERRED
    return ended


def _checked(scope: Scope, script: Script) -> str | None:
    if not 0 < len(script.lines) <= MOST_LINES:
        raise InvalidInput.at("lines", f"Say 1 to {MOST_LINES} things")
    if any(not 0 < len(line.strip()) <= LONGEST_LINE for line in script.lines):
        raise InvalidInput.at("lines", f"Say 1 to {LONGEST_LINE} characters at a time")
    return normalise(script.phone, scope.tenant.region) if script.phone else None
