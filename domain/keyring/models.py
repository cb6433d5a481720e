"""Where wrapped keys are kept."""

from enum import StrEnum

from tortoise import fields
from tortoise.models import Model

from domain.personal import DataClass, labelled


class KeyKind(StrEnum):
    """What a key seals."""

    ARCHIVE = "archive"
    CONVERSATION = "conversation"
    INDEX = "index"
    SUBJECT = "subject"
    TENANT = "tenant"


class StoredKey(Model):
    """A wrapped key. Its id is that of the tenant, contact or conversation it belongs to."""

    id = labelled(fields.UUIDField(primary_key=True, default=None), DataClass.NONE)
    tenant_id = labelled(fields.UUIDField(), DataClass.NONE)
    kind = labelled(fields.CharEnumField(KeyKind, max_length=16), DataClass.NONE)
    wrapped = labelled(fields.BinaryField(), DataClass.CREDENTIAL)
    created_at = labelled(fields.DatetimeField(), DataClass.NONE)

    class Meta:
        table = "stored_key"


class DestroyedKey(Model):
    """That a key is gone for good: the ledger by which a restored backup is cleaned again."""

    id = labelled(fields.UUIDField(primary_key=True, default=None), DataClass.NONE)
    tenant_id = labelled(fields.UUIDField(), DataClass.NONE)
    destroyed_at = labelled(fields.DatetimeField(), DataClass.NONE)

    class Meta:
        table = "destroyed_key"
