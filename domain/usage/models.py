"""What was used: the meter for bills, and how people use the product."""

from typing import Any

from tortoise import fields

from domain.personal import DataClass, Personal, labelled
from domain.tenancy import Reference, TenantModel


class UsageEvent(TenantModel):
    """A counted use: seconds of a call, a message sent, a page seen."""

    name = labelled(fields.CharField(max_length=60), DataClass.USAGE)
    quantity = labelled(fields.BigIntField(), DataClass.USAGE)
    unit = labelled(fields.CharField(max_length=12), DataClass.NONE)
    user_id = labelled(fields.UUIDField(null=True), DataClass.ACCOUNT)
    conversation_id = labelled(fields.UUIDField(null=True), DataClass.NONE)
    device: dict[str, Any] = labelled(fields.JSONField(default=dict), DataClass.DEVICE)
    place = labelled(fields.CharField(max_length=80, default=""), DataClass.LOCATION)
    referrer = labelled(fields.CharField(max_length=300, default=""), DataClass.LOG)
    at = labelled(fields.DatetimeField(), DataClass.USAGE)

    personal = Personal(subject="user_id", clock="at")
    references = {"conversation_id": Reference("conversation", "SET NULL")}

    class Meta:
        table = "usage_event"
