"""What a business wants people to be told of their visits, and what was planned and sent."""

from enum import StrEnum

from tortoise import fields

from domain.outreach.agreements.models import Route
from domain.outreach.refusals import Refusal
from domain.personal import DataClass, Personal, labelled
from domain.tenancy import Reference, TenantModel

APPOINTMENT = DataClass.APPOINTMENT
BUSINESS = DataClass.BUSINESS
NONE = DataClass.NONE


class RuleKind(StrEnum):
    """What people are told."""

    CONFIRMATION = "confirmation"
    """That a visit was agreed on, and that it was moved or called off."""
    REMINDER = "reminder"
    """That a visit is coming."""


class Occasion(StrEnum):
    """Why somebody is written to."""

    BOOKED = "booked"
    CANCELLED = "cancelled"
    COMING = "coming"
    MOVED = "moved"


class ReminderState(StrEnum):
    """How far it is."""

    DROPPED = "dropped"
    """Nobody needs it any more: the visit was moved, called off, or the rule is gone."""
    MISSED = "missed"
    """It would have come after the visit had begun."""
    PLANNED = "planned"
    SENDING = "sending"
    SENT = "sent"
    WITHHELD = "withheld"


class Reply(StrEnum):
    """What somebody answered."""

    CANCELLED = "cancelled"
    CONFIRMED = "confirmed"
    MOVED = "moved"
    MOVE_ASKED = "move_asked"
    """They would like another time, and have not chosen one yet."""


class ReminderRule(TenantModel):
    """That people are told of visits in one way: of one service, or of all without rules."""

    service_id = labelled(fields.UUIDField(null=True), NONE)
    kind = labelled(fields.CharEnumField(RuleKind, max_length=12), BUSINESS)
    route = labelled(fields.CharEnumField(Route, max_length=8), BUSINESS)
    minutes_before = labelled(fields.IntField(null=True), BUSINESS)
    """How long before a visit; none for confirmations, which go at once."""
    words = labelled(fields.TextField(default=""), BUSINESS)
    """What it says, with places to fill; what the catalogue says, if nothing."""
    # Minutes since midnight, where the recipient is; equal ones mean that no hour is quiet.
    quiet_from = labelled(fields.IntField(), BUSINESS)
    quiet_until = labelled(fields.IntField(), BUSINESS)
    active = labelled(fields.BooleanField(default=True), BUSINESS)
    starter_version = labelled(fields.IntField(null=True), NONE)
    """The version of the receptionist before the starter that made it, if one did."""
    created_at = labelled(fields.DatetimeField(), NONE)

    references = {"service_id": Reference("service", "CASCADE")}

    class Meta:
        table = "reminder_rule"


class Reminder(TenantModel):
    """One letter or text about one visit: when it is due, what became of it, what was answered."""

    appointment_id = labelled(fields.UUIDField(), NONE)
    contact_id = labelled(fields.UUIDField(), NONE)
    rule_id = labelled(fields.UUIDField(null=True), NONE)
    occasion = labelled(fields.CharEnumField(Occasion, max_length=12), APPOINTMENT)
    route = labelled(fields.CharEnumField(Route, max_length=8), APPOINTMENT)
    state = labelled(fields.CharEnumField(ReminderState, max_length=10), APPOINTMENT)
    starts_at = labelled(fields.DatetimeField(), APPOINTMENT)
    """When the visit begins, as it is told here."""
    due_at = labelled(fields.DatetimeField(), APPOINTMENT)
    edition = labelled(fields.IntField(default=0), NONE)
    """Which edition of the entry in somebody's calendar goes with it (RFC 5545, SEQUENCE)."""
    refusal = labelled(fields.CharEnumField(Refusal, max_length=24, null=True), DataClass.CONSENT)
    law = labelled(fields.CharField(max_length=120, default=""), NONE)
    """The dated row of law behind that."""
    permit_id = labelled(fields.UUIDField(null=True), DataClass.CONSENT)
    outbound_id = labelled(fields.UUIDField(null=True), NONE)
    """The text that was asked for."""
    reply = labelled(fields.CharEnumField(Reply, max_length=12, null=True), APPOINTMENT)
    replied_at = labelled(fields.DatetimeField(null=True), APPOINTMENT)
    # How often somebody with the link could not say whose it is.
    wrong_proofs = labelled(fields.IntField(default=0), NONE)
    spent_at = labelled(fields.DatetimeField(null=True), NONE)
    """When its link called the visit off: it is good for nothing more."""
    created_at = labelled(fields.DatetimeField(), NONE)
    settled_at = labelled(fields.DatetimeField(null=True), NONE)

    personal = Personal(subject="contact_id", clock="starts_at")
    references = {
        "appointment_id": Reference("appointment", "CASCADE"),
        "contact_id": Reference("contact", "CASCADE"),
        "rule_id": Reference("reminder_rule", "SET NULL"),
    }

    class Meta:
        table = "reminder"
