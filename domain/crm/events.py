"""What happens to what stands in customer files elsewhere."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from domain.events import Event


@dataclass(frozen=True, kw_only=True)
class CrmEvent(Event):
    """Something happened to what of ours stands elsewhere."""

    aggregate: ClassVar[str] = "crm_record_id"
    crm_record_id: UUID
    plugin: str
    kind: str


@dataclass(frozen=True, kw_only=True)
class CrmRecorded(CrmEvent):
    """Something of ours stands in a customer file from now on."""

    name: ClassVar[str] = "crm.recorded"


@dataclass(frozen=True, kw_only=True)
class CrmErased(CrmEvent):
    """It was deleted there, because whoever it is about is erased here."""

    name: ClassVar[str] = "crm.erased"
