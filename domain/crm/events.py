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


@dataclass(frozen=True, kw_only=True)
class CrmFileEvent(Event):
    """Something happened to a customer file as a whole."""

    aggregate: ClassVar[str] = "crm_file_id"
    crm_file_id: UUID
    plugin: str


@dataclass(frozen=True, kw_only=True)
class CrmFillStarted(CrmFileEvent):
    """Everybody who is known here is put on file there from now on, or again."""

    name: ClassVar[str] = "crm.fill_started"


@dataclass(frozen=True, kw_only=True)
class CrmFillStopped(CrmFileEvent):
    """That goes on no further for now."""

    name: ClassVar[str] = "crm.fill_stopped"


@dataclass(frozen=True, kw_only=True)
class CrmFilled(CrmFileEvent):
    """Everybody has been put on file."""

    name: ClassVar[str] = "crm.filled"


@dataclass(frozen=True, kw_only=True)
class CrmFieldsMissed(CrmFileEvent):
    """Something is mapped to fields that are not there any more."""

    name: ClassVar[str] = "crm.fields_missed"
    fields: tuple[str, ...]
