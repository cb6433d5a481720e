"""What was said, on any channel, and what the receptionist made of it."""

from enum import StrEnum

from tortoise import fields

from domain.conversations.acts import Disposition
from domain.personal import DataClass, Personal, labelled
from domain.sealed import SealedField
from domain.tenancy import Reference, TenantModel

METADATA = DataClass.CALL_METADATA
TRANSCRIPT = DataClass.TRANSCRIPT


class Channel(StrEnum):
    """How a conversation is held."""

    CHAT = "chat"
    SMS = "sms"
    VOICE = "voice"


class Outcome(StrEnum):
    """What a conversation led to, most valuable first."""

    BOOKED = "booked"
    RESCHEDULED = "rescheduled"
    CANCELLED = "cancelled"
    TRANSFERRED = "transferred"
    MESSAGE = "message"
    LEAD = "lead"
    ANSWERED = "answered"
    EMERGENCY = "emergency"
    NOTHING = "nothing"


class Conversation(TenantModel):
    """One call, chat or text thread, pinned to the versions that decided it."""

    channel = labelled(fields.CharEnumField(Channel, max_length=8), METADATA)
    contact_id = labelled(fields.UUIDField(null=True), DataClass.NONE)
    # The carrier named the caller, or they proved who they are; a spoken number proves nothing.
    verified = labelled(fields.BooleanField(default=False), METADATA)
    language = labelled(fields.CharField(max_length=12), METADATA)
    receptionist_version_id = labelled(fields.UUIDField(null=True), DataClass.NONE)
    engine_version = labelled(fields.CharField(max_length=40), DataClass.NONE)
    policy_version = labelled(fields.CharField(max_length=40), DataClass.NONE)
    started_at = labelled(fields.DatetimeField(), METADATA)
    ended_at = labelled(fields.DatetimeField(null=True), METADATA)
    disposition = labelled(fields.CharEnumField(Disposition, null=True, max_length=24), METADATA)
    outcome = labelled(fields.CharEnumField(Outcome, null=True, max_length=16), METADATA)
    success = labelled(fields.BooleanField(null=True), METADATA)
    summary = labelled(SealedField(null=True), TRANSCRIPT)
    extracted = labelled(SealedField(null=True), DataClass.INQUIRY)
    updated_at = labelled(fields.DatetimeField(), DataClass.NONE)

    personal = Personal(subject="contact_id", clock="started_at")
    sealed_by = "id"
    references = {
        "contact_id": Reference("contact", "SET NULL"),
        "receptionist_version_id": Reference("receptionist_version"),
    }
    synced = True

    class Meta:
        table = "conversation"


class Speaker(StrEnum):
    """Who said something."""

    CALLER = "caller"
    RECEPTIONIST = "receptionist"
    STAFF = "staff"


class Turn(TenantModel):
    """Something said, with everything needed to decide it again exactly."""

    conversation_id = labelled(fields.UUIDField(), DataClass.NONE)
    position = labelled(fields.IntField(), METADATA)
    speaker = labelled(fields.CharEnumField(Speaker, max_length=16), METADATA)
    text = labelled(SealedField(), TRANSCRIPT)
    evidence = labelled(SealedField(null=True), TRANSCRIPT)
    offset_ms = labelled(fields.IntField(), METADATA)
    latency_ms = labelled(fields.IntField(null=True), METADATA)
    interrupted = labelled(fields.BooleanField(default=False), METADATA)
    said_at = labelled(fields.DatetimeField(), METADATA)

    personal = Personal(subject="conversation_id.contact_id", clock="said_at")
    sealed_by = "conversation_id"
    references = {"conversation_id": Reference("conversation", "CASCADE")}

    class Meta:
        table = "turn"


class IntakeAnswer(TenantModel):
    """One answer to one question, kept as soon as it is given."""

    conversation_id = labelled(fields.UUIDField(), DataClass.NONE)
    intake_id = labelled(fields.UUIDField(), DataClass.NONE)
    question = labelled(fields.CharField(max_length=60), DataClass.BUSINESS)
    answer = labelled(SealedField(), DataClass.INQUIRY)
    answered_at = labelled(fields.DatetimeField(), METADATA)

    personal = Personal(subject="conversation_id.contact_id", clock="answered_at")
    sealed_by = "conversation_id"
    references = {
        "conversation_id": Reference("conversation", "CASCADE"),
        "intake_id": Reference("intake", "CASCADE"),
    }

    class Meta:
        table = "intake_answer"
