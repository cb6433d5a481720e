"""Requests for help, and what people thought of a call."""

from enum import StrEnum

from tortoise import fields

from domain.personal import DataClass, Personal, labelled
from domain.sealed import SealedField
from domain.tenancy import Reference, TenantModel


class TicketStatus(StrEnum):
    """Whether a request was answered."""

    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"


class SupportTicket(TenantModel):
    """Somebody in the business asked the operator for help."""

    user_id = labelled(fields.UUIDField(), DataClass.ACCOUNT)
    subject = labelled(SealedField(), DataClass.SUPPORT)
    body = labelled(SealedField(), DataClass.SUPPORT)
    status = labelled(fields.CharEnumField(TicketStatus, max_length=10), DataClass.SUPPORT)
    created_at = labelled(fields.DatetimeField(), DataClass.SUPPORT)
    closed_at = labelled(fields.DatetimeField(null=True), DataClass.SUPPORT)

    personal = Personal(subject="user_id", clock="created_at")
    sealed_by = "tenant_id"

    class Meta:
        table = "support_ticket"


class Feedback(TenantModel):
    """What a caller or a member of staff thought of a conversation, 1 to 5."""

    conversation_id = labelled(fields.UUIDField(), DataClass.NONE)
    rating = labelled(fields.IntField(), DataClass.SURVEY)
    comment = labelled(SealedField(null=True), DataClass.SURVEY)
    given_by = labelled(fields.CharField(max_length=80), DataClass.SURVEY)
    given_at = labelled(fields.DatetimeField(), DataClass.SURVEY)

    personal = Personal(subject="conversation_id.contact_id", clock="given_at")
    sealed_by = "conversation_id"
    references = {"conversation_id": Reference("conversation", "CASCADE")}

    class Meta:
        table = "feedback"
