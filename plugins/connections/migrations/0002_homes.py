"""Accounts that are asked at an address of their own, in a data centre of their own."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("connections", "0001_initial")]
    operations = [
        ops.AddField(
            model_name="OAuthConnection",
            name=name,
            field=fields.CharField(default="", max_length=300),
        )
        for name in ("api_url", "data_centre")
    ]
