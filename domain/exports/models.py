"""What is being written, how far it is, and under which key its files lie."""

from enum import StrEnum
from typing import Any

from tortoise import fields

from domain.personal import DataClass, labelled
from domain.sealed import SealedField
from domain.tenancy import TenantModel

NONE = DataClass.NONE


class ExportFormat(StrEnum):
    """How the files are written."""

    CSV = "csv"
    JSONL = "jsonl"


class ExportState(StrEnum):
    """Whether there is something to download."""

    RUNNING = "running"
    READY = "ready"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


class BulkExport(TenantModel):
    """Files of everything of some kinds, a file for each, sealed under a key of their own."""

    format = labelled(fields.CharEnumField(ExportFormat, max_length=8), NONE)
    state = labelled(fields.CharEnumField(ExportState, max_length=12), NONE)
    kinds: list[str] = labelled(fields.JSONField(), NONE)
    since = labelled(fields.DatetimeField(null=True), NONE)
    synced_until = labelled(fields.DatetimeField(), NONE)
    requested_by = labelled(fields.CharField(max_length=120), DataClass.AUDIT)
    permissions: list[str] = labelled(fields.JSONField(), NONE)
    """What whoever asked might read: nothing else is in the files."""
    written: dict[str, Any] = labelled(fields.JSONField(default=dict), NONE)
    """By kind: rows, bytes, blocks, the id of the last row, and whether that was all."""
    secret = labelled(SealedField(null=True), DataClass.CREDENTIAL)
    created_at = labelled(fields.DatetimeField(), NONE)
    finished_at = labelled(fields.DatetimeField(null=True), NONE)
    expires_at = labelled(fields.DatetimeField(), NONE)

    sealed_by = "tenant_id"

    class Meta:
        table = "bulk_export"
