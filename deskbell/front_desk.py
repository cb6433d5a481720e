"""The staff's telephones: who is rung for a caller, and what comes of it."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from uuid import UUID

from api.reception import Arrival, Reception
from api.voice.dialogue import Call, Line
from deskbell.arrivals import CARRIER, ROUTED, arrival_of, ringing_of
from domain import calls, contacts, handling, transfers
from domain.business import versions
from domain.business.profile import Profile
from domain.calls import models
from domain.contacts.models import NumberList
from domain.errors import Conflict
from domain.handling import Step, Turn
from domain.scope import Scope
from domain.transfers.rules import News
from domain.work import UnitOfWork, UnitsOfWork
from tenants.service import job_scope

log = logging.getLogger(__name__)

Deed = Callable[[UnitOfWork, Profile, models.Call], Awaitable[Step]]


class RangMeanwhile(Conflict):
    """The carrier told of a call twice at once; the other telling was quicker."""

    code = "RANG_MEANWHILE"


@dataclass(frozen=True)
class FrontDesk:
    """Implements what the voice gateway asks about the staff's telephones."""

    unit_of_work: UnitsOfWork
    reception: Reception

    async def begin(self, call: Call) -> Step:
        """Ring the staff first; whoever is blocked gets the receptionist, who says so."""
        step = await self._take_in(call, handling.begin)
        return Turn.RECEPTIONIST if step is Turn.REFUSED else step

    async def stand_in(self, call: Call) -> Step:
        """Ring the staff in the place of a receptionist, or take a voicemail."""
        return await self._take_in(call, handling.stand_in)

    async def recall(self, line: Line, call_id: str) -> Call | None:
        """A call that has rung, as it was then."""
        async with self.unit_of_work(await _scope(line), read_only=True) as uow:
            row = await calls.find(uow, CARRIER, call_id)
        if row is None:
            return None
        caller = row.caller.read().lstrip("+") if row.caller else ""
        conversation, region_url = (row.routing.get(key, "") for key in ROUTED)
        return Call(call_id, line, conversation, caller, region_url)

    async def hear(self, call: Call, transfer: UUID, news: News) -> Step:
        """Follow what the carrier reports of a telephone that rings. Raises `NotFound`."""
        async with self.unit_of_work(await _scope(call.line)) as uow:
            return await handling.hear(uow, await versions.profile(uow), transfer, news)

    async def refused(self, call: Call, transfer: UUID) -> None:
        """The carrier would not ring."""
        try:
            async with self.unit_of_work(await _scope(call.line)) as uow:
                await transfers.hear(uow, transfer, News.FAILED)
        except Exception as fault:
            # The end of the call ends the transfer too.
            log.warning("transfer %s: its failure was lost: %s", transfer, type(fault).__name__)

    async def over(self, line: Line, call_id: str) -> None:
        """The caller's line is closed."""
        async with self.unit_of_work(await _scope(line)) as uow:
            row = await calls.find(uow, CARRIER, call_id)
            if row is not None:
                await handling.over(uow, row.id)

    async def _take_in(self, call: Call, deed: Deed) -> Step:
        try:
            return await self._known(call, deed) or await self._open(call, deed)
        except RangMeanwhile:
            return await self._take_in(call, deed)

    async def _known(self, call: Call, deed: Deed) -> Step | None:
        """Act on a call that has rung before, or refuse one that is blocked; else None."""
        async with self.unit_of_work(await _scope(call.line)) as uow:
            if await _is_blocked(uow, arrival_of(call)):
                return Turn.REFUSED
            row = await calls.find(uow, CARRIER, call.id)
            return await deed(uow, await versions.profile(uow), row) if row else None

    async def _open(self, call: Call, deed: Deed) -> Step:
        """Put a call on record that may never reach the receptionist."""
        arrival = arrival_of(call)
        scope = await self.reception.scope(arrival)
        ringing = await ringing_of(call, UUID(scope.actor.id), None)
        async with self.unit_of_work(scope) as uow:
            opened = await self.reception.open(uow, arrival)
            routing = ringing.routing | {"treatment": opened.treatment}
            row = await calls.ring(uow, replace(ringing, routing=routing))
            if row.conversation_id != ringing.conversation_id:
                raise RangMeanwhile("The carrier told of this call twice at once")
            return await deed(uow, opened.profile, row)


async def _scope(line: Line) -> Scope:
    return await job_scope(line.tenant_id, "phone")


async def _is_blocked(uow: UnitOfWork, arrival: Arrival) -> bool:
    if arrival.phone is None:
        return False
    return await contacts.treatment(uow, arrival.phone) is NumberList.BLOCK
