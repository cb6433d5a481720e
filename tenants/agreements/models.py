"""Business associate agreements, and what became of health data when one ended."""

from enum import StrEnum

from tortoise import fields

from domain.personal import DataClass, labelled
from domain.privacy.purposes import Purpose
from domain.tenancy import TenantModel

BUSINESS, NONE = DataClass.BUSINESS, DataClass.NONE
# Whoever runs this deployment, as against those to whom it sends something.
PLATFORM = "platform"


class Agreement(TenantModel):
    """A business associate agreement: with whom, since when, for what, and where that may go."""

    party = labelled(fields.CharField(max_length=120), BUSINESS)
    # `platform`, `mail`, `webhook:<id of the endpoint>`, `app:<id>` or `plugin:<name>`.
    destination = labelled(fields.CharField(max_length=80), BUSINESS)
    purpose = labelled(fields.CharEnumField(Purpose, max_length=20, null=True), BUSINESS)
    scope = labelled(fields.CharField(max_length=500), BUSINESS)
    version = labelled(fields.CharField(max_length=40), BUSINESS)
    signed_on = labelled(fields.DateField(), BUSINESS)
    recorded_by = labelled(fields.CharField(max_length=120), DataClass.AUDIT)
    recorded_at = labelled(fields.DatetimeField(), NONE)
    ended_at = labelled(fields.DatetimeField(null=True), NONE)
    ended_because = labelled(fields.CharField(max_length=300, default=""), BUSINESS)

    class Meta:
        table = "business_associate_agreement"


class Disposal(StrEnum):
    """What became of health data (45 CFR 164.504(e)(2)(ii)(J))."""

    DESTROYED = "destroyed"
    RETAINED = "retained"
    """Neither was feasible: it stays protected, and the reason says why."""
    RETURNED = "returned"


class Disposition(TenantModel):
    """What was decided about health data when its protection, or the account, was to end."""

    how = labelled(fields.CharEnumField(Disposal, max_length=10), BUSINESS)
    reason = labelled(fields.CharField(max_length=500), BUSINESS)
    rows = labelled(fields.IntField(), NONE)
    """How many rows of it there were."""
    decided_by = labelled(fields.CharField(max_length=120), DataClass.AUDIT)
    decided_at = labelled(fields.DatetimeField(), NONE)

    class Meta:
        table = "phi_disposition"
