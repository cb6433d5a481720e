"""Roles, invitations and API keys: their tables, who sees them, and look-ups by their tokens."""

from orjson import loads
from tortoise import fields, migrations
from tortoise.fields.data import JSON_DUMPS
from tortoise.migrations import operations as ops

from domain.tenant_tables import TenantTable, look_up
from tenants.models import Role

LOOK_UPS = {
    # All that can be wrong with a key is asked at once, so that every refusal looks the same.
    "api_key_by_hash(wanted text, at timestamptz, address inet)": (
        "TABLE (tenant_id uuid, key_id uuid)",
        """SELECT tenant_id, id FROM api_key
           WHERE (key_hash = wanted OR (previous_hash = wanted AND previous_until > at))
           AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > at)
           AND (addresses = '[]' OR EXISTS (
               SELECT FROM jsonb_array_elements_text(addresses) AS network
               WHERE address <<= network::inet))""",
    ),
    "invitation_by_hash(wanted text, at timestamptz)": (
        "TABLE (tenant_id uuid, invitation_id uuid)",
        """SELECT tenant_id, id FROM invitation
           WHERE token_hash = wanted AND expires_at > at
           AND accepted_at IS NULL AND revoked_at IS NULL""",
    ),
    "user_of_email(wanted text)": (
        "TABLE (user_id uuid)",
        """SELECT id FROM "user" WHERE email = lower(wanted)""",
    ),
}

ROLES = (
    "ADMIN: admin\nBILLING: billing\nCOMPLIANCE: compliance\nCUSTOM: custom\n"
    "OWNER: owner\nSTAFF: staff\nVIEWER: viewer"
)


def key():
    return ("id", fields.UUIDField(primary_key=True, unique=True, db_index=True))


def moment(null=False):
    return fields.DatetimeField(null=null, auto_now=False, auto_now_add=False)


def words():
    return fields.JSONField(default=list, encoder=JSON_DUMPS, decoder=loads)


def options(table, description):
    return {
        "table": table,
        "app": "tenants",
        "pk_attr": "id",
        "table_description": description,
    }


class Migration(migrations.Migration):
    dependencies = [("tenants", "0003_people")]
    operations = [
        ops.CreateModel(
            name="CustomRole",
            fields=[
                key(),
                ("tenant_id", fields.UUIDField()),
                ("name", fields.CharField(max_length=60)),
                ("permissions", words()),
                ("created_at", moment()),
            ],
            options=options(
                "custom_role", "A role that a tenant made itself: a name, and what it allows."
            ),
            bases=["TenantModel"],
        ),
        ops.CreateModel(
            name="Invitation",
            fields=[
                key(),
                ("tenant_id", fields.UUIDField()),
                ("email", fields.CharField(max_length=254)),
                ("role", fields.CharEnumField(description=ROLES, enum_type=Role, max_length=20)),
                ("custom_role_id", fields.UUIDField(null=True)),
                ("token_hash", fields.CharField(max_length=64)),
                ("letter", fields.IntField(default=1)),
                ("invited_by", fields.CharField(max_length=80)),
                ("user_id", fields.UUIDField(null=True)),
                ("created_at", moment()),
                ("expires_at", moment()),
                ("accepted_at", moment(null=True)),
                ("revoked_at", moment(null=True)),
            ],
            options=options(
                "invitation",
                "That somebody is asked to join. Its token travels by e-mail; only the hash is kept.",
            ),
            bases=["TenantModel"],
        ),
        ops.CreateModel(
            name="ApiKey",
            fields=[
                key(),
                ("tenant_id", fields.UUIDField()),
                ("name", fields.CharField(max_length=100)),
                ("key_hash", fields.CharField(max_length=64)),
                ("previous_hash", fields.CharField(null=True, max_length=64)),
                ("previous_until", moment(null=True)),
                ("permissions", words()),
                ("addresses", words()),
                ("rate_per_minute", fields.IntField(null=True)),
                ("created_by", fields.CharField(max_length=80)),
                ("created_at", moment()),
                ("expires_at", moment(null=True)),
                ("last_used_at", moment(null=True)),
                ("revoked_at", moment(null=True)),
            ],
            options=options(
                "api_key",
                "A key of a program. Only SHA-256 hashes of it are kept: it is shown once.",
            ),
            bases=["TenantModel"],
        ),
        ops.AlterField(
            model_name="Membership",
            name="role",
            field=fields.CharEnumField(description=ROLES, enum_type=Role, max_length=20),
        ),
        ops.AddField(
            model_name="Membership", name="custom_role_id", field=fields.UUIDField(null=True)
        ),
        TenantTable("custom_role", unique={"custom_role_name_key": "lower(name)"}),
        TenantTable(
            "invitation",
            references={"custom_role_id": "custom_role:SET NULL"},
            unique={
                "invitation_open_key": "email WHERE accepted_at IS NULL AND revoked_at IS NULL"
            },
            checks={"invitation_email_lower": "email = lower(email)"},
            indexes=("created_at DESC, id DESC",),
        ),
        TenantTable("api_key", indexes=("created_at DESC, id DESC",)),
        ops.RunSQL(
            [
                "CREATE UNIQUE INDEX invitation_token_key ON invitation (token_hash)",
                "CREATE UNIQUE INDEX api_key_hash_key ON api_key (key_hash)",
                "CREATE UNIQUE INDEX api_key_previous_hash_key ON api_key (previous_hash)",
                "ALTER TABLE membership ADD CONSTRAINT membership_custom_role_id_fkey"
                " FOREIGN KEY (tenant_id, custom_role_id)"
                " REFERENCES custom_role (tenant_id, id) ON DELETE RESTRICT",
                "ALTER TABLE membership ADD CONSTRAINT membership_custom_role"
                " CHECK ((role = 'custom') = (custom_role_id IS NOT NULL))",
                "CREATE INDEX membership_by_custom_role_idx"
                " ON membership (tenant_id, custom_role_id)",
            ],
            [],
        ),
        *(ops.RunSQL(look_up(name, *answer), []) for name, answer in LOOK_UPS.items()),
    ]
