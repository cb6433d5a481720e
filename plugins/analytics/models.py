"""The figures of one day, as they were told."""

from typing import Any

from tortoise import fields

from domain.personal import DataClass, labelled
from domain.tenancy import TenantModel

NONE = DataClass.NONE


class AnalyticsDay(TenantModel):
    """One day of the business, in figures in which nobody can be told apart."""

    day = labelled(fields.DateField(), NONE)
    revision = labelled(fields.IntField(default=1), NONE)
    """How often it was made."""
    smallest = labelled(fields.IntField(), NONE)
    """From how many conversations on figures were told."""
    facts: dict[str, Any] = labelled(fields.JSONField(), DataClass.BUSINESS)
    """By table: its lines."""
    made_at = labelled(fields.DatetimeField(), NONE)
    delivered_at = labelled(fields.DatetimeField(null=True), NONE)
    failure = labelled(fields.CharField(max_length=60, default=""), NONE)
    """Why it could not be put into the bucket, in a word."""

    class Meta:
        table = "analytics_day"
