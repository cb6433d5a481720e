"""What an organisation keeps: its brand, its templates, and changes of many tenants at once."""

from enum import StrEnum
from typing import Any

from tortoise import fields

from domain.personal import DataClass, labelled
from domain.tenancy import Reference, TenantModel

NONE = DataClass.NONE
AUDIT = DataClass.AUDIT
BUSINESS = DataClass.BUSINESS


class Branding(TenantModel):
    """How an organisation appears to its tenants; one row, its id the organisation's."""

    name = labelled(fields.CharField(max_length=100, default=""), BUSINESS)
    logo_url = labelled(fields.CharField(max_length=300, default=""), BUSINESS)
    colours: dict[str, str] = labelled(fields.JSONField(default=dict), BUSINESS)
    support_email = labelled(fields.CharField(max_length=254, default=""), BUSINESS)
    reply_to = labelled(fields.CharField(max_length=254, default=""), BUSINESS)
    domain = labelled(fields.CharField(max_length=253, default=""), BUSINESS)
    updated_at = labelled(fields.DatetimeField(), NONE)

    class Meta:
        table = "branding"


class TenantTemplate(TenantModel):
    """One version of how a business is to be set up; a version is never changed."""

    name = labelled(fields.CharField(max_length=60), BUSINESS)
    version = labelled(fields.IntField(), NONE)
    content: dict[str, Any] = labelled(fields.JSONField(), BUSINESS)
    created_by = labelled(fields.CharField(max_length=80), AUDIT)
    created_at = labelled(fields.DatetimeField(), NONE)

    stays_here = True

    class Meta:
        table = "tenant_template"


class BulkStatus(StrEnum):
    """How far a change of many tenants has come."""

    PREVIEWING = "previewing"
    PREVIEWED = "previewed"
    APPLYING = "applying"
    DONE = "done"
    CANCELLED = "cancelled"


class BulkChange(TenantModel):
    """One change for many tenants: looked at first, then made, tenant by tenant."""

    content: dict[str, Any] = labelled(fields.JSONField(), BUSINESS)
    status = labelled(fields.CharEnumField(BulkStatus, max_length=12), NONE)
    created_by = labelled(fields.CharField(max_length=80), AUDIT)
    created_at = labelled(fields.DatetimeField(), NONE)
    finished_at = labelled(fields.DatetimeField(null=True), NONE)

    stays_here = True

    class Meta:
        table = "bulk_change"


class ResultStatus(StrEnum):
    """What came of a change at one tenant."""

    WAITING = "waiting"
    PREVIEWED = "previewed"
    APPLYING = "applying"
    """Begun: whoever finds it so does not know whether it was finished."""
    APPLIED = "applied"
    UNCHANGED = "unchanged"
    FAILED = "failed"


class BulkResult(TenantModel):
    """What a change means, or has done, at one of the tenants."""

    change_id = labelled(fields.UUIDField(), NONE)
    target_id = labelled(fields.UUIDField(), NONE)
    status = labelled(fields.CharEnumField(ResultStatus, max_length=12), NONE)
    changes: list[str] = labelled(fields.JSONField(default=list), BUSINESS)
    """What differs, in words such as `service Cleaning: added`."""
    problems: list[str] = labelled(fields.JSONField(default=list), BUSINESS)
    created_at = labelled(fields.DatetimeField(), NONE)
    finished_at = labelled(fields.DatetimeField(null=True), NONE)

    references = {"change_id": Reference("bulk_change", "CASCADE")}

    stays_here = True

    class Meta:
        table = "bulk_result"
