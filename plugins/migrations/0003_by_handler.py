"""Deliveries are looked through by handler, and made again for what a recipient has missed."""

from tortoise import migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("plugins", "0002_isolation")]
    operations = [
        ops.RunSQL(
            [
                "CREATE INDEX delivery_by_handler_idx"
                " ON delivery (tenant_id, handler, created_at, id)",
                "CREATE INDEX outbox_recorded_idx ON outbox (tenant_id, recorded_at)"
                " WHERE kind = 'event'",
                # A replay makes the deliveries that were never made; row-level security holds it
                # to its own tenant.
                "GRANT INSERT ON delivery TO app_rt",
            ],
            [],
        ),
    ]
