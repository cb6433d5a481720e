"""Putting a caller through to a person."""

from enum import StrEnum
from typing import Any

from tortoise import fields

from domain.personal import DataClass, Personal, labelled
from domain.sealed import SealedField
from domain.tenancy import Reference, TenantModel


class TransferTarget(TenantModel):
    """Somebody a caller may be put through to."""

    label = labelled(fields.CharField(max_length=60), DataClass.BUSINESS)
    number = labelled(fields.CharField(max_length=20), DataClass.BUSINESS)
    location_id = labelled(fields.UUIDField(null=True), DataClass.NONE)
    aliases: list[str] = labelled(fields.JSONField(default=list), DataClass.BUSINESS)
    hours: list[dict[str, Any]] | None = labelled(fields.JSONField(null=True), DataClass.BUSINESS)
    position = labelled(fields.IntField(default=0), DataClass.NONE)

    references = {"location_id": Reference("location", "CASCADE")}

    class Meta:
        table = "transfer_target"


class TransferState(StrEnum):
    """Where a transfer stands."""

    REQUESTED = "requested"
    RINGING = "ringing"
    BRIDGED = "bridged"
    RETURNED = "returned"
    FAILED = "failed"
    ENDED = "ended"


class Transfer(TenantModel):
    """One attempt to put a caller through."""

    call_id = labelled(fields.UUIDField(), DataClass.NONE)
    conversation_id = labelled(fields.UUIDField(), DataClass.NONE)
    # A target that is removed leaves the transfers to it behind.
    target_id = labelled(fields.UUIDField(null=True), DataClass.NONE)
    state = labelled(fields.CharEnumField(TransferState, max_length=12), DataClass.CALL_METADATA)
    reason = labelled(SealedField(null=True), DataClass.INQUIRY)
    requested_at = labelled(fields.DatetimeField(), DataClass.CALL_METADATA)
    settled_at = labelled(fields.DatetimeField(null=True), DataClass.CALL_METADATA)
    # When the caller and the target began to talk, and when it was over.
    bridged_at = labelled(fields.DatetimeField(null=True), DataClass.CALL_METADATA)
    ended_at = labelled(fields.DatetimeField(null=True), DataClass.CALL_METADATA)

    personal = Personal(subject="conversation_id.contact_id", clock="requested_at")
    sealed_by = "conversation_id"
    references = {
        "call_id": Reference("call", "CASCADE"),
        "conversation_id": Reference("conversation", "CASCADE"),
        "target_id": Reference("transfer_target", "SET NULL"),
    }

    class Meta:
        table = "transfer"
