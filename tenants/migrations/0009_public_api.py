"""The public API: which web pages may ask, and sandboxes to try it out in."""

from orjson import loads
from tortoise import fields, migrations
from tortoise.fields.data import JSON_DUMPS
from tortoise.migrations import operations as ops

from domain.sealed import SealedField
from domain.tenant_tables import TenantTable, look_up

SANDBOX = (
    "sandbox_of_tenant(parent uuid)",
    "TABLE (sandbox_id uuid)",
    "SELECT id FROM tenant WHERE sandbox_of = parent AND status <> 'closing'",
)


class Migration(migrations.Migration):
    dependencies = [("tenants", "0008_watch")]
    operations = [
        ops.AddField(
            model_name="Tenant",
            name="origins",
            field=fields.JSONField(default=list, db_default=[], encoder=JSON_DUMPS, decoder=loads),
        ),
        ops.AddField(model_name="Tenant", name="sandbox_of", field=fields.UUIDField(null=True)),
        ops.AddField(
            model_name="Tenant",
            name="clock_ahead_s",
            field=fields.BigIntField(default=0, db_default=0),
        ),
        ops.CreateModel(
            name="CapturedLetter",
            fields=[
                ("id", fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ("tenant_id", fields.UUIDField()),
                ("message_id", fields.CharField(max_length=200)),
                ("letter", SealedField()),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "captured_letter",
                "app": "tenants",
                "pk_attr": "id",
                "table_description": "A letter out of a sandbox: kept here, and carried nowhere.",
            },
            bases=["TenantModel"],
        ),
        TenantTable("captured_letter", indexes=("at DESC, id DESC",)),
        ops.RunSQL(
            [
                "CREATE UNIQUE INDEX tenant_sandbox_of_key ON tenant (sandbox_of)"
                " WHERE status <> 'closing'",
                "ALTER TABLE tenant ADD CONSTRAINT tenant_sandbox_of_fkey"
                " FOREIGN KEY (sandbox_of) REFERENCES tenant (id)",
                "ALTER TABLE tenant ADD CONSTRAINT tenant_clock_ahead"
                " CHECK (clock_ahead_s = 0 OR sandbox_of IS NOT NULL)",
            ],
            [],
        ),
        ops.RunSQL(look_up(*SANDBOX), []),
    ]
