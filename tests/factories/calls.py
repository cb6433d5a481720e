"""Telephone calls, their sound, and what a handler is given."""

import random
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from itertools import count
from uuid import UUID, uuid4

from domain import calls
from domain.calls.models import Call
from domain.recordings import Take
from domain.recordings.ports import ObjectStore
from domain.recordings.sink import SealedSink
from domain.scope import Scope, TenantFacts
from domain.work import UnitOfWork, UnitsOfWork
from tests.factories import callers
from tests.factories.callers import Caller

RATE = 8000
_carrier_ids = count(1)


@dataclass(frozen=True)
class OnTheLine:
    """A caller and their call."""

    caller: Caller
    call: Call

    @property
    def scope(self) -> Scope:
        """What the call may do."""
        return self.caller.scope

    @property
    def take(self) -> Take:
        """What there is to record of it."""
        return Take(self.call.id, self.call.conversation_id, RATE)


def ringing(caller: Caller, carrier_call_id: str = "", **more: object) -> calls.Ringing:
    """What a carrier says of a caller."""
    return calls.Ringing(
        conversation_id=caller.conversation_id,
        carrier="vonage",
        carrier_call_id=carrier_call_id or f"leg-{next(_carrier_ids)}",
        caller=caller.phone,
        **more,
    )


async def ring(unit_of_work: UnitsOfWork, scope: Scope) -> OnTheLine:
    """Let somebody new ring."""
    caller = await callers.ring(unit_of_work, scope)
    async with unit_of_work(caller.scope) as uow:
        return OnTheLine(caller, await calls.ring(uow, ringing(caller)))


async def answered(unit_of_work: UnitsOfWork, scope: Scope) -> OnTheLine:
    """Let somebody new ring, and take the call."""
    line = await ring(unit_of_work, scope)
    async with unit_of_work(line.scope) as uow:
        await calls.answer(uow, line.call.id)
    return line


@dataclass(frozen=True)
class Delivery:
    """What a handler is given, without the road that brings it."""

    work: UnitsOfWork
    scope: Scope
    delivery_id: UUID = field(default_factory=uuid4)

    @property
    def tenant(self) -> TenantFacts:
        """The business it is about."""
        return self.scope.tenant

    @property
    def tenant_id(self) -> UUID:
        """Its id."""
        return self.scope.tenant_id

    def unit_of_work(self) -> AbstractAsyncContextManager[UnitOfWork]:
        """A unit of work of its own."""
        return self.work(self.scope)

    def settle(self) -> AbstractAsyncContextManager[UnitOfWork]:
        """The unit of work in which the delivery counts as done."""
        return self.work(self.scope)


def sound(seconds: float, seed: int = 1) -> bytes:
    """Stereo PCM in which no two stretches are alike."""
    return random.Random(seed).randbytes(int(seconds * RATE) * 4)


def sink_of(unit_of_work: UnitsOfWork, store: ObjectStore, line: OnTheLine) -> SealedSink:
    """Where the sound of a call goes."""
    return SealedSink(unit_of_work, line.scope, store, line.take)


async def record(
    unit_of_work: UnitsOfWork, store: ObjectStore, line: OnTheLine, pcm: bytes
) -> UUID:
    """Record a call from first to last and return the recording's id."""
    sink = sink_of(unit_of_work, store, line)
    # As the gateway does: not in blocks of any particular length.
    for start in range(0, len(pcm), 100_000):
        await sink.write(pcm[start : start + 100_000])
    await sink.finish()
    assert sink.recording_id is not None
    return sink.recording_id
