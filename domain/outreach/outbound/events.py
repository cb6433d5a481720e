"""What becomes of calls and texts to people."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from domain.events import Event
from domain.outreach.agreements.models import Route
from domain.outreach.refusals import Refusal
from domain.privacy.purposes import Purpose


@dataclass(frozen=True, kw_only=True)
class OutboundEvent(Event):
    """Something that happened to one of them."""

    aggregate: ClassVar[str] = "outbound_id"
    outbound_id: UUID
    contact_id: UUID
    route: Route
    purpose: Purpose


@dataclass(frozen=True, kw_only=True)
class OutboundAsked(OutboundEvent):
    """Somebody is to be reached."""

    name: ClassVar[str] = "outbound.asked"


@dataclass(frozen=True, kw_only=True)
class OutboundDispatched(OutboundEvent):
    """It went out."""

    name: ClassVar[str] = "outbound.dispatched"


@dataclass(frozen=True, kw_only=True)
class OutboundRefused(OutboundEvent):
    """It does not go out."""

    name: ClassVar[str] = "outbound.refused"
    refusal: Refusal
