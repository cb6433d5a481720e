"""Endpoints belong to tenants; which tenant has an endpoint may be asked for its public keys."""

from tortoise import migrations
from tortoise.migrations import operations as ops

from domain.tenant_tables import TenantTable

# Whoever checks a signature is nobody we know: this answers with an id, and nothing else.
TENANT_OF_ENDPOINT = """
CREATE FUNCTION tenant_of_webhook(wanted uuid) RETURNS TABLE (tenant_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$ SELECT tenant_id FROM webhook_endpoint WHERE id = wanted $$
"""


class Migration(migrations.Migration):
    dependencies = [("webhooks", "0001_initial"), ("plugins", "0003_by_handler")]
    operations = [
        TenantTable("webhook_endpoint", indexes=("created_at, id",)),
        TenantTable(
            "webhook_key",
            references={"endpoint_id": "webhook_endpoint:CASCADE"},
            indexes=("endpoint_id",),
        ),
        TenantTable(
            "webhook_exchange",
            references={
                "endpoint_id": "webhook_endpoint:CASCADE",
                "delivery_id": "delivery:CASCADE",
            },
            indexes=("delivery_id, at", "endpoint_id", "contact_id WHERE contact_id IS NOT NULL"),
        ),
        ops.RunSQL(
            [
                "CREATE INDEX webhook_endpoint_on_idx ON webhook_endpoint (tenant_id)"
                " WHERE enabled",
                "CREATE INDEX webhook_endpoint_by_id_idx ON webhook_endpoint (id)",
                TENANT_OF_ENDPOINT,
                "REVOKE ALL ON FUNCTION tenant_of_webhook(uuid) FROM PUBLIC",
                "GRANT EXECUTE ON FUNCTION tenant_of_webhook(uuid) TO app_rt, app_system",
                # Row-level security is forced on the owner too; only the system sees every tenant.
                "GRANT CREATE ON SCHEMA public TO app_system",
                "ALTER FUNCTION tenant_of_webhook(uuid) OWNER TO app_system",
                "REVOKE CREATE ON SCHEMA public FROM app_system",
            ],
            [],
        ),
    ]
