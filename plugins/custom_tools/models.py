"""Tools of a business, the secrets they are opened with, and what came of each use."""

from enum import StrEnum
from typing import Any

from tortoise import fields

from domain.personal import DataClass, Personal, labelled
from domain.privacy.recipients import TransferBasis
from domain.sealed import SealedField
from domain.tenancy import Reference, TenantModel

NONE, BUSINESS, INQUIRY = DataClass.NONE, DataClass.BUSINESS, DataClass.INQUIRY


class ToolOutcome(StrEnum):
    """What came of a run."""

    STARTED = "started"
    """It was sent; nothing is known yet, or the process ended before it was."""
    ANSWERED = "answered"
    NOTHING_FOUND = "nothing_found"
    """The address answered 404, and the tool has words for that."""
    FAILED = "failed"
    """Nobody was there, or another status than success."""
    TOO_SLOW = "too_slow"
    UNREADABLE = "unreadable"
    """Too long, no JSON, or a field that is to be said is missing."""
    REFUSED = "refused"
    """The address may not be called."""


class CustomTool(TenantModel):
    """One address that the receptionist may ask, and all it needs to know of it."""

    name = labelled(fields.CharField(max_length=40), BUSINESS)
    purpose = labelled(fields.CharField(max_length=300), BUSINESS)
    url = labelled(fields.CharField(max_length=2000), BUSINESS)
    phrases: list[str] = labelled(fields.JSONField(default=list), BUSINESS)
    input_schema: dict[str, Any] = labelled(fields.JSONField(default=dict), BUSINESS)
    inputs: list[dict[str, Any]] = labelled(fields.JSONField(default=list), BUSINESS)
    answers: list[dict[str, Any]] = labelled(fields.JSONField(default=list), BUSINESS)
    says = labelled(fields.CharField(max_length=500), BUSINESS)
    says_nothing_found = labelled(fields.CharField(max_length=500, default=""), BUSINESS)
    says_failing = labelled(fields.CharField(max_length=500, default=""), BUSINESS)
    says_holding = labelled(fields.CharField(max_length=500, default=""), BUSINESS)
    says_otherwise = labelled(fields.CharField(max_length=500, default=""), BUSINESS)
    conditions: list[str] = labelled(fields.JSONField(default=list), NONE)
    budget_ms = labelled(fields.IntField(), NONE)
    repeatable = labelled(fields.BooleanField(default=False), NONE)
    party = labelled(fields.CharField(max_length=120), BUSINESS)
    country = labelled(fields.CharField(max_length=2, default=""), NONE)
    transfer = labelled(fields.CharEnumField(TransferBasis, max_length=16), NONE)
    enabled = labelled(fields.BooleanField(default=True), NONE)
    created_by = labelled(fields.CharField(max_length=120), DataClass.AUDIT)
    created_at = labelled(fields.DatetimeField(), NONE)
    updated_at = labelled(fields.DatetimeField(), NONE)

    stays_here = True

    class Meta:
        table = "custom_tool"


class CustomToolSecret(TenantModel):
    """The header that opens the address; never shown again."""

    custom_tool_id = labelled(fields.UUIDField(), NONE)
    header = labelled(fields.CharField(max_length=60), NONE)
    secret = labelled(SealedField(), DataClass.CREDENTIAL)
    updated_at = labelled(fields.DatetimeField(), NONE)

    sealed_by = "tenant_id"
    stays_here = True
    references = {"custom_tool_id": Reference("custom_tool", "CASCADE")}

    class Meta:
        table = "custom_tool_secret"


class CustomToolRun(TenantModel):
    """One use of a tool: when, how long it took, what came of it, and what was said.

    What was asked and answered is sealed by the key of the caller if they are proven, else of the
    conversation, else (for a try-out) of the business.
    """

    custom_tool_id = labelled(fields.UUIDField(), NONE)
    conversation_id = labelled(fields.UUIDField(null=True), NONE)
    contact_id = labelled(fields.UUIDField(null=True), DataClass.CALLER_IDENTITY)
    sealed_under = labelled(fields.UUIDField(), NONE)
    outcome = labelled(fields.CharEnumField(ToolOutcome, max_length=14), NONE)
    status = labelled(fields.IntField(null=True), NONE)
    error = labelled(fields.CharField(max_length=80, default=""), NONE)
    attempts = labelled(fields.IntField(default=0), NONE)
    milliseconds = labelled(fields.IntField(default=0), NONE)
    inputs = labelled(SealedField(null=True), INQUIRY)
    said = labelled(SealedField(null=True), INQUIRY)
    at = labelled(fields.DatetimeField(), DataClass.CALL_METADATA)

    sealed_by = "sealed_under"
    personal = Personal(subject="contact_id", clock="at", derived_from="conversation_id")
    references = {"custom_tool_id": Reference("custom_tool", "CASCADE")}

    class Meta:
        table = "custom_tool_run"
