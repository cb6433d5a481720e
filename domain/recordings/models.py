"""What was recorded, and where its sealed chunks are."""

from enum import StrEnum

from tortoise import fields

from domain.personal import DataClass, Personal, labelled
from domain.tenancy import Reference, TenantModel

METADATA = DataClass.CALL_METADATA


class RecordingState(StrEnum):
    """Whether a recording exists."""

    RECORDING = "recording"
    READY = "ready"
    DECLINED = "declined"
    FAILED = "failed"
    DELETED = "deleted"


class Recording(TenantModel):
    """The stereo sound of one call: the caller left, the receptionist right."""

    call_id = labelled(fields.UUIDField(), DataClass.NONE)
    conversation_id = labelled(fields.UUIDField(), DataClass.NONE)
    state = labelled(fields.CharEnumField(RecordingState, max_length=12), METADATA)
    reason = labelled(fields.CharField(max_length=200, default=""), METADATA)
    storage_key = labelled(fields.CharField(max_length=200, null=True), DataClass.RECORDING)
    sample_rate = labelled(fields.IntField(), METADATA)
    duration_ms = labelled(fields.IntField(default=0), METADATA)
    size_bytes = labelled(fields.BigIntField(default=0), METADATA)
    chunks = labelled(fields.IntField(default=0), DataClass.NONE)
    sha256 = labelled(fields.CharField(max_length=64, default=""), DataClass.NONE)
    started_at = labelled(fields.DatetimeField(), METADATA)
    finished_at = labelled(fields.DatetimeField(null=True), METADATA)
    deleted_at = labelled(fields.DatetimeField(null=True), METADATA)
    deleted_by = labelled(fields.CharField(max_length=120, default=""), DataClass.AUDIT)

    personal = Personal(subject="conversation_id.contact_id", clock="started_at")
    sealed_by = "conversation_id"
    objects_in = "storage_key"
    references = {
        "call_id": Reference("call", "CASCADE"),
        "conversation_id": Reference("conversation", "CASCADE"),
    }

    class Meta:
        table = "recording"
