"""Editions of the operator's documents, and acceptances."""

from enum import StrEnum

from tortoise import fields
from tortoise.models import Model

from domain.personal import DataClass, Personal, labelled
from domain.tenancy import TenantModel

NONE = DataClass.NONE


class Document(StrEnum):
    """What is published."""

    PRIVACY_POLICY = "privacy_policy"
    TERMS = "terms"


class Manner(StrEnum):
    """How somebody accepted."""

    CONTINUED_USE = "continued_use"
    """By going on after it took effect, having been told before."""
    EXPRESS = "express"


class PolicyEdition(Model):
    """One version of one document of the operator, the same for everybody."""

    id = labelled(fields.UUIDField(primary_key=True, default=None), NONE)
    document = labelled(fields.CharEnumField(Document, max_length=16), NONE)
    version = labelled(fields.CharField(max_length=40), NONE)
    summary = labelled(fields.TextField(), NONE)
    """What is different from the version before."""
    text = labelled(fields.TextField(), NONE)
    published_at = labelled(fields.DatetimeField(), NONE)
    applies_from = labelled(fields.DatetimeField(), NONE)

    class Meta:
        table = "policy_edition"


class PolicyAcceptance(TenantModel):
    """That somebody accepted one edition."""

    edition_id = labelled(fields.UUIDField(), NONE)
    user_id = labelled(fields.UUIDField(), DataClass.ACCOUNT)
    manner = labelled(fields.CharEnumField(Manner, max_length=16), NONE)
    at = labelled(fields.DatetimeField(), DataClass.ACCOUNT)

    personal = Personal(subject="user_id", clock="at")

    outlives = "what was agreed to must be shown"

    class Meta:
        table = "policy_acceptance"
