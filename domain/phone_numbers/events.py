"""What happens to telephone numbers."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from domain.events import Event


@dataclass(frozen=True, kw_only=True)
class NumberEvent(Event):
    """Something that happened to one number of the business."""

    aggregate: ClassVar[str] = "phone_number_id"
    phone_number_id: UUID


@dataclass(frozen=True, kw_only=True)
class NumberAttached(NumberEvent):
    """Calls to a number reach the receptionist from now on."""

    name: ClassVar[str] = "number.attached"


@dataclass(frozen=True, kw_only=True)
class NumberChanged(NumberEvent):
    """A number has another label, or rings for another location."""

    name: ClassVar[str] = "number.changed"


@dataclass(frozen=True, kw_only=True)
class NumberReleased(NumberEvent):
    """Calls to a number no longer reach the receptionist."""

    name: ClassVar[str] = "number.released"
