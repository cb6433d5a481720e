"""Announcing something to a business, its objection, and the proof that people were told."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from domain.words import fitting
from domain.work import UnitOfWork
from tenants.records.contracts.repository import DataContracts
from tenants.records.notices.errors import TooLateToObject
from tenants.records.notices.events import NoticeAnnounced, NoticeObjected
from tenants.records.notices.models import Notice, NoticeKind
from tenants.records.notices.repository import NoticeLetters, Notices

READ, WRITE = "privacy:read", "privacy:write"
LONGEST_SUBJECT, LONGEST_WORDS, LONGEST_OBJECTION = 200, 20_000, 2000
OPEN_TO_OBJECTION = frozenset({NoticeKind.BUSINESS_TRANSFER, NoticeKind.SUB_PROCESSOR_CHANGE})
# Where no contract says how long there is to object.
USUAL_DAYS = 30


@dataclass(frozen=True)
class Announcement:
    """A campaign: the same words for every business."""

    id: UUID
    kind: NoticeKind
    subject: str
    words: str
    applies_from: datetime | None = None


async def announce(uow: UnitOfWork, announcement: Announcement) -> Notice:
    """Let this business hear of a campaign, once. Raises `InvalidInput`."""
    notices = Notices(uow)
    known = await notices.of_campaign(announcement.id)
    if known is not None:
        return known
    row = await notices.add(
        campaign_id=announcement.id,
        kind=announcement.kind,
        subject=fitting("subject", announcement.subject, LONGEST_SUBJECT),
        words=fitting("words", announcement.words, LONGEST_WORDS),
        announced_at=uow.now,
        applies_from=announcement.applies_from,
        objection_until=await _objection_until(uow, announcement.kind),
    )
    uow.record(NoticeAnnounced(notice_id=row.id, kind=row.kind))
    return row


async def object_to(uow: UnitOfWork, id: UUID, words: str) -> Notice:
    """Say that the business does not agree. Raises `TooLateToObject` and `InvalidInput`."""
    uow.require(WRITE)
    row = await Notices(uow).lock(id)
    if row.objection_until is None or row.objection_until < uow.now:
        raise TooLateToObject
    if row.objected_at is None:
        await Notices(uow).save(
            row,
            objected_at=uow.now,
            objected_by=str(uow.scope.actor),
            objection=fitting("words", words, LONGEST_OBJECTION),
        )
        uow.record(NoticeObjected(notice_id=id, kind=row.kind))
    return row


async def proof(uow: UnitOfWork, campaign_id: UUID) -> dict[str, Any] | None:
    """Who was told of a campaign here, when, and by which letter; None if nobody was to be."""
    uow.require(READ)
    notices, letters = Notices(uow), NoticeLetters(uow)
    notice = await notices.of_campaign(campaign_id)
    if notice is None:
        return None
    sent = await letters.page(letters.all().filter(notice_id=notice.id).order_by("sent_at", "id"))
    told = {row.user_id for row in sent}
    missing = [user.id for user in await notices.addressees(notice) if user.id not in told]
    return {
        "notice": notice.id,
        "announced_at": notice.announced_at,
        "objection_until": notice.objection_until,
        "objected_at": notice.objected_at,
        "letters": [
            {"user": row.user_id, "message_id": row.message_id, "sent_at": row.sent_at}
            for row in sent
        ],
        "not_yet_told": missing,
    }


async def _objection_until(uow: UnitOfWork, kind: NoticeKind) -> datetime | None:
    if kind not in OPEN_TO_OBJECTION:
        return None
    contract = await DataContracts(uow).in_force()
    return uow.now + timedelta(days=contract.objection_days if contract else USUAL_DAYS)
