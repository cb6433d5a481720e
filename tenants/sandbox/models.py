"""Letters that would have been sent."""

from tortoise import fields

from domain.personal import DataClass, labelled
from domain.sealed import SealedField
from domain.tenancy import TenantModel


class CapturedLetter(TenantModel):
    """A letter out of a sandbox: kept here, and carried nowhere."""

    message_id = labelled(fields.CharField(max_length=200), DataClass.NONE)
    letter = labelled(SealedField(), DataClass.NONE)
    """`to`, `subject` and `text`, as JSON."""
    at = labelled(fields.DatetimeField(), DataClass.NONE)

    sealed_by = "tenant_id"

    class Meta:
        table = "captured_letter"
