"""Messages that callers leave for the business."""

from enum import StrEnum

from tortoise import fields

from domain.personal import DataClass, Personal, labelled
from domain.sealed import SealedField
from domain.tenancy import Reference, TenantModel


class Priority(StrEnum):
    """How soon somebody should look."""

    NORMAL = "normal"
    HIGH = "high"
    EMERGENCY = "emergency"


class MessageStatus(StrEnum):
    """Whether somebody has looked."""

    NEW = "new"
    READ = "read"
    RESOLVED = "resolved"


class Message(TenantModel):
    """What a caller wants the business to know."""

    contact_id = labelled(fields.UUIDField(null=True), DataClass.NONE)
    conversation_id = labelled(fields.UUIDField(), DataClass.NONE)
    body = labelled(SealedField(), DataClass.INQUIRY)
    callback_number = labelled(SealedField(null=True), DataClass.CALLER_IDENTITY)
    priority = labelled(fields.CharEnumField(Priority, max_length=12), DataClass.INQUIRY)
    status = labelled(fields.CharEnumField(MessageStatus, max_length=12), DataClass.NONE)
    intent_key = labelled(fields.CharField(max_length=80, null=True), DataClass.NONE)
    left_at = labelled(fields.DatetimeField(), DataClass.CALL_METADATA)
    resolved_at = labelled(fields.DatetimeField(null=True), DataClass.NONE)
    updated_at = labelled(fields.DatetimeField(), DataClass.NONE)

    # Through the conversation, whose party may be known only after the message was left.
    personal = Personal(subject="conversation_id.contact_id", clock="left_at")
    sealed_by = "conversation_id"
    references = {
        "contact_id": Reference("contact", "SET NULL"),
        "conversation_id": Reference("conversation", "CASCADE"),
    }
    synced = True

    class Meta:
        table = "message"
