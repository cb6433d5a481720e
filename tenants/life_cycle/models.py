"""Where an account stands in its life."""

from enum import StrEnum
from typing import Any

from tortoise import fields

from domain.personal import DataClass, labelled
from domain.tenancy import TenantModel
from tenants.agreements.models import Disposal

BUSINESS, NONE = DataClass.BUSINESS, DataClass.NONE


class Stage(StrEnum):
    """What has become of an account."""

    ACTIVE = "active"
    INACTIVE = "inactive"
    """Nobody signed in and nobody called for as long as the operator's policy says."""
    ARCHIVED = "archived"
    """Put away: out of reach, until its owner takes it up again or it is erased."""
    CLOSED = "closed"
    """Its owner closed it, and may take it up again for a while."""
    ERASED = "erased"


class LifeCycle(TenantModel):
    """The life of one account."""

    stage = labelled(fields.CharEnumField(Stage, max_length=8), NONE)
    since = labelled(fields.DatetimeField(), NONE)
    # The last sign-in or call, as it was found when somebody looked.
    alive_at = labelled(fields.DatetimeField(), NONE)
    # How many days before it becomes inactive its owners were told last.
    warned = labelled(fields.IntField(null=True), NONE)
    erase_at = labelled(fields.DatetimeField(null=True), NONE)
    closed_by = labelled(fields.CharField(max_length=120, default=""), DataClass.AUDIT)
    closed_because = labelled(fields.CharField(max_length=300, default=""), BUSINESS)
    # What is to become of health data, where there is any.
    health_data = labelled(fields.CharEnumField(Disposal, max_length=10, null=True), NONE)
    # What is kept after the erasure: kind of data, reason, until when.
    kept: list[dict[str, Any]] = labelled(fields.JSONField(default=list), NONE)
    erasure_id = labelled(fields.UUIDField(null=True), NONE)

    outlives = "that an account ended, and what is kept of it until when, must be shown"

    class Meta:
        table = "life_cycle"
