"""Parcels that have come."""

from tortoise import fields

from domain.personal import DataClass, labelled
from domain.tenancy import TenantModel


class Parcel(TenantModel):
    """A parcel, by its number; whose it is, nobody here knows."""

    number = labelled(fields.CharField(max_length=40), DataClass.BUSINESS)
    arrived_at = labelled(fields.DatetimeField(), DataClass.NONE)

    class Meta:
        table = "parcel"
