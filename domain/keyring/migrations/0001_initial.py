from tortoise import migrations
from tortoise.migrations import operations as ops
from domain.keyring.models import KeyKind
from tortoise import fields


class Migration(migrations.Migration):
    initial = True

    operations = [
        ops.CreateModel(
            name="StoredKey",
            fields=[
                ("id", fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ("tenant_id", fields.UUIDField()),
                (
                    "kind",
                    fields.CharEnumField(
                        description="CONVERSATION: conversation\nINDEX: index\nSUBJECT: subject\nTENANT: tenant",
                        enum_type=KeyKind,
                        max_length=16,
                    ),
                ),
                ("wrapped", fields.BinaryField()),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "stored_key",
                "app": "keyring",
                "pk_attr": "id",
                "table_description": "A wrapped key. Its id is that of the tenant, contact or conversation it belongs to.",
            },
            bases=["Model"],
        ),
    ]
