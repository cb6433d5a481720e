"""What happens to contacts."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from domain.events import Event


@dataclass(frozen=True, kw_only=True)
class ContactAdded(Event):
    """A person was heard of for the first time."""

    name: ClassVar[str] = "contact.added"
    aggregate: ClassVar[str] = "contact_id"
    contact_id: UUID


@dataclass(frozen=True, kw_only=True)
class ContactChanged(Event):
    """Something about a person was corrected or added."""

    name: ClassVar[str] = "contact.changed"
    aggregate: ClassVar[str] = "contact_id"
    contact_id: UUID


@dataclass(frozen=True, kw_only=True)
class ContactRestricted(Event):
    """What is known of a person is only kept from now on, and used for nothing."""

    name: ClassVar[str] = "contact.restricted"
    aggregate: ClassVar[str] = "contact_id"
    contact_id: UUID


@dataclass(frozen=True, kw_only=True)
class ContactRestrictionLifted(Event):
    """What is known of a person may be used again."""

    name: ClassVar[str] = "contact.restriction_lifted"
    aggregate: ClassVar[str] = "contact_id"
    contact_id: UUID
