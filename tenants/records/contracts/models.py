"""Contracts on data, each as it was when it was concluded.

The business is controller and the operator processor. Agreements on health data are kept in
`tenants.agreements`, with everybody who has signed one.
"""

from typing import Any

from tortoise import fields

from domain.personal import DataClass, labelled
from domain.tenancy import TenantModel

NONE, AUDIT, BUSINESS = DataClass.NONE, DataClass.AUDIT, DataClass.BUSINESS


class DataContract(TenantModel):
    """A data processing agreement: who, which version, and which sub-processors it allows."""

    version = labelled(fields.CharField(max_length=40), NONE)
    controller = labelled(fields.CharField(max_length=200), BUSINESS)
    processor = labelled(fields.CharField(max_length=200), BUSINESS)
    scope = labelled(fields.CharField(max_length=1000), BUSINESS)
    """What may be done with the data, in words."""
    sub_processors: list[dict[str, Any]] = labelled(fields.JSONField(default=list), NONE)
    """Those that were named when it was concluded."""
    objection_days = labelled(fields.IntField(), NONE)
    """For so long after a change of sub-processors is announced the business may object."""
    signed_by = labelled(fields.CharField(max_length=120), AUDIT)
    signed_at = labelled(fields.DatetimeField(), AUDIT)
    ended_at = labelled(fields.DatetimeField(null=True), AUDIT)

    outlives = "who may process data for whom must be shown (GDPR Art. 28(3))"

    class Meta:
        table = "data_contract"
