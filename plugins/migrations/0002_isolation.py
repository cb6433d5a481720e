"""Deliveries belong to tenants; only the relay, as the system, makes them."""

from tortoise import migrations
from tortoise.migrations import operations as ops

from domain.tenant_tables import TenantTable


class Migration(migrations.Migration):
    dependencies = [("plugins", "0001_initial"), ("domain", "0002_isolation")]
    operations = [
        TenantTable(
            "delivery",
            references={"event_id": "outbox:CASCADE"},
            unique={"delivery_key": "event_id, handler"},
            indexes=("handler, key, sequence WHERE status = 'waiting'",),
            rights="SELECT, UPDATE",
        ),
        ops.RunSQL(
            ["CREATE INDEX delivery_due_idx ON delivery (due_at) WHERE status = 'waiting'"], []
        ),
        TenantTable(
            "delivery_attempt",
            references={"delivery_id": "delivery:CASCADE"},
            unique={"delivery_attempt_key": "delivery_id, number"},
            rights="SELECT, INSERT",
        ),
    ]
