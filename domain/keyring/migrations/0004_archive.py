"""What is archived is sealed under keys of its own."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from domain.keyring.models import KeyKind


class Migration(migrations.Migration):
    dependencies = [("keyring", "0003_destroyed")]
    operations = [
        ops.AlterField(
            model_name="StoredKey",
            name="kind",
            field=fields.CharEnumField(
                description="\n".join(f"{kind.name}: {kind.value}" for kind in KeyKind),
                enum_type=KeyKind,
                max_length=16,
            ),
        ),
    ]
