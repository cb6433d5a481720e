"""Endpoints of apps: one where it is declared, and one at every business that is connected."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from plugins.webhooks.models import WebhookOwner


class Migration(migrations.Migration):
    dependencies = [("webhooks", "0002_isolation")]
    operations = [
        ops.AddField(
            model_name="WebhookEndpoint", name="app_id", field=fields.UUIDField(null=True)
        ),
        ops.AlterField(
            model_name="WebhookEndpoint",
            name="owner_kind",
            field=fields.CharEnumField(
                description="TENANT: tenant\nAPP: app\nDECLARED: declared",
                enum_type=WebhookOwner,
                max_length=10,
            ),
        ),
        ops.RunSQL(
            [
                "CREATE UNIQUE INDEX webhook_endpoint_app_key"
                " ON webhook_endpoint (tenant_id, app_id, owner_kind) WHERE app_id IS NOT NULL",
                "ALTER TABLE webhook_endpoint ADD CONSTRAINT webhook_endpoint_owner"
                " CHECK ((owner_kind = 'tenant') = (app_id IS NULL))",
            ],
            [],
        ),
    ]
