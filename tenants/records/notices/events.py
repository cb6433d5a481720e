"""What happens to notices."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from domain.events import Event
from tenants.records.notices.models import NoticeKind


@dataclass(frozen=True, kw_only=True)
class NoticeEvent(Event):
    """Something that happened to one notice."""

    aggregate: ClassVar[str] = "notice_id"
    notice_id: UUID
    kind: NoticeKind


@dataclass(frozen=True, kw_only=True)
class NoticeAnnounced(NoticeEvent):
    """The business is to be told of something."""

    name: ClassVar[str] = "notice.announced"


@dataclass(frozen=True, kw_only=True)
class NoticeObjected(NoticeEvent):
    """The business does not agree to it."""

    name: ClassVar[str] = "notice.objected"
