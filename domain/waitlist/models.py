"""Whoever waits for a visit."""

from enum import StrEnum

from tortoise import fields

from domain.personal import DataClass, Personal, labelled
from domain.tenancy import Reference, TenantModel
from domain.waitlist.rules import DayPart

APPOINTMENT = DataClass.APPOINTMENT
NONE = DataClass.NONE


class WaitState(StrEnum):
    """Where a wait stands."""

    BOOKED = "booked"
    GONE = "gone"
    OFFERED = "offered"
    WAITING = "waiting"


class Wait(TenantModel):
    """That somebody would come for a service between two days, if something came free."""

    contact_id = labelled(fields.UUIDField(), NONE)
    conversation_id = labelled(fields.UUIDField(null=True), NONE)
    service_id = labelled(fields.UUIDField(), NONE)
    location_id = labelled(fields.UUIDField(), NONE)
    # Whom they want to see, if anybody in particular.
    resource_id = labelled(fields.UUIDField(null=True), NONE)
    first_day = labelled(fields.DateField(), APPOINTMENT)
    last_day = labelled(fields.DateField(), APPOINTMENT)
    part = labelled(fields.CharEnumField(DayPart, max_length=12), APPOINTMENT)
    state = labelled(fields.CharEnumField(WaitState, max_length=10), APPOINTMENT)
    # The times they were told of; nobody is told of the same one twice.
    told: list[str] = labelled(fields.JSONField(default=list), APPOINTMENT)
    # What was sent, or was to be sent, about the last of them.
    text_id = labelled(fields.UUIDField(null=True), NONE)
    offered_until = labelled(fields.DatetimeField(null=True), APPOINTMENT)
    joined_at = labelled(fields.DatetimeField(), NONE)
    settled_at = labelled(fields.DatetimeField(null=True), NONE)

    personal = Personal(subject="contact_id", clock="joined_at")
    references = {
        "contact_id": Reference("contact", "CASCADE"),
        "conversation_id": Reference("conversation", "SET NULL"),
        "service_id": Reference("service", "CASCADE"),
        "location_id": Reference("location", "CASCADE"),
        "resource_id": Reference("resource", "CASCADE"),
    }

    class Meta:
        table = "wait"
