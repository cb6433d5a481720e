"""What happens to what members want to hear."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from domain.events import Event


@dataclass(frozen=True, kw_only=True)
class NotificationsChosen(Event):
    """A member wants to hear of something else, or in another way."""

    name: ClassVar[str] = "notifications.changed"
    aggregate: ClassVar[str] = "choice_id"
    choice_id: UUID
    user_id: UUID
