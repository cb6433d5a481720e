"""Notices to a business, and the letters by which its people heard of them."""

from enum import StrEnum

from tortoise import fields

from domain.personal import DataClass, Personal, labelled
from domain.tenancy import Reference, TenantModel

NONE = DataClass.NONE


class NoticeKind(StrEnum):
    """What is told."""

    BREACH = "breach"
    BUSINESS_TRANSFER = "business_transfer"
    """The operator is sold or merged: who comes next, and which choices there are."""
    POLICY_CHANGE = "policy_change"
    SUB_PROCESSOR_CHANGE = "sub_processor_change"


class Notice(TenantModel):
    """One campaign as one business hears of it."""

    campaign_id = labelled(fields.UUIDField(), NONE)
    """The same at every business."""
    kind = labelled(fields.CharEnumField(NoticeKind, max_length=24), NONE)
    subject = labelled(fields.CharField(max_length=200), NONE)
    words = labelled(fields.TextField(), NONE)
    announced_at = labelled(fields.DatetimeField(), NONE)
    applies_from = labelled(fields.DatetimeField(null=True), NONE)
    objection_until = labelled(fields.DatetimeField(null=True), NONE)
    objected_at = labelled(fields.DatetimeField(null=True), DataClass.AUDIT)
    objected_by = labelled(fields.CharField(max_length=120, null=True), DataClass.AUDIT)
    objection = labelled(fields.CharField(max_length=2000, default=""), DataClass.BUSINESS)

    class Meta:
        table = "notice"


class NoticeLetter(TenantModel):
    """That one account holder was written to."""

    notice_id = labelled(fields.UUIDField(), NONE)
    user_id = labelled(fields.UUIDField(), DataClass.ACCOUNT)
    message_id = labelled(fields.CharField(max_length=200), NONE)
    """What the letter is known by to the mail servers on its way."""
    sent_at = labelled(fields.DatetimeField(), DataClass.ACCOUNT)

    personal = Personal(subject="user_id", clock="sent_at")
    references = {"notice_id": Reference("notice", "CASCADE")}

    class Meta:
        table = "notice_letter"
