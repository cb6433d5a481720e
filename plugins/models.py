"""What each handler owes each event, and every attempt it made."""

from enum import StrEnum

from tortoise import fields

from domain.personal import DataClass, labelled
from domain.tenancy import Reference, TenantModel

NONE = DataClass.NONE
# The error of an attempt whose worker died.
LOST = "WorkerLost"


class Health(StrEnum):
    """How a plugin does, or a tool."""

    OFF = "off"
    OK = "ok"
    DEGRADED = "degraded"
    """Some of its last attempts failed."""
    FAILING = "failing"
    """It is left alone for a while, or none of its last attempts succeeded."""


class DeliveryStatus(StrEnum):
    """Where a delivery stands."""

    WAITING = "waiting"
    DONE = "done"
    DEAD = "dead"


class Delivery(TenantModel):
    """One event (or timer) for one handler; due until it is done or dead."""

    event_id = labelled(fields.UUIDField(), NONE)
    handler = labelled(fields.CharField(max_length=120), NONE)
    key = labelled(fields.CharField(max_length=120), NONE)
    sequence = labelled(fields.BigIntField(default=0), NONE)
    status = labelled(fields.CharEnumField(DeliveryStatus, max_length=10), NONE)
    attempts = labelled(fields.IntField(default=0), NONE)
    due_at = labelled(fields.DatetimeField(), NONE)
    created_at = labelled(fields.DatetimeField(), NONE)
    settled_at = labelled(fields.DatetimeField(null=True), NONE)

    references = {"event_id": Reference("outbox", "CASCADE")}

    outlives = "what was told to whom; it goes with its event"

    class Meta:
        table = "delivery"


class DeliveryAttempt(TenantModel):
    """One try at a delivery."""

    delivery_id = labelled(fields.UUIDField(), NONE)
    number = labelled(fields.IntField(), NONE)
    succeeded = labelled(fields.BooleanField(), NONE)
    error = labelled(fields.CharField(max_length=120, default=""), NONE)
    milliseconds = labelled(fields.IntField(), NONE)
    at = labelled(fields.DatetimeField(), NONE)

    references = {"delivery_id": Reference("delivery", "CASCADE")}

    outlives = "what was told to whom; it goes with its event"

    class Meta:
        table = "delivery_attempt"


class PluginStanding(TenantModel):
    """That deliveries to a plugin fail; there is no row while all is well."""

    plugin = labelled(fields.CharField(max_length=60), NONE)
    failures = labelled(fields.IntField(default=0), NONE)
    """How many in a row."""
    rests = labelled(fields.IntField(default=0), NONE)
    """How often it was left alone since it last worked."""
    error = labelled(fields.CharField(max_length=120), NONE)
    failed_at = labelled(fields.DatetimeField(), NONE)
    rests_until = labelled(fields.DatetimeField(null=True), NONE)

    stays_here = True

    class Meta:
        table = "plugin_standing"
