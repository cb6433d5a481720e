"""Days with other hours may come again."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from domain.business.profile import Repeat


class Migration(migrations.Migration):
    dependencies = [("domain", "0013_outbound")]
    operations = [
        ops.AddField(
            model_name="Closure",
            name="repeat",
            field=fields.CharEnumField(
                null=True,
                description="\n".join(f"{kind.name}: {kind.value}" for kind in Repeat),
                enum_type=Repeat,
                max_length=12,
            ),
        ),
        ops.AddField(model_name="Closure", name="repeats_until", field=fields.DateField(null=True)),
    ]
