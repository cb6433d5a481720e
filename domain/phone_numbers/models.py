"""The telephone numbers a business is reached on."""

from tortoise import fields

from domain.personal import DataClass, labelled
from domain.tenancy import Reference, TenantModel


class PhoneNumber(TenantModel):
    """A number that routes to one tenant and location; unique across all tenants."""

    e164 = labelled(fields.CharField(max_length=20), DataClass.BUSINESS)
    label = labelled(fields.CharField(max_length=60, default=""), DataClass.BUSINESS)
    location_id = labelled(fields.UUIDField(null=True), DataClass.NONE)
    created_at = labelled(fields.DatetimeField(), DataClass.NONE)

    references = {"location_id": Reference("location", "SET NULL")}

    class Meta:
        table = "phone_number"
