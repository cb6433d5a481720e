"""Who wants news."""

from tortoise import fields

from domain.personal import DataClass, Personal, labelled
from domain.tenancy import TenantModel


class MarketingConsent(TenantModel):
    """That an account holder agreed to be sent news, and whether they still do."""

    user_id = labelled(fields.UUIDField(), DataClass.MARKETING)
    disclosure = labelled(fields.TextField(), DataClass.MARKETING)
    """The words that they agreed to."""
    given_at = labelled(fields.DatetimeField(), DataClass.MARKETING)
    withdrawn_at = labelled(fields.DatetimeField(null=True), DataClass.MARKETING)

    personal = Personal(subject="user_id", clock="given_at")

    class Meta:
        table = "marketing_consent"
