"""That something is gone: its id and its kind, and nothing else of it."""

from enum import StrEnum

from tortoise import fields

from domain.personal import DataClass, labelled
from domain.tenancy import TenantModel


class SyncKind(StrEnum):
    """What copies are kept of, by the name of its table."""

    APPOINTMENT = "appointment"
    CALL = "call"
    CONTACT = "contact"
    CONVERSATION = "conversation"
    KNOWLEDGE_ITEM = "knowledge_item"
    LEAD = "lead"
    MESSAGE = "message"


class Tombstone(TenantModel):
    """Under the id of the row that was deleted. Triggers of the tables write it."""

    kind = labelled(fields.CharField(max_length=40), DataClass.NONE)
    at = labelled(fields.DatetimeField(), DataClass.NONE)

    class Meta:
        table = "tombstone"
