"""What happens to what members want to hear."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from domain.events import Event


@dataclass(frozen=True, kw_only=True)
class PushDeviceEvent(Event):
    """Something that happened to one device of a member."""

    aggregate: ClassVar[str] = "push_device_id"
    push_device_id: UUID
    user_id: UUID


@dataclass(frozen=True, kw_only=True)
class PushSubscribed(PushDeviceEvent):
    """A browser is pushed to from now on."""

    name: ClassVar[str] = "push.subscribed"


@dataclass(frozen=True, kw_only=True)
class PushUnsubscribed(PushDeviceEvent):
    """A browser is pushed to no more; `why` is `removed`, `gone` or `left`."""

    name: ClassVar[str] = "push.unsubscribed"
    why: str


@dataclass(frozen=True, kw_only=True)
class NotificationsChosen(Event):
    """A member wants to hear of something else, or in another way."""

    name: ClassVar[str] = "notifications.changed"
    aggregate: ClassVar[str] = "choice_id"
    choice_id: UUID
    user_id: UUID
