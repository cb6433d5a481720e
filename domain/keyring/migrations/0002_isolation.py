"""Keys belong to tenants; there is no tenant table in the keyring database."""

from tortoise import migrations
from tortoise.migrations import operations as ops

from domain.tenant_tables import isolate


class Migration(migrations.Migration):
    dependencies = [("keyring", "0001_initial")]
    operations = [
        ops.RunSQL(
            [
                "ALTER TABLE stored_key DROP CONSTRAINT stored_key_pkey",
                "ALTER TABLE stored_key ADD PRIMARY KEY (tenant_id, id)",
                *isolate("stored_key", rights="SELECT, INSERT, DELETE"),
            ],
            [],
        )
    ]
