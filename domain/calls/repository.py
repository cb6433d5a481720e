"""Calls and what was reported of them, as one unit of work sees them."""

from uuid import UUID

from domain.calls.models import Call, CallEvent
from domain.repository import Repository

CALLER = "call.caller"


class Calls(Repository[Call]):
    """Telephone calls."""

    model = Call
    noun = "call"

    async def by_carrier(self, carrier: str, carrier_call_id: str) -> Call | None:
        """The call a carrier knows under its own id."""
        found = self.all().filter(carrier=carrier, carrier_call_id=carrier_call_id)
        return await self.maybe(found)

    async def of_conversation(self, conversation_id: UUID) -> Call | None:
        """The call a conversation was held in, unless it was held in writing."""
        return await self.maybe(self.all().filter(conversation_id=conversation_id))

    async def of_caller(self, e164: str, limit: int) -> list[Call]:
        """Calls from one number, newest first."""
        index = await self.uow.keys.blind_index(CALLER, e164)
        found = self.all().filter(caller_index=index).order_by("-ringing_at", "-id")
        return await self.page(found.limit(limit))


class CallEvents(Repository[CallEvent]):
    """What the carrier and the gateway reported."""

    model = CallEvent
    noun = "call event"

    async def of(self, call_id: UUID) -> list[CallEvent]:
        """Everything reported of one call, in the order it came."""
        return await self.page(self.all().filter(call_id=call_id).order_by("id"))
