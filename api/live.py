"""Telling those who watch, at this moment, of calls, conversations and security alerts."""

import logging
from dataclasses import dataclass
from uuid import UUID

from domain.calls.events import CallAnswered, CallEnded, CallFinalized, CallRinging
from domain.errors import Unavailable
from domain.events import Event
from domain.handlers import HandlerContext, HandlerFunction, serves
from domain.privacy.purposes import Purpose
from integrations.redis_pubsub import Publisher, Topic, Watched
from tenants.watch.events import AlertRaised

log = logging.getLogger(__name__)

CallHappening = CallRinging | CallAnswered | CallEnded | CallFinalized


@dataclass(frozen=True)
class Herald:
    """Sends ids to watchers; nobody watching, or nobody reachable, is no fault."""

    publisher: Publisher

    @property
    def handlers(self) -> tuple[tuple[type[Event], HandlerFunction], ...]:
        """What to subscribe."""
        happenings = (CallRinging, CallAnswered, CallEnded, CallFinalized)
        calls = tuple((happening, self.call_updated) for happening in happenings)
        return (*calls, (AlertRaised, self.alert_raised))

    @serves(Purpose.CALL_DELIVERY)
    async def call_updated(self, event: CallHappening, context: HandlerContext) -> None:
        """A call has gone on."""
        async with context.unit_of_work() as uow:
            tenant_id = uow.tenant_id
        await self._tell(Watched(tenant_id, Topic.CALL_UPDATED, event.call_id), event.call_id)

    @serves(Purpose.SECURITY)
    async def alert_raised(self, event: AlertRaised, context: HandlerContext) -> None:
        """Something looked like an attack."""
        async with context.unit_of_work() as uow:
            tenant_id = uow.tenant_id
        await self._tell(Watched(tenant_id, Topic.ALERT_RAISED, tenant_id), event.alert_id)

    async def turns_added(
        self, tenant_id: UUID, conversation_id: UUID, turn_ids: list[UUID]
    ) -> None:
        """Something was said."""
        watched = Watched(tenant_id, Topic.TURN_ADDED, conversation_id)
        for id in turn_ids:
            await self._tell(watched, id)

    async def _tell(self, watched: Watched, id: UUID) -> None:
        try:
            await self.publisher.tell(watched, id)
        except Unavailable:
            log.warning("nobody could be told of a %s", watched.topic)
