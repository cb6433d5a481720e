"""Apps of partners: what they are, who agreed to them, their grants, and look-ups by their tokens."""

from orjson import loads
from tortoise import fields, migrations
from tortoise.fields.data import JSON_DUMPS
from tortoise.migrations import operations as ops

from domain.tenant_tables import TenantTable, look_up
from tenants.apps.models import GrantEnd, TokenKind

LOOK_UPS = {
    "app_home(wanted uuid)": (
        "TABLE (tenant_id uuid)",
        "SELECT tenant_id FROM app WHERE id = wanted AND deleted_at IS NULL",
    ),
    "tenants_of_app(wanted uuid)": (
        "TABLE (tenant_id uuid)",
        "SELECT tenant_id FROM connected_app WHERE app_id = wanted AND ended_at IS NULL",
    ),
    "app_grant_by_code(wanted text)": (
        "TABLE (tenant_id uuid, id uuid)",
        "SELECT tenant_id, id FROM app_grant WHERE code_hash = wanted",
    ),
    "app_token_by_hash(wanted text)": (
        "TABLE (tenant_id uuid, id uuid)",
        "SELECT tenant_id, id FROM app_token WHERE token_hash = wanted",
    ),
    # All that can be wrong with a token is asked at once, so that every refusal looks the same.
    # An app whose home is not served opens nothing, but at home, as keys do there.
    "good_app_token(wanted text, at timestamptz)": (
        "TABLE (tenant_id uuid, token_id uuid, grant_id uuid, home_id uuid, app_id uuid)",
        """SELECT token.tenant_id, token.id, given.id, given.home_id, given.app_id
           FROM app_token AS token
           JOIN app_grant AS given
               ON (given.tenant_id, given.id) = (token.tenant_id, token.grant_id)
           JOIN app ON (app.tenant_id, app.id) = (given.home_id, given.app_id)
           JOIN tenant AS home ON home.id = given.home_id
           LEFT JOIN connected_app AS agreed
               ON (agreed.tenant_id, agreed.id) = (given.tenant_id, given.connection_id)
           WHERE token.token_hash = wanted AND token.kind = 'access' AND token.expires_at > at
           AND token.revoked_at IS NULL AND given.ended_at IS NULL AND app.deleted_at IS NULL
           AND CASE WHEN given.connection_id IS NULL
               THEN given.tenant_id = given.home_id AND app.acts_at_home
               ELSE agreed.id IS NOT NULL AND agreed.ended_at IS NULL END
           AND (home.status = 'active' OR home.id = given.tenant_id)""",
    ),
}

ENDS = (
    "APP_DELETED: app_deleted\nCODE_REPLAYED: code_replayed\nDISCONNECTED: disconnected\n"
    "REFRESH_REUSED: refresh_reused\nREVOKED: revoked"
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
    dependencies = [("tenants", "0004_roles")]
    operations = [
        ops.CreateModel(
            name="App",
            fields=[
                key(),
                ("tenant_id", fields.UUIDField()),
                ("name", fields.CharField(max_length=100)),
                ("description", fields.CharField(default="", max_length=500)),
                ("redirect_uris", words()),
                ("permissions", words()),
                ("confidential", fields.BooleanField(default=True)),
                ("acts_at_home", fields.BooleanField(default=False)),
                ("self_registered", fields.BooleanField(default=False)),
                ("secret_hash", fields.CharField(null=True, max_length=64)),
                ("previous_hash", fields.CharField(null=True, max_length=64)),
                ("previous_until", moment(null=True)),
                ("created_by", fields.CharField(max_length=80)),
                ("created_at", moment()),
                ("updated_at", moment()),
                ("deleted_at", moment(null=True)),
            ],
            options=options(
                "app",
                "A program of a partner. It belongs to the business that made it: its home.",
            ),
            bases=["TenantModel"],
        ),
        ops.CreateModel(
            name="ConnectedApp",
            fields=[
                key(),
                ("tenant_id", fields.UUIDField()),
                ("app_id", fields.UUIDField()),
                ("home_id", fields.UUIDField()),
                ("name", fields.CharField(max_length=100)),
                ("publisher", fields.CharField(max_length=100)),
                ("permissions", words()),
                ("granted_by", fields.CharField(max_length=80)),
                ("connected_at", moment()),
                ("updated_at", moment()),
                ("last_used_at", moment(null=True)),
                ("ended_at", moment(null=True)),
            ],
            options=options(
                "connected_app",
                "That a business has agreed to an app, and to what. The app itself is at `home_id`.",
            ),
            bases=["TenantModel"],
        ),
        ops.CreateModel(
            name="AppGrant",
            fields=[
                key(),
                ("tenant_id", fields.UUIDField()),
                ("connection_id", fields.UUIDField(null=True)),
                ("app_id", fields.UUIDField()),
                ("home_id", fields.UUIDField()),
                ("permissions", words()),
                ("code_hash", fields.CharField(null=True, max_length=64)),
                ("code_until", moment(null=True)),
                ("redirect_uri", fields.CharField(default="", max_length=2000)),
                ("challenge", fields.CharField(default="", max_length=128)),
                ("redeemed_at", moment(null=True)),
                ("created_at", moment()),
                ("expires_at", moment()),
                ("ended_at", moment(null=True)),
                (
                    "ended_because",
                    fields.CharEnumField(
                        null=True, description=ENDS, enum_type=GrantEnd, max_length=16
                    ),
                ),
            ],
            options=options(
                "app_grant",
                "One agreement, from its code to the last of its tokens: they end together.",
            ),
            bases=["TenantModel"],
        ),
        ops.CreateModel(
            name="AppToken",
            fields=[
                key(),
                ("tenant_id", fields.UUIDField()),
                ("grant_id", fields.UUIDField()),
                (
                    "kind",
                    fields.CharEnumField(
                        description="ACCESS: access\nREFRESH: refresh",
                        enum_type=TokenKind,
                        max_length=8,
                    ),
                ),
                ("token_hash", fields.CharField(max_length=64)),
                ("permissions", words()),
                ("issued_at", moment()),
                ("expires_at", moment()),
                ("used_at", moment(null=True)),
                ("revoked_at", moment(null=True)),
            ],
            options=options(
                "app_token",
                "A token of an app; only its hash is kept. A refresh token is used once, at `used_at`.",
            ),
            bases=["TenantModel"],
        ),
        TenantTable("app", indexes=("created_at DESC, id DESC",)),
        TenantTable(
            "connected_app",
            unique={"connected_app_live_key": "app_id WHERE ended_at IS NULL"},
            indexes=("connected_at DESC, id DESC",),
        ),
        TenantTable(
            "app_grant",
            references={"connection_id": "connected_app:CASCADE"},
            indexes=("connection_id", "app_id"),
        ),
        TenantTable(
            "app_token", references={"grant_id": "app_grant:CASCADE"}, indexes=("grant_id",)
        ),
        ops.RunSQL(
            [
                "CREATE INDEX app_by_id_idx ON app (id)",
                "CREATE INDEX connected_app_by_app_idx ON connected_app (app_id)"
                " WHERE ended_at IS NULL",
                "CREATE UNIQUE INDEX app_grant_code_key ON app_grant (code_hash)",
                "CREATE UNIQUE INDEX app_token_hash_key ON app_token (token_hash)",
            ],
            [],
        ),
        *(ops.RunSQL(look_up(name, *answer), []) for name, answer in LOOK_UPS.items()),
    ]
