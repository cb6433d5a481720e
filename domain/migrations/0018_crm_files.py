"""How each customer file of a business does."""

from orjson import loads
from tortoise import fields, migrations
from tortoise.fields.data import JSON_DUMPS
from tortoise.migrations import operations as ops

from domain.crm.models import Filling
from domain.tenant_tables import TenantTable


def moment():
    return fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)


def listed():
    return fields.JSONField(default=list, encoder=JSON_DUMPS, decoder=loads)


class Migration(migrations.Migration):
    dependencies = [("domain", "0017_crm")]
    operations = [
        ops.AddField(model_name="CrmRecord", name="taken_at", field=moment()),
        ops.CreateModel(
            name="CrmFile",
            fields=[
                ("id", fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ("tenant_id", fields.UUIDField()),
                ("plugin", fields.CharField(max_length=60)),
                ("missing", listed()),
                ("compared_at", moment()),
                ("failure", fields.CharField(default="", max_length=60)),
                ("failing_since", moment()),
                ("read_until", moment()),
                ("read_records", listed()),
                ("taken_over", fields.IntField(default=0)),
                (
                    "filling",
                    fields.CharEnumField(
                        default=Filling.NONE,
                        description="\n".join(f"{each.name}: {each.value}" for each in Filling),
                        enum_type=Filling,
                        max_length=8,
                    ),
                ),
                ("filled_to", fields.UUIDField(null=True)),
                ("fill_total", fields.IntField(default=0)),
                ("fill_done", fields.IntField(default=0)),
                ("fill_refused", fields.IntField(default=0)),
                ("fill_begun_at", moment()),
                ("fill_moved_at", moment()),
            ],
            options={
                "table": "crm_file",
                "app": "domain",
                "pk_attr": "id",
                "table_description": (
                    "One customer file of a business: how far it is filled, and how far it is read."
                ),
            },
            bases=["TenantModel"],
        ),
        TenantTable("crm_file", unique={"crm_file_key": "plugin"}),
        ops.RunSQL(
            ["CREATE INDEX crm_record_there ON crm_record (tenant_id, plugin, record)"],
            ["DROP INDEX crm_record_there"],
        ),
    ]
