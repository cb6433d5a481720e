"""Who wants no more messages or calls from a number of the business."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from domain.outreach.optout import Topic, Way
from domain.sealed import SealedField
from domain.tenant_tables import TenantTable


def moment(null=False):
    return fields.DatetimeField(null=null, auto_now=False, auto_now_add=False)


def choice(kind, length):
    described = "\n".join(f"{each.name}: {each.value}" for each in kind)
    return fields.CharEnumField(description=described, enum_type=kind, max_length=length)


class Migration(migrations.Migration):
    dependencies = [("domain", "0005_visitors")]
    operations = [
        ops.CreateModel(
            name="Refusal",
            fields=[
                ("id", fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ("tenant_id", fields.UUIDField()),
                ("line", fields.CharField(max_length=20)),
                ("phone", SealedField()),
                ("phone_index", fields.CharField(max_length=32)),
                ("topic", choice(Topic, 12)),
                ("way", choice(Way, 8)),
                ("said", SealedField(null=True)),
                ("refused_at", moment()),
                ("confirmed_at", moment(null=True)),
                ("returned_at", moment(null=True)),
            ],
            options={
                "table": "refusal",
                "app": "domain",
                "pk_attr": "id",
                "table_description": "Somebody wants no more of one kind, by one way, from one"
                " number; or wants it again.",
            },
            bases=["TenantModel"],
        ),
        TenantTable("refusal", unique={"refusal_key": "line, phone_index, topic, way"}),
    ]
