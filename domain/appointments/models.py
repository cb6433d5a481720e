"""Appointments, the resources they occupy, and the slots that were offered."""

from enum import StrEnum

from tortoise import fields

from domain.personal import DataClass, Personal, labelled
from domain.sealed import SealedField
from domain.tenancy import Reference, TenantModel

APPOINTMENT = DataClass.APPOINTMENT
NONE = DataClass.NONE


class AppointmentStatus(StrEnum):
    """Where an appointment stands."""

    REQUESTED = "requested"
    CONFIRMED = "confirmed"
    ARRIVED = "arrived"
    COMPLETED = "completed"
    NO_SHOW = "no_show"
    CANCELLED = "cancelled"


class Appointment(TenantModel):
    """A caller's visit."""

    contact_id = labelled(fields.UUIDField(), NONE)
    conversation_id = labelled(fields.UUIDField(null=True), NONE)
    location_id = labelled(fields.UUIDField(), NONE)
    service_id = labelled(fields.UUIDField(), NONE)
    status = labelled(fields.CharEnumField(AppointmentStatus, max_length=12), APPOINTMENT)
    starts_at = labelled(fields.DatetimeField(), APPOINTMENT)
    ends_at = labelled(fields.DatetimeField(), APPOINTMENT)
    timezone = labelled(fields.CharField(max_length=64), NONE)
    notes = labelled(SealedField(null=True), APPOINTMENT)
    visitor = labelled(SealedField(null=True), DataClass.CALLER_IDENTITY)
    """Who comes, by full name, where a trade asks for it: whoever books may book for others."""
    visitor_born = labelled(SealedField(null=True), DataClass.CALLER_IDENTITY)
    postcode = labelled(SealedField(null=True), APPOINTMENT)
    """Where it takes place, for those who come to their customers."""
    spot = labelled(SealedField(null=True), APPOINTMENT)
    """Somewhere in the middle of the postcode: latitude and longitude in degrees."""
    # One intent of one conversation books once, however often it is asked for.
    intent_key = labelled(fields.CharField(max_length=80, null=True), NONE)
    booked_by = labelled(fields.CharField(max_length=80), DataClass.AUDIT)
    created_at = labelled(fields.DatetimeField(), NONE)
    updated_at = labelled(fields.DatetimeField(), NONE)
    cancelled_at = labelled(fields.DatetimeField(null=True), APPOINTMENT)

    personal = Personal(subject="contact_id", clock="starts_at")
    sealed_by = "contact_id"
    references = {
        "contact_id": Reference("contact", "CASCADE"),
        "conversation_id": Reference("conversation", "SET NULL"),
        "location_id": Reference("location"),
        "service_id": Reference("service"),
    }
    synced = True

    class Meta:
        table = "appointment"


class Reservation(TenantModel):
    """That an appointment occupies one unit of a resource, buffers included."""

    appointment_id = labelled(fields.UUIDField(), NONE)
    resource_id = labelled(fields.UUIDField(), NONE)
    unit = labelled(fields.IntField(default=0), NONE)
    occupied_from = labelled(fields.DatetimeField(), APPOINTMENT)
    occupied_until = labelled(fields.DatetimeField(), APPOINTMENT)

    personal = Personal(subject="appointment_id.contact_id", clock="occupied_from")
    references = {
        "appointment_id": Reference("appointment", "CASCADE"),
        "resource_id": Reference("resource"),
    }

    class Meta:
        table = "reservation"


class Offer(TenantModel):
    """A slot somebody was told of. It reserves nothing; it is checked again when taken."""

    conversation_id = labelled(fields.UUIDField(null=True), NONE)
    service_id = labelled(fields.UUIDField(), NONE)
    location_id = labelled(fields.UUIDField(), NONE)
    # The member of staff who was asked for, if any; who is free is decided when it is taken.
    resource_id = labelled(fields.UUIDField(null=True), NONE)
    starts_at = labelled(fields.DatetimeField(), APPOINTMENT)
    expires_at = labelled(fields.DatetimeField(), NONE)

    personal = Personal(subject="conversation_id.contact_id", clock="expires_at")
    references = {
        "conversation_id": Reference("conversation", "CASCADE"),
        "service_id": Reference("service", "CASCADE"),
        "location_id": Reference("location", "CASCADE"),
        "resource_id": Reference("resource", "CASCADE"),
    }

    class Meta:
        table = "offer"
