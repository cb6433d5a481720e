"""Calls and what was reported of them, as one unit of work sees them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.calls import models
from domain.calls.models import Call, CallEvent
from domain.conversations.acts import Disposition
from domain.repository import Repository

CALLER = models.CALLER
# A call that is still ringing or going on is not missed yet, and one that the staff took before
# the receptionist is not missed either.
ENDINGS = """
SELECT talk.disposition, count(*) AS calls, count(call.answered_at) AS answered,
       count(call.ended_at) FILTER (
           WHERE call.answered_at IS NULL AND talk.disposition IS DISTINCT FROM $4) AS missed,
       coalesce(sum(call.duration_ms), 0)::bigint AS milliseconds
FROM call
JOIN conversation talk ON talk.tenant_id = call.tenant_id AND talk.id = call.conversation_id
WHERE call.tenant_id = $1 AND call.ringing_at >= $2 AND call.ringing_at < $3
GROUP BY talk.disposition ORDER BY talk.disposition
"""


@dataclass(frozen=True)
class Ended:
    """Calls that ended alike; no disposition means that they have not ended yet."""

    disposition: Disposition | None
    calls: int
    answered: int
    missed: int
    milliseconds: int


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

    async def endings(self, start: datetime, end: datetime) -> list[Ended]:
        """The calls that rang from one instant up to another, by how they ended."""
        rows = await self.uow.connection.execute_query_dict(
            ENDINGS, [self.uow.tenant_id, start, end, Disposition.FORWARDED.value]
        )
        return [
            Ended(**row | {"disposition": row["disposition"] and Disposition(row["disposition"])})
            for row in rows
        ]


class CallEvents(Repository[CallEvent]):
    """What the carrier and the gateway reported."""

    model = CallEvent
    noun = "call event"

    async def of(self, call_id: UUID) -> list[CallEvent]:
        """Everything reported of one call, in the order it came."""
        return await self.page(self.all().filter(call_id=call_id).order_by("id"))
