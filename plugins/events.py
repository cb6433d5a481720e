"""What happens to deliveries."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from domain.events import Event


@dataclass(frozen=True, kw_only=True)
class DeliveryDead(Event):
    """A handler failed for the last time; later events of its aggregate go ahead without it."""

    name: ClassVar[str] = "delivery.dead"
    aggregate: ClassVar[str] = "delivery_id"
    delivery_id: UUID
    event_id: UUID
    handler: str
    attempts: int
    error: str
