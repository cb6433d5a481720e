"""People who belong to no business any more are forgotten by the system."""

from tortoise import migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("tenants", "0012_life_cycle")]
    operations = [
        ops.RunSQL(
            'GRANT DELETE ON "user" TO app_system',
            'REVOKE DELETE ON "user" FROM app_system',
        ),
    ]
