"""What was seen, what was made of it, and how the business wants to be watched over."""

from enum import StrEnum
from typing import Any

from tortoise import fields

from domain.personal import DataClass, labelled
from domain.sealed import SealedField
from domain.tenancy import Reference, TenantModel
from tenants.watch.rules import Rule, Severity

AUDIT = DataClass.AUDIT
NONE = DataClass.NONE


class SightingKind(StrEnum):
    """What the audit trail does not tell of: nobody was signed in, or nothing was changed."""

    ROWS = "rows"
    """Long pages of lists; `weight` counts their rows."""
    WRONG_CODE = "wrong_code"
    WRONG_KEY = "wrong_key"
    WRONG_PASSWORD = "wrong_password"  # noqa: S105  # a kind of sighting


class SecuritySighting(TenantModel):
    """One thing that means nothing by itself; kept for some days."""

    kind = labelled(fields.CharEnumField(SightingKind, max_length=16), NONE)
    subject = labelled(fields.CharField(max_length=120), AUDIT)
    """As the audit trail writes actors: `member:…`, `key:…`."""
    network = labelled(fields.CharField(max_length=60), AUDIT)
    weight = labelled(fields.IntField(default=1), NONE)
    at = labelled(fields.DatetimeField(), AUDIT)

    class Meta:
        table = "security_sighting"


class SecurityAlert(TenantModel):
    """That a rule was broken by somebody; one for a rule and a subject in its quiet time."""

    rule = labelled(fields.CharEnumField(Rule, max_length=24), NONE)
    severity = labelled(fields.CharEnumField(Severity, max_length=8), NONE)
    subject = labelled(fields.CharField(max_length=120), AUDIT)
    at = labelled(fields.DatetimeField(), AUDIT)
    """When the rule was broken."""
    raised_at = labelled(fields.DatetimeField(), AUDIT)
    last_at = labelled(fields.DatetimeField(), AUDIT)
    count = labelled(fields.IntField(), NONE)
    evidence: dict[str, Any] = labelled(fields.JSONField(), AUDIT)
    """Ids, times and networks; never the words of anybody."""
    froze = labelled(fields.BooleanField(default=False), NONE)
    acknowledged_at = labelled(fields.DatetimeField(null=True), AUDIT)
    acknowledged_by = labelled(fields.CharField(max_length=120, null=True), AUDIT)
    incident_id = labelled(fields.UUIDField(null=True), NONE)

    references = {"incident_id": Reference("security_incident", "SET NULL")}

    class Meta:
        table = "security_alert"


class WatchSetting(TenantModel):
    """What a business has set for one rule; what is null is as we think best."""

    rule = labelled(fields.CharEnumField(Rule, max_length=24), NONE)
    threshold = labelled(fields.IntField(null=True), NONE)
    letters = labelled(fields.BooleanField(default=True), NONE)
    freeze = labelled(fields.BooleanField(null=True), NONE)

    class Meta:
        table = "watch_setting"


class WatchMark(TenantModel):
    """Up to when the trail of a business has been looked at."""

    seen_until = labelled(fields.DatetimeField(), NONE)

    class Meta:
        table = "watch_mark"


class IncidentStatus(StrEnum):
    """Whether it is over."""

    CLOSED = "closed"
    OPEN = "open"


class SecurityIncident(TenantModel):
    """Something that went wrong, from the moment it was noticed until it is over.

    Who must be told by when is written here by those who decide it.
    """

    title = labelled(SealedField(), DataClass.AUDIT)
    severity = labelled(fields.CharEnumField(Severity, max_length=8), NONE)
    status = labelled(fields.CharEnumField(IncidentStatus, max_length=8), NONE)
    affected = labelled(SealedField(null=True), DataClass.AUDIT)
    """What was affected, in words."""
    people_affected = labelled(fields.IntField(null=True), NONE)
    data_kinds: list[str] = labelled(fields.JSONField(default=list), NONE)
    """Kinds of personal data, as columns are labelled."""
    opened_by = labelled(fields.CharField(max_length=120), AUDIT)
    opened_at = labelled(fields.DatetimeField(), AUDIT)
    noticed_at = labelled(fields.DatetimeField(), AUDIT)
    contained_at = labelled(fields.DatetimeField(null=True), AUDIT)
    authority_due_at = labelled(fields.DatetimeField(null=True), AUDIT)
    authority_told_at = labelled(fields.DatetimeField(null=True), AUDIT)
    people_due_at = labelled(fields.DatetimeField(null=True), AUDIT)
    people_told_at = labelled(fields.DatetimeField(null=True), AUDIT)
    closed_at = labelled(fields.DatetimeField(null=True), AUDIT)

    sealed_by = "tenant_id"

    class Meta:
        table = "security_incident"


class StepKind(StrEnum):
    """What happened in the course of an incident."""

    ALERT_LINKED = "alert_linked"
    CHANGED = "changed"
    CLOSED = "closed"
    NOTED = "noted"
    OPENED = "opened"


class IncidentStep(TenantModel):
    """One line of an incident's timeline; added, and never changed."""

    incident_id = labelled(fields.UUIDField(), NONE)
    kind = labelled(fields.CharEnumField(StepKind, max_length=16), NONE)
    at = labelled(fields.DatetimeField(), AUDIT)
    actor = labelled(fields.CharField(max_length=120), AUDIT)
    alert_id = labelled(fields.UUIDField(null=True), NONE)
    changed: list[str] = labelled(fields.JSONField(default=list), NONE)
    words = labelled(SealedField(null=True), DataClass.AUDIT)

    sealed_by = "tenant_id"
    references = {"incident_id": Reference("security_incident")}

    class Meta:
        table = "incident_step"
