"""Webhooks as they came in: stored, answered, and handled by a job afterwards."""

from typing import Any

from tortoise import fields
from tortoise.models import Model

from domain.personal import DataClass, labelled


class InboxEntry(Model):
    """One webhook of one vendor; the same `external_id` is stored once."""

    id = labelled(fields.UUIDField(primary_key=True, default=None), DataClass.NONE)
    source = labelled(fields.CharField(max_length=20), DataClass.NONE)
    external_id = labelled(fields.CharField(max_length=120), DataClass.NONE)
    tenant_id = labelled(fields.UUIDField(null=True), DataClass.NONE)
    payload: dict[str, Any] = labelled(fields.JSONField(), DataClass.CALL_METADATA)
    received_at = labelled(fields.DatetimeField(), DataClass.NONE)
    handled_at = labelled(fields.DatetimeField(null=True), DataClass.NONE)

    class Meta:
        table = "inbox"
