"""What is being packed, how far it is, and the pieces of it that are stored."""

from enum import StrEnum
from typing import Any

from tortoise import fields

from domain.personal import DataClass, labelled
from domain.sealed import SealedField
from domain.tenancy import Reference, TenantModel

NONE = DataClass.NONE


class Whose(StrEnum):
    """Of whom an archive holds everything."""

    CONTACT = "contact"
    TENANT = "tenant"
    USER = "user"


class ArchiveState(StrEnum):
    """Whether there is something to take."""

    RUNNING = "running"
    READY = "ready"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


class Archive(TenantModel):
    """Everything of one person, or of the business, in pieces sealed under a key of their own."""

    whose = labelled(fields.CharEnumField(Whose, max_length=8), NONE)
    # No reference: whose data it was is forgotten with its files, and they go by themselves.
    subject_id = labelled(fields.UUIDField(), NONE)
    privacy_request_id = labelled(fields.UUIDField(null=True), NONE)
    state = labelled(fields.CharEnumField(ArchiveState, max_length=12), NONE)
    requested_by = labelled(fields.CharField(max_length=120), DataClass.AUDIT)
    chapters: list[str] = labelled(fields.JSONField(), NONE)
    """What is packed, one after the other; decided when it begins."""
    cursor: dict[str, Any] = labelled(fields.JSONField(default=dict), NONE)
    rows: dict[str, int] = labelled(fields.JSONField(default=dict), NONE)
    """How many rows of each table are packed."""
    parts = labelled(fields.IntField(default=0), NONE)
    bytes = labelled(fields.BigIntField(default=0), NONE)
    secret = labelled(SealedField(null=True), DataClass.CREDENTIAL)
    link_hash = labelled(fields.CharField(max_length=64, null=True), DataClass.CREDENTIAL)
    link_expires_at = labelled(fields.DatetimeField(null=True), NONE)
    created_at = labelled(fields.DatetimeField(), NONE)
    finished_at = labelled(fields.DatetimeField(null=True), NONE)
    collected_at = labelled(fields.DatetimeField(null=True), NONE)
    """When it was taken last."""
    expires_at = labelled(fields.DatetimeField(), NONE)

    sealed_by = "tenant_id"
    stays_here = True

    class Meta:
        table = "archive"


class ArchivePart(TenantModel):
    """One piece of one file of an archive; a file is its pieces in the order of their numbers."""

    archive_id = labelled(fields.UUIDField(), NONE)
    number = labelled(fields.IntField(), NONE)
    path = labelled(fields.CharField(max_length=120), NONE)
    size = labelled(fields.IntField(), NONE)

    references = {"archive_id": Reference("archive", "CASCADE")}
    stays_here = True

    class Meta:
        table = "archive_part"
