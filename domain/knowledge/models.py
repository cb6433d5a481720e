"""What the business has told its receptionist to answer."""

from enum import StrEnum

from tortoise import fields

from domain.personal import DataClass, labelled
from domain.tenancy import Reference, TenantModel


class KnowledgeStatus(StrEnum):
    """Whether callers hear it."""

    DRAFT = "draft"
    PUBLISHED = "published"
    RETIRED = "retired"


class KnowledgeItem(TenantModel):
    """A question and its answer."""

    location_id = labelled(fields.UUIDField(null=True), DataClass.NONE)
    question = labelled(fields.TextField(), DataClass.BUSINESS)
    answer = labelled(fields.TextField(), DataClass.BUSINESS)
    status = labelled(fields.CharEnumField(KnowledgeStatus, max_length=12), DataClass.NONE)
    version = labelled(fields.IntField(default=1), DataClass.NONE)
    created_at = labelled(fields.DatetimeField(), DataClass.NONE)
    updated_at = labelled(fields.DatetimeField(), DataClass.NONE)

    references = {"location_id": Reference("location", "CASCADE")}
    synced = True

    class Meta:
        table = "knowledge_item"
