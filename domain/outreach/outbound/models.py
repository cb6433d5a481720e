"""What is to go out to people, and what became of it."""

from enum import StrEnum

from tortoise import fields

from domain.outreach.agreements.models import Route
from domain.outreach.refusals import Refusal
from domain.personal import DataClass, Personal, labelled
from domain.privacy.purposes import Purpose
from domain.sealed import SealedField
from domain.tenancy import TenantModel

CONSENT = DataClass.CONSENT
NONE = DataClass.NONE


class OutboundState(StrEnum):
    """How far it is."""

    WAITING = "waiting"
    SENT = "sent"
    WITHHELD = "withheld"


class Outbound(TenantModel):
    """One call or text to somebody: what for, when it was asked for, and what became of it."""

    contact_id = labelled(fields.UUIDField(), CONSENT)
    route = labelled(fields.CharEnumField(Route, max_length=8), CONSENT)
    purpose = labelled(fields.CharEnumField(Purpose, max_length=24), CONSENT)
    line = labelled(fields.CharField(max_length=20, null=True), DataClass.BUSINESS)
    """The number of the business that it leaves from (E.164)."""
    words = labelled(SealedField(), DataClass.INQUIRY)
    answers_id = labelled(fields.UUIDField(null=True), CONSENT)
    """The conversation of theirs that it answers."""
    appointment_id = labelled(fields.UUIDField(null=True), NONE)
    """The visit that it is about: once that is off, it does not go out."""
    asked_by = labelled(fields.CharField(max_length=120), DataClass.AUDIT)
    asked_at = labelled(fields.DatetimeField(), CONSENT)
    until = labelled(fields.DatetimeField(), CONSENT)
    """After which nobody wants it any more."""
    state = labelled(fields.CharEnumField(OutboundState, max_length=10), CONSENT)
    refusal = labelled(fields.CharEnumField(Refusal, max_length=24, null=True), CONSENT)
    """What stood, or stands, in the way."""
    rule = labelled(fields.CharField(max_length=120, default=""), NONE)
    """The dated row of law behind that."""
    permit_id = labelled(fields.UUIDField(null=True), CONSENT)
    settled_at = labelled(fields.DatetimeField(null=True), CONSENT)

    personal = Personal(subject="contact_id", clock="asked_at")
    sealed_by = "contact_id"

    class Meta:
        table = "outbound"
