"""Who wants no more messages or calls, of which kind, from which number of the business."""

from tortoise import fields

from domain.outreach.optout import Topic, Way
from domain.personal import DataClass, Personal, labelled
from domain.sealed import SealedField
from domain.tenancy import TenantModel

CONSENT = DataClass.CONSENT


class Refusal(TenantModel):
    """Somebody wants no more of one kind, by one way, from one number; or wants it again."""

    line = labelled(fields.CharField(max_length=20), DataClass.BUSINESS)
    """The business's own number (E.164): a refusal at one says nothing of another."""
    phone = labelled(SealedField(), DataClass.CALLER_IDENTITY)
    phone_index = labelled(fields.CharField(max_length=32), DataClass.CALLER_IDENTITY)
    topic = labelled(fields.CharEnumField(Topic, max_length=12), CONSENT)
    way = labelled(fields.CharEnumField(Way, max_length=8), CONSENT)
    said = labelled(SealedField(null=True), CONSENT)
    """The words, as evidence."""
    refused_at = labelled(fields.DatetimeField(), CONSENT)
    confirmed_at = labelled(fields.DatetimeField(null=True), CONSENT)
    returned_at = labelled(fields.DatetimeField(null=True), CONSENT)

    # The person is whoever has this number, so the path goes through the blind index.
    personal = Personal(subject="phone_index", clock="refused_at")
    sealed_by = "tenant_id"

    outlives = "whoever said stop must stay left alone (47 CFR § 64.1200(d)(6))"

    class Meta:
        table = "refusal"

    @property
    def stands(self) -> bool:
        """Whether it was not taken back."""
        return self.returned_at is None
