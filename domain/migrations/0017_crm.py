"""What of ours stands in customer files elsewhere: ids, and nothing else."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from domain.crm.ports import Kind
from domain.tenant_tables import TenantTable


class Migration(migrations.Migration):
    dependencies = [("domain", "0016_feeds")]
    operations = [
        ops.CreateModel(
            name="CrmRecord",
            fields=[
                ("id", fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ("tenant_id", fields.UUIDField()),
                ("plugin", fields.CharField(max_length=60)),
                ("kind", fields.CharEnumField(enum_type=Kind, max_length=8)),
                ("thing_id", fields.UUIDField()),
                ("about_id", fields.UUIDField(null=True)),
                ("record", fields.CharField(max_length=100)),
                (
                    "written_at",
                    fields.DatetimeField(null=False, auto_now=False, auto_now_add=False),
                ),
            ],
            options={
                "table": "crm_record",
                "app": "domain",
                "pk_attr": "id",
                "table_description": (
                    "That something of ours stands elsewhere, under which record. "
                    "It holds ids and nothing else."
                ),
            },
            bases=["TenantModel"],
        ),
        TenantTable(
            "crm_record",
            unique={"crm_record_key": "plugin, kind, thing_id"},
            indexes=("plugin, about_id",),
        ),
    ]
