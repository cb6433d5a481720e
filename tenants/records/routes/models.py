"""Exceptions from a region."""

from tortoise import fields

from domain.personal import DataClass, labelled
from domain.tenancy import TenantModel


class RouteAcceptance(TenantModel):
    """That a business lets one recipient keep data in one country outside its region, and why."""

    recipient = labelled(fields.CharField(max_length=120), DataClass.NONE)
    country = labelled(fields.CharField(max_length=2), DataClass.NONE)
    region = labelled(fields.CharField(max_length=12), DataClass.NONE)
    """The region from which it is an exception."""
    transfer = labelled(fields.CharField(max_length=20), DataClass.NONE)
    reason = labelled(fields.CharField(max_length=500), DataClass.BUSINESS)
    accepted_by = labelled(fields.CharField(max_length=120), DataClass.AUDIT)
    accepted_at = labelled(fields.DatetimeField(), DataClass.AUDIT)
    withdrawn_at = labelled(fields.DatetimeField(null=True), DataClass.AUDIT)

    class Meta:
        table = "route_acceptance"
