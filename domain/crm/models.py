"""What of ours stands in customer files elsewhere."""

from tortoise import fields

from domain.crm.ports import Kind
from domain.personal import DataClass, labelled
from domain.tenancy import TenantModel

NONE = DataClass.NONE


class CrmRecord(TenantModel):
    """That something of ours stands elsewhere, under which record. It holds ids and nothing else.

    It stays when the person is erased here, until the record there is deleted too: nothing else
    would tell which one it is (GDPR, Art. 17(2) and 19).
    """

    plugin = labelled(fields.CharField(max_length=60), NONE)
    kind = labelled(fields.CharEnumField(Kind, max_length=8), NONE)
    # The contact, call, lead or message.
    thing_id = labelled(fields.UUIDField(), NONE)
    about_id = labelled(fields.UUIDField(null=True), NONE)
    record = labelled(fields.CharField(max_length=100), NONE)
    written_at = labelled(fields.DatetimeField(), NONE)

    stays_here = True

    class Meta:
        table = "crm_record"
