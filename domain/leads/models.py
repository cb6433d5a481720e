"""People who may become customers."""

from enum import StrEnum

from tortoise import fields

from domain.personal import DataClass, Personal, Source, labelled
from domain.sealed import SealedField
from domain.tenancy import Reference, TenantModel


class LeadStatus(StrEnum):
    """Where a lead stands with the business."""

    NEW = "new"
    CONTACTED = "contacted"
    WON = "won"
    LOST = "lost"


class Qualification(StrEnum):
    """How likely a lead is; never a reason to refuse service."""

    UNKNOWN = "unknown"
    COLD = "cold"
    WARM = "warm"
    HOT = "hot"


class Lead(TenantModel):
    """Somebody's interest in the business."""

    contact_id = labelled(fields.UUIDField(), DataClass.NONE)
    conversation_id = labelled(fields.UUIDField(null=True), DataClass.NONE)
    need = labelled(SealedField(), DataClass.LEAD)
    source = labelled(fields.CharEnumField(Source, max_length=20), DataClass.LEAD)
    qualification = labelled(fields.CharEnumField(Qualification, max_length=10), DataClass.LEAD)
    status = labelled(fields.CharEnumField(LeadStatus, max_length=12), DataClass.LEAD)
    intent_key = labelled(fields.CharField(max_length=80, null=True), DataClass.NONE)
    created_at = labelled(fields.DatetimeField(), DataClass.CALL_METADATA)
    updated_at = labelled(fields.DatetimeField(), DataClass.NONE)

    personal = Personal(subject="contact_id", clock="created_at")
    sealed_by = "contact_id"
    references = {
        "contact_id": Reference("contact", "CASCADE"),
        "conversation_id": Reference("conversation", "SET NULL"),
    }
    synced = True

    class Meta:
        table = "lead"
