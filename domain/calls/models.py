"""Telephone calls, from ringing to the moment when everything about them is settled."""

from enum import StrEnum
from typing import Any

from tortoise import fields

from domain.personal import DataClass, Personal, fingerprints, labelled
from domain.sealed import SealedField
from domain.tenancy import Reference, TenantModel

METADATA = DataClass.CALL_METADATA
# The name under which the numbers of callers are fingerprinted.
CALLER = "call.caller"


class CallState(StrEnum):
    """Where a call stands; it only moves forward."""

    RINGING = "ringing"
    ANSWERED = "answered"
    ENDED = "ended"
    FINALIZED = "finalized"


class Direction(StrEnum):
    """Who dialled."""

    INBOUND = "inbound"
    OUTBOUND = "outbound"


class Call(TenantModel):
    """One telephone call and its conversation."""

    conversation_id = labelled(fields.UUIDField(), DataClass.NONE)
    phone_number_id = labelled(fields.UUIDField(null=True), DataClass.NONE)
    location_id = labelled(fields.UUIDField(null=True), DataClass.NONE)
    direction = labelled(fields.CharEnumField(Direction, max_length=8), METADATA)
    state = labelled(fields.CharEnumField(CallState, max_length=12), METADATA)
    caller = labelled(SealedField(null=True), DataClass.CALLER_IDENTITY)
    caller_index = fingerprints(
        labelled(fields.CharField(max_length=32, null=True), DataClass.CALLER_IDENTITY),
        "caller",
        CALLER,
    )
    carrier = labelled(fields.CharField(max_length=20), METADATA)
    carrier_call_id = labelled(fields.CharField(max_length=80), METADATA, names=True)
    routing: dict[str, Any] = labelled(fields.JSONField(default=dict), METADATA, names=True)
    ringing_at = labelled(fields.DatetimeField(), METADATA)
    answered_at = labelled(fields.DatetimeField(null=True), METADATA)
    ended_at = labelled(fields.DatetimeField(null=True), METADATA)
    finalized_at = labelled(fields.DatetimeField(null=True), METADATA)
    duration_ms = labelled(fields.IntField(null=True), METADATA)
    # What must be settled before the call is final; true once ready or failed with a reason.
    recording_settled = labelled(fields.BooleanField(default=False), DataClass.NONE)
    summary_settled = labelled(fields.BooleanField(default=False), DataClass.NONE)
    updated_at = labelled(fields.DatetimeField(), DataClass.NONE)

    # A call whose conversation names nobody is theirs whose number it came from.
    personal = Personal(
        subject="conversation_id.contact_id", clock="ringing_at", number="caller_index"
    )
    # A key of its own: who called is kept for longer than what was said.
    sealed_by = "id"
    references = {
        "conversation_id": Reference("conversation", "CASCADE"),
        "phone_number_id": Reference("phone_number", "SET NULL"),
        "location_id": Reference("location", "SET NULL"),
    }
    synced = True

    class Meta:
        table = "call"


class CallEvent(TenantModel):
    """Something the carrier or the gateway reported of a call, in the order it came."""

    call_id = labelled(fields.UUIDField(), DataClass.NONE)
    name = labelled(fields.CharField(max_length=40), METADATA)
    detail: dict[str, Any] = labelled(fields.JSONField(default=dict), METADATA, names=True)
    at = labelled(fields.DatetimeField(), METADATA)

    personal = Personal(subject="call_id.conversation_id.contact_id", clock="at")
    references = {"call_id": Reference("call", "CASCADE")}

    class Meta:
        table = "call_event"
