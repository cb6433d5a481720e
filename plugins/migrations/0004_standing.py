"""Plugins that fail are left alone for a while; settings say which version wrote them."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from domain.tenant_tables import TenantTable


class Migration(migrations.Migration):
    dependencies = [("plugins", "0003_by_handler")]
    operations = [
        ops.CreateModel(
            name="PluginStanding",
            fields=[
                ("id", fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ("tenant_id", fields.UUIDField()),
                ("plugin", fields.CharField(max_length=60)),
                ("failures", fields.IntField(default=0)),
                ("rests", fields.IntField(default=0)),
                ("error", fields.CharField(max_length=120)),
                ("failed_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                (
                    "rests_until",
                    fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
                ),
            ],
            options={
                "table": "plugin_standing",
                "app": "plugins",
                "pk_attr": "id",
                "table_description": "That deliveries to a plugin fail; there is no row while all is well.",
            },
            bases=["TenantModel"],
        ),
        TenantTable("plugin_standing", unique={"plugin_standing_key": "plugin"}),
        ops.RunSQL(
            [
                # It counted changes before; row-level security is forced on the owner too.
                "SET LOCAL ROLE app_system",
                "UPDATE plugin_installation SET settings_version = 1",
                "RESET ROLE",
            ],
            [],
        ),
    ]
