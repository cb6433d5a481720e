"""Single sign-on: a tenant's provider, its domains, whom it named; and how sessions began."""

from orjson import loads
from tortoise import fields, migrations
from tortoise.fields.data import JSON_DUMPS
from tortoise.migrations import operations as ops

from domain.sealed import SealedField
from domain.tenant_tables import TenantTable, look_up
from tenants.models import SignInMethod, Role
from tenants.sso.models import SsoPurpose

ROLES = (
    "ADMIN: admin\nBILLING: billing\nCOMPLIANCE: compliance\nCUSTOM: custom\n"
    "OWNER: owner\nSTAFF: staff\nVIEWER: viewer"
)
# In place of those of 0003: they answer with more.
GONE = (
    "DROP FUNCTION session_by_hash(text, timestamptz)",
    "DROP FUNCTION sessions_of_user(uuid, timestamptz)",
    "DROP FUNCTION tenants_of_user(uuid)",
)
ENROLLED = """(EXISTS (SELECT FROM authenticator a
                       WHERE a.user_id = {who} AND a.confirmed_at IS NOT NULL)
              OR EXISTS (SELECT FROM passkey p WHERE p.user_id = {who}))"""
GOOD = """s.revoked_at IS NULL AND s.expires_at > at AND s.idle_until > at
          AND u.generation = s.generation AND u.disabled_at IS NULL"""
# Whether the tenant's provider speaks for this member: null, offered, required; or owner, who is
# let in by password and second factor where everybody else must come by the provider.
COVERED = """(SELECT CASE WHEN NOT c.required THEN 'offered'
                          WHEN m.role = 'owner' THEN 'owner' ELSE 'required' END
              FROM sso_connection c JOIN sso_domain d ON d.tenant_id = c.tenant_id
              WHERE c.tenant_id = m.tenant_id AND c.enabled AND d.verified_at IS NOT NULL
              AND d.domain = substring(u.email from '[^@]*$') LIMIT 1)"""
LOOK_UPS = {
    "session_by_hash(wanted text, at timestamptz)": (
        "TABLE (tenant_id uuid, session_id uuid, user_id uuid, stage text, seen_at timestamptz,"
        " proved_at timestamptz, enrolled boolean, method text, vouched boolean, sso text)",
        f"""SELECT s.tenant_id, s.id, s.user_id, s.stage, s.seen_at, s.proved_at,
                   {ENROLLED.format(who="s.user_id")}, s.method, s.vouched, {COVERED}
            FROM session s JOIN "user" u ON u.id = s.user_id
            JOIN membership m ON m.tenant_id = s.tenant_id AND m.user_id = s.user_id
            WHERE s.token_hash = wanted AND {GOOD}""",
    ),
    "sessions_of_user(person uuid, at timestamptz)": (
        "TABLE (tenant_id uuid, session_id uuid, tenant_name text, method text, device text,"
        " network text, created_at timestamptz, seen_at timestamptz, expires_at timestamptz)",
        f"""SELECT s.tenant_id, s.id, t.name, s.method, s.device, s.network, s.created_at,
                   s.seen_at, least(s.expires_at, s.idle_until)
            FROM session s JOIN "user" u ON u.id = s.user_id
            JOIN membership m ON m.tenant_id = s.tenant_id AND m.user_id = s.user_id
            JOIN tenant t ON t.id = s.tenant_id
            WHERE s.user_id = person AND s.stage = 'open' AND {GOOD}
            ORDER BY s.created_at DESC, s.id DESC LIMIT 100""",
    ),
    "tenants_of_user(person uuid)": (
        "TABLE (tenant_id uuid, name text, slug text, status text, sso text)",
        f"""SELECT t.id, t.name, t.slug, t.status, {COVERED} FROM membership m
            JOIN tenant t ON t.id = m.tenant_id JOIN "user" u ON u.id = m.user_id
            WHERE m.user_id = person ORDER BY m.created_at, t.id""",
    ),
    "sso_by_domain(wanted text)": (
        "TABLE (tenant_id uuid)",
        """SELECT d.tenant_id FROM sso_domain d
           JOIN sso_connection c ON c.tenant_id = d.tenant_id AND c.enabled
           WHERE d.domain = lower(wanted) AND d.verified_at IS NOT NULL""",
    ),
    "sso_attempt_by_state(wanted text)": (
        "TABLE (tenant_id uuid, attempt_id uuid)",
        "SELECT tenant_id, id FROM sso_attempt WHERE state_hash = wanted",
    ),
}


def key():
    return ("id", fields.UUIDField(primary_key=True, unique=True, db_index=True))


def tenant():
    return ("tenant_id", fields.UUIDField())


def moment(null=False):
    return fields.DatetimeField(null=null, auto_now=False, auto_now_add=False)


def options(table, description):
    return {
        "table": table,
        "app": "tenants",
        "pk_attr": "id",
        "table_description": description,
    }


class Migration(migrations.Migration):
    dependencies = [("tenants", "0005_apps")]
    operations = [
        ops.CreateModel(
            name="SsoConnection",
            fields=[
                key(),
                tenant(),
                ("issuer", fields.CharField(max_length=500)),
                ("client_id", fields.CharField(max_length=255)),
                ("client_secret", SealedField()),
                ("role", fields.CharEnumField(description=ROLES, enum_type=Role, max_length=20)),
                ("custom_role_id", fields.UUIDField(null=True)),
                ("role_claim", fields.CharField(default="", max_length=200)),
                (
                    "role_map",
                    fields.JSONField(default=dict, encoder=JSON_DUMPS, decoder=loads),
                ),
                ("required", fields.BooleanField(default=False)),
                ("enabled", fields.BooleanField(default=True)),
                ("trust_email", fields.BooleanField(default=False)),
                ("trust_mfa", fields.BooleanField(default=False)),
                ("created_at", moment()),
                ("updated_at", moment()),
            ],
            options=options(
                "sso_connection",
                "A tenant's identity provider, and what becomes of those it names; one per tenant.",
            ),
            bases=["TenantModel"],
        ),
        ops.CreateModel(
            name="SsoDomain",
            fields=[
                key(),
                tenant(),
                ("domain", fields.CharField(max_length=253)),
                ("challenge", fields.CharField(max_length=64)),
                ("created_at", moment()),
                ("verified_at", moment(null=True)),
                ("checked_at", moment(null=True)),
                ("missing_since", moment(null=True)),
            ],
            options=options(
                "sso_domain",
                "A domain whose addresses the provider may speak for, once DNS has shown whose it is.",
            ),
            bases=["TenantModel"],
        ),
        ops.CreateModel(
            name="SsoIdentity",
            fields=[
                key(),
                tenant(),
                ("issuer", fields.CharField(max_length=500)),
                ("subject", fields.CharField(max_length=255)),
                ("user_id", fields.UUIDField()),
                ("created_at", moment()),
            ],
            options=options(
                "sso_identity",
                "Who a provider's subject is here. It outlives a membership: who was removed stays out.",
            ),
            bases=["TenantModel"],
        ),
        ops.CreateModel(
            name="SsoAttempt",
            fields=[
                key(),
                tenant(),
                (
                    "purpose",
                    fields.CharEnumField(
                        description="SIGN_IN: sign_in\nSTEP_UP: step_up",
                        enum_type=SsoPurpose,
                        max_length=8,
                    ),
                ),
                ("state_hash", fields.CharField(max_length=64)),
                ("browser_hash", fields.CharField(max_length=64)),
                ("secrets", SealedField()),
                ("session_id", fields.UUIDField(null=True)),
                ("return_to", fields.CharField(max_length=300)),
                ("created_at", moment()),
                ("expires_at", moment()),
                ("used_at", moment(null=True)),
            ],
            options=options(
                "sso_attempt",
                "Somebody who is at their provider at this moment; good once, in one browser.",
            ),
            bases=["TenantModel"],
        ),
        ops.AddField(
            model_name="Session",
            name="method",
            field=fields.CharEnumField(
                default=SignInMethod.PASSWORD,
                db_default="password",
                description="PASSWORD: password\nSSO: sso",
                enum_type=SignInMethod,
                max_length=8,
            ),
        ),
        ops.AddField(
            model_name="Session",
            name="vouched",
            field=fields.BooleanField(default=False, db_default=False),
        ),
        ops.AddField(
            model_name="Session",
            name="provider_session",
            field=fields.CharField(null=True, max_length=64),
        ),
        TenantTable(
            "sso_connection",
            references={"custom_role_id": "custom_role"},
            checks={
                "sso_connection_role": "role <> 'owner'"
                " AND (role = 'custom') = (custom_role_id IS NOT NULL)"
            },
        ),
        TenantTable("sso_domain", unique={"sso_domain_key": "domain"}),
        TenantTable(
            "sso_identity",
            unique={
                "sso_identity_subject_key": "issuer, subject",
                "sso_identity_user_key": "issuer, user_id",
            },
        ),
        TenantTable("sso_attempt", indexes=("expires_at",)),
        ops.RunSQL(
            [
                "CREATE UNIQUE INDEX sso_connection_tenant_key ON sso_connection (tenant_id)",
                # A domain speaks for one tenant in the world, whoever else would like it to.
                "CREATE UNIQUE INDEX sso_domain_verified_key ON sso_domain (domain)"
                " WHERE verified_at IS NOT NULL",
                "CREATE UNIQUE INDEX sso_attempt_state_key ON sso_attempt (state_hash)",
                "ALTER TABLE sso_identity ADD CONSTRAINT sso_identity_user_fkey"
                ' FOREIGN KEY (user_id) REFERENCES "user" (id) ON DELETE CASCADE',
                "CREATE INDEX session_by_provider_idx ON session (tenant_id, provider_session)"
                " WHERE provider_session IS NOT NULL",
                *GONE,
            ],
            [],
        ),
        *(ops.RunSQL(look_up(name, *answer), []) for name, answer in LOOK_UPS.items()),
    ]
