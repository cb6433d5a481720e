"""What rows that are gone leave to be removed outside the database."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from domain.disposal.models import LeftoverKind
from domain.tenant_tables import TenantTable


class Migration(migrations.Migration):
    dependencies = [("domain", "0005_visitors")]
    operations = [
        ops.CreateModel(
            name="Leftover",
            fields=[
                ("id", fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ("tenant_id", fields.UUIDField()),
                ("cause_id", fields.UUIDField()),
                (
                    "kind",
                    fields.CharEnumField(
                        description="FOLDER: folder\nKEY: key\nLAST_KEY: last_key",
                        enum_type=LeftoverKind,
                        max_length=10,
                    ),
                ),
                ("name", fields.CharField(max_length=200)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "leftover",
                "app": "domain",
                "pk_attr": "id",
                "table_description": "One thing that is still to be removed; the row goes when that"
                " is done.",
            },
            bases=["TenantModel"],
        ),
        TenantTable("leftover", indexes=("cause_id, id",)),
    ]
