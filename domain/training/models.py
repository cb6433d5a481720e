"""Keys of tenants, what waits, and what was written."""

from enum import StrEnum
from typing import Any

from tortoise import fields

from domain.personal import DataClass, Personal, labelled
from domain.tenancy import Reference, TenantModel

NONE = DataClass.NONE


class TrainingKey(TenantModel):
    """The public half of a key whose secret half is the tenant's alone; one counts at a time."""

    recipient = labelled(fields.CharField(max_length=80), NONE)
    fingerprint = labelled(fields.CharField(max_length=16), NONE)
    added_by = labelled(fields.CharField(max_length=120), DataClass.AUDIT)
    added_at = labelled(fields.DatetimeField(), NONE)
    retired_at = labelled(fields.DatetimeField(null=True), NONE)

    class Meta:
        table = "training_key"


class TrainingCandidate(TenantModel):
    """A conversation that may be exported, if nothing stands in the way when that is done."""

    conversation_id = labelled(fields.UUIDField(), DataClass.CALL_METADATA)
    queued_at = labelled(fields.DatetimeField(), DataClass.CALL_METADATA)

    personal = Personal(
        subject="conversation_id.contact_id", clock="queued_at", derived_from="conversation_id"
    )
    references = {"conversation_id": Reference("conversation", "CASCADE")}

    class Meta:
        table = "training_candidate"


class TrainingState(StrEnum):
    """How far an export is."""

    RUNNING = "running"
    FINISHED = "finished"
    REFUSED = "refused"
    """What stood in the way stood in the way of all of it."""


class TrainingExport(TenantModel):
    """A file of anonymised conversations, sealed to the tenant's key."""

    state = labelled(fields.CharEnumField(TrainingState, max_length=10), NONE)
    key_fingerprint = labelled(fields.CharField(max_length=16), NONE)
    requested_by = labelled(fields.CharField(max_length=120), DataClass.AUDIT)
    requested_at = labelled(fields.DatetimeField(), NONE)
    finished_at = labelled(fields.DatetimeField(null=True), NONE)
    conversations = labelled(fields.IntField(default=0), NONE)
    left_out: dict[str, Any] = labelled(fields.JSONField(default=dict), NONE)
    """How many were left out, by what stood in the way."""
    sha256 = labelled(fields.CharField(max_length=64, default=""), NONE)
    bytes = labelled(fields.BigIntField(default=0), NONE)

    class Meta:
        table = "training_export"
