"""Runs that delete what is due, and what is kept apart for a while before it goes."""

from enum import StrEnum
from typing import Any

from tortoise import fields

from domain.personal import DataClass, Personal, labelled
from domain.sealed import SealedField
from domain.tenancy import Reference, TenantModel

AUDIT, NONE = DataClass.AUDIT, DataClass.NONE


class RunState(StrEnum):
    """Where a run stands."""

    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"
    """Something is wrong, and somebody must look: nothing more is deleted."""


class StopReason(StrEnum):
    """Why a run does not go on."""

    CLOCK_WENT_BACK = "clock_went_back"
    """It is earlier than it has been: what counts as due cannot be trusted."""


class RetentionRun(TenantModel):
    """One walk over everything that was due at a moment, and how far it is."""

    state = labelled(fields.CharEnumField(RunState, max_length=12), NONE)
    reason = labelled(fields.CharEnumField(StopReason, null=True, max_length=20), NONE)
    as_of = labelled(fields.DatetimeField(), NONE)
    started_at = labelled(fields.DatetimeField(), NONE)
    finished_at = labelled(fields.DatetimeField(null=True), NONE)
    position = labelled(fields.CharField(max_length=120, default=""), NONE)
    """The deed it is at, by name."""
    cursor = labelled(fields.UUIDField(null=True), NONE)
    """The last row that this deed is done with."""
    counts: dict[str, Any] = labelled(fields.JSONField(default=dict), NONE)
    """Rows by deed."""

    class Meta:
        table = "retention_run"


class ArchiveBox(TenantModel):
    """What is to be deleted for good on the same day, sealed under a key of its own."""

    ends_at = labelled(fields.DatetimeField(), NONE)
    created_at = labelled(fields.DatetimeField(), NONE)
    reviewed_by = labelled(fields.CharField(max_length=120, default=""), AUDIT)
    reviewed_at = labelled(fields.DatetimeField(null=True), AUDIT)

    class Meta:
        table = "archive_box"


class ArchivedRow(TenantModel):
    """A row, or some columns of one, that nobody works with any more."""

    box_id = labelled(fields.UUIDField(), NONE)
    kind = labelled(fields.CharField(max_length=60), NONE)
    """The table it was in."""
    row_id = labelled(fields.UUIDField(), NONE)
    # Neither has a foreign key: both may be in the archive too.
    contact_id = labelled(fields.UUIDField(null=True), DataClass.CALLER_IDENTITY)
    conversation_id = labelled(fields.UUIDField(null=True), NONE)
    folder = labelled(fields.CharField(max_length=200, null=True), DataClass.RECORDING)
    """Where its sound is, sealed as ever; its key is in the content."""
    # Of every kind; labelled as the one that tells most.
    content = labelled(SealedField(), DataClass.CALLER_IDENTITY)
    archived_at = labelled(fields.DatetimeField(), NONE)

    personal = Personal(subject="contact_id", clock="archived_at")
    # Over its time here: it is not taken elsewhere.
    stays_here = True
    sealed_by = "box_id"
    objects_in = "folder"
    references = {"box_id": Reference("archive_box", "CASCADE")}

    class Meta:
        table = "archived_row"
