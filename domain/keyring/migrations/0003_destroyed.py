"""Which keys are gone for good: added to, and never taken from."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from domain.tenant_tables import isolate


class Migration(migrations.Migration):
    dependencies = [("keyring", "0002_isolation")]
    operations = [
        ops.CreateModel(
            name="DestroyedKey",
            fields=[
                ("id", fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ("tenant_id", fields.UUIDField()),
                ("destroyed_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "destroyed_key",
                "app": "keyring",
                "pk_attr": "id",
                "table_description": "That a key is gone for good: the ledger by which a restored"
                " backup is cleaned again.",
            },
            bases=["Model"],
        ),
        ops.RunSQL(
            [
                "ALTER TABLE destroyed_key DROP CONSTRAINT destroyed_key_pkey",
                "ALTER TABLE destroyed_key ADD PRIMARY KEY (tenant_id, id)",
                *isolate("destroyed_key", rights="SELECT, INSERT"),
            ],
            [],
        ),
    ]
