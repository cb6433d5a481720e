"""Contracts on data, each as it was when it was concluded."""

from enum import StrEnum
from typing import Any

from tortoise import fields

from domain.personal import DataClass, labelled
from domain.tenancy import TenantModel

NONE, AUDIT, BUSINESS = DataClass.NONE, DataClass.AUDIT, DataClass.BUSINESS


class ContractKind(StrEnum):
    """What it is an agreement on."""

    BUSINESS_ASSOCIATE = "business_associate"
    """Health information (HIPAA)."""
    DATA_PROCESSING = "data_processing"
    """Personal data, the business being controller and the operator processor."""


class DataContract(TenantModel):
    """A contract between both sides: who, which version, and which sub-processors it allows."""

    kind = labelled(fields.CharEnumField(ContractKind, max_length=20), NONE)
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

    outlives = "who may process data for whom must be shown (GDPR Art. 28(3), HIPAA § 164.530(j))"

    class Meta:
        table = "data_contract"
