"""What happens to consents to be reached."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from domain.events import Event
from domain.outreach.agreements.models import Route
from domain.privacy.purposes import Purpose


@dataclass(frozen=True, kw_only=True)
class OutreachConsentEvent(Event):
    """Something that happened to one consent."""

    aggregate: ClassVar[str] = "consent_id"
    consent_id: UUID


@dataclass(frozen=True, kw_only=True)
class OutreachConsentGiven(OutreachConsentEvent):
    """Somebody may be reached."""

    name: ClassVar[str] = "outreach_consent.given"
    contact_id: UUID
    route: Route
    purpose: Purpose


@dataclass(frozen=True, kw_only=True)
class OutreachConsentWithdrawn(OutreachConsentEvent):
    """They may not be reached any more."""

    name: ClassVar[str] = "outreach_consent.withdrawn"
