"""Versions of what a tenant promises; none is ever changed."""

from typing import Any

from tortoise import fields

from domain.personal import DataClass, labelled
from domain.privacy.policy import Preset
from domain.tenancy import TenantModel

NONE = DataClass.NONE


class PolicyVersion(TenantModel):
    """What a tenant promises from some day on: a business of its callers, an operator of users."""

    number = labelled(fields.IntField(), NONE)
    preset = labelled(fields.CharEnumField(Preset, max_length=16), DataClass.BUSINESS)
    profile: dict[str, Any] = labelled(fields.JSONField(), DataClass.BUSINESS)
    applies_from = labelled(fields.DatetimeField(), NONE)
    # Whether it also governs what was there before; otherwise that stays under the older promise.
    to_existing = labelled(fields.BooleanField(), NONE)
    note = labelled(fields.CharField(max_length=300), DataClass.BUSINESS)
    adopted_by = labelled(fields.CharField(max_length=120), DataClass.AUDIT)
    created_at = labelled(fields.DatetimeField(), NONE)
    # A version can be taken back until it applies.
    withdrawn_at = labelled(fields.DatetimeField(null=True), NONE)

    class Meta:
        table = "policy_version"
