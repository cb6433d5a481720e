from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from domain.tenant_tables import TenantTable


class Migration(migrations.Migration):
    initial = True
    dependencies = [("tenants", "0001_initial")]
    operations = [
        ops.CreateModel(
            name="Parcel",
            fields=[
                ("id", fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ("tenant_id", fields.UUIDField()),
                ("number", fields.CharField(max_length=40)),
                ("arrived_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "parcel",
                "app": "parcels",
                "pk_attr": "id",
                "table_description": "A parcel, by its number; whose it is, nobody here knows.",
            },
            bases=["TenantModel"],
        ),
        TenantTable("parcel", unique={"parcel_key": "number"}),
    ]
