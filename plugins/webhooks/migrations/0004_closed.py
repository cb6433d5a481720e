"""Endpoints that were stopped because their business closed its account."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from plugins.webhooks.models import WebhookStopped


class Migration(migrations.Migration):
    dependencies = [("webhooks", "0003_apps")]
    operations = [
        ops.AlterField(
            model_name="WebhookEndpoint",
            name="stopped",
            field=fields.CharEnumField(
                description="BY_HAND: by_hand\nFAILING: failing\nGONE: gone\nCLOSED: closed",
                enum_type=WebhookStopped,
                max_length=10,
                null=True,
            ),
        ),
    ]
