"""What happens to marketing consents."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from domain.events import Event


@dataclass(frozen=True, kw_only=True)
class MarketingEvent(Event):
    """Something that happened to one consent."""

    aggregate: ClassVar[str] = "marketing_consent_id"
    marketing_consent_id: UUID


@dataclass(frozen=True, kw_only=True)
class MarketingAllowed(MarketingEvent):
    """An account holder wants news."""

    name: ClassVar[str] = "marketing.allowed"


@dataclass(frozen=True, kw_only=True)
class MarketingStopped(MarketingEvent):
    """They want none any more."""

    name: ClassVar[str] = "marketing.stopped"
