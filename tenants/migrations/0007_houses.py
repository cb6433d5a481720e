"""Houses above tenants: grants, visits, tokens, templates, changes of many, break-glass."""

from orjson import loads
from tortoise import fields, migrations
from tortoise.fields.data import JSON_DUMPS
from tortoise.migrations import operations as ops

from domain.scope import TenantKind
from domain.tenant_tables import CURRENT_TENANT, TenantTable, look_up
from tenants.models import Stage
from tenants.organizations.models import BulkStatus, ResultStatus

KINDS = "BUSINESS: business\nOPERATOR: operator\nORGANIZATION: organization"
LIVE = "g.revoked_at IS NULL AND (g.expires_at IS NULL OR g.expires_at > at)"
# Nobody comes from a house that is itself not served.
SERVED = "EXISTS (SELECT FROM tenant h WHERE h.id = g.grantee_id AND h.status = 'active')"
MINE = f"g.grantee_id = {CURRENT_TENANT}"
ENROLLED = """(EXISTS (SELECT FROM authenticator a
                       WHERE a.user_id = s.user_id AND a.confirmed_at IS NOT NULL)
              OR EXISTS (SELECT FROM passkey p WHERE p.user_id = s.user_id))"""
LOOK_UPS = {
    # A visit lives as long as its grant, its house and its person's place there.
    "visit_by_hash(wanted text, at timestamptz)": (
        "TABLE (tenant_id uuid, session_id uuid, user_id uuid, grant_id uuid, house_id uuid,"
        " seen_at timestamptz, proved_at timestamptz, enrolled boolean)",
        f"""SELECT s.tenant_id, s.id, s.user_id, g.id, g.grantee_id, s.seen_at, s.proved_at,
                   {ENROLLED}
            FROM session s JOIN "user" u ON u.id = s.user_id
            JOIN access_grant g ON g.tenant_id = s.tenant_id AND g.id = s.grant_id
            JOIN membership m ON m.tenant_id = g.grantee_id AND m.user_id = s.user_id
            WHERE s.token_hash = wanted AND s.stage = 'visiting' AND s.revoked_at IS NULL
            AND s.expires_at > at AND s.idle_until > at AND u.generation = s.generation
            AND u.disabled_at IS NULL AND {LIVE} AND {SERVED}""",
    ),
    # All that can be wrong is asked at once, the networks of the house's key among it.
    "access_token_by_hash(wanted text, at timestamptz, address inet)": (
        "TABLE (tenant_id uuid, grant_id uuid, house_id uuid, key_id uuid)",
        f"""SELECT t.tenant_id, g.id, g.grantee_id, k.id FROM access_token t
            JOIN access_grant g ON g.tenant_id = t.tenant_id AND g.id = t.grant_id
            JOIN api_key k ON k.tenant_id = g.grantee_id AND k.id = t.key_id
            WHERE t.token_hash = wanted AND t.expires_at > at AND {LIVE} AND {SERVED}
            AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > at)
            AND (k.addresses = '[]' OR EXISTS (
                SELECT FROM jsonb_array_elements_text(k.addresses) AS network
                WHERE address <<= network::inet))""",
    ),
    "access_invitation_by_hash(wanted text, at timestamptz)": (
        "TABLE (house_id uuid, house_name text, invitation_id uuid, permissions jsonb)",
        """SELECT i.tenant_id, h.name, i.id, i.permissions FROM access_invitation i
           JOIN tenant h ON h.id = i.tenant_id AND h.status = 'active'
           WHERE i.token_hash = wanted AND i.expires_at > at AND i.revoked_at IS NULL
           AND NOT EXISTS (SELECT FROM access_grant g WHERE g.invitation_id = i.id)""",
    ),
    # What a house may know of the tenants that it holds a grant of: no more than this.
    "held_tenants(ids uuid[], at timestamptz)": (
        "TABLE (tenant_id uuid, name text, slug text, status text)",
        f"""SELECT DISTINCT t.id, t.name, t.slug, t.status FROM tenant t
            JOIN access_grant g ON g.tenant_id = t.id
            WHERE {MINE} AND {LIVE} AND t.id = ANY(ids)""",
    ),
    "held_by_slug(wanted text, at timestamptz)": (
        "TABLE (tenant_id uuid, grant_id uuid)",
        f"""SELECT t.id, g.id FROM tenant t JOIN access_grant g ON g.tenant_id = t.id
            WHERE t.slug = wanted AND {MINE} AND {LIVE}""",
    ),
    "held_usage(ids uuid[], since timestamptz, until timestamptz, at timestamptz)": (
        "TABLE (tenant_id uuid, name text, unit text, quantity bigint)",
        f"""SELECT e.tenant_id, e.name, e.unit, sum(e.quantity)::bigint FROM usage_event e
            WHERE e.tenant_id = ANY(ids) AND e.at >= since AND e.at < until
            AND EXISTS (SELECT FROM access_grant g WHERE g.tenant_id = e.tenant_id
                        AND {MINE} AND {LIVE} AND g.permissions ? 'usage:read')
            GROUP BY 1, 2, 3 ORDER BY 1, 2, 3""",
    ),
    "grants_of_visitor(visited uuid, who uuid, at timestamptz)": (
        "TABLE (grant_id uuid, house_id uuid)",
        f"""SELECT g.id, g.grantee_id FROM access_grant g
            WHERE g.tenant_id = visited AND {LIVE} AND {SERVED}
            AND (EXISTS (SELECT FROM membership m
                         WHERE m.tenant_id = g.grantee_id AND m.user_id = who)
                 OR EXISTS (SELECT FROM api_key k WHERE k.tenant_id = g.grantee_id AND k.id = who))
            ORDER BY g.created_at DESC""",
    ),
    "names_of_houses(ids uuid[])": (
        "TABLE (house_id uuid, name text)",
        "SELECT id, name FROM tenant WHERE id = ANY(ids) AND kind <> 'business'",
    ),
    # A tenant knows by name who of the operator opened it, and nobody else of that house.
    "names_of_staff(ids uuid[])": (
        "TABLE (user_id uuid, name text)",
        f"""SELECT u.id, u.name FROM "user" u WHERE u.id = ANY(ids)
            AND EXISTS (SELECT FROM access_grant g WHERE g.tenant_id = {CURRENT_TENANT}
                        AND g.kind = 'operator' AND g.created_by = 'operator:' || u.id)""",
    ),
    # The brand of whoever has looked after the tenant for longest.
    "brand_of_tenant(at timestamptz)": (
        "TABLE (name text, logo_url text, colours jsonb, support_email text,"
        " reply_to text, domain text)",
        f"""SELECT b.name, b.logo_url, b.colours, b.support_email, b.reply_to, b.domain
            FROM access_grant g JOIN branding b ON b.tenant_id = g.grantee_id
            WHERE g.tenant_id = {CURRENT_TENANT} AND g.kind = 'organization' AND {LIVE}
            ORDER BY g.created_at, g.id LIMIT 1""",
    ),
}


def key():
    return ("id", fields.UUIDField(primary_key=True, unique=True, db_index=True))


def owned():
    return [key(), ("tenant_id", fields.UUIDField())]


def moment(null=False):
    return fields.DatetimeField(null=null, auto_now=False, auto_now_add=False)


def words(default=list):
    return fields.JSONField(default=default, encoder=JSON_DUMPS, decoder=loads)


def content():
    return fields.JSONField(encoder=JSON_DUMPS, decoder=loads)


def kind(**more):
    return fields.CharEnumField(description=KINDS, enum_type=TenantKind, max_length=12, **more)


def listed(enum):
    return "\n".join(f"{each.name}: {each.value}" for each in enum)


def model(name, table, description, *columns):
    return ops.CreateModel(
        name=name,
        fields=[*owned(), *columns],
        options={
            "table": table,
            "app": "tenants",
            "pk_attr": "id",
            "table_description": description,
        },
        bases=["TenantModel"],
    )


class Migration(migrations.Migration):
    dependencies = [("tenants", "0006_sso"), ("domain", "0003_audit")]
    operations = [
        ops.AddField(
            model_name="Tenant",
            name="kind",
            field=kind(default=TenantKind.BUSINESS, db_default="business"),
        ),
        ops.AddField(model_name="Tenant", name="status_by", field=kind(null=True)),
        ops.AddField(
            model_name="Tenant",
            name="status_reason",
            field=fields.CharField(default="", db_default="", max_length=300),
        ),
        ops.AlterField(
            model_name="Session",
            name="stage",
            field=fields.CharEnumField(
                default=Stage.OPEN,
                db_default="open",
                description=listed(Stage),
                enum_type=Stage,
                max_length=8,
            ),
        ),
        ops.AddField(model_name="Session", name="grant_id", field=fields.UUIDField(null=True)),
        model(
            "AccessGrant",
            "access_grant",
            "That people of another house may reach this tenant, and what for.",
            ("grantee_id", fields.UUIDField()),
            ("kind", kind()),
            ("permissions", words()),
            ("reason", fields.CharField(default="", max_length=300)),
            ("invitation_id", fields.UUIDField(null=True)),
            ("created_by", fields.CharField(max_length=80)),
            ("created_at", moment()),
            ("expires_at", moment(null=True)),
            ("revoked_at", moment(null=True)),
            ("revoked_by", fields.CharField(default="", max_length=80)),
        ),
        model(
            "AccessInvitation",
            "access_invitation",
            "That a house asks a business for a grant, by a letter. Its token is kept as a hash.",
            ("email", fields.CharField(max_length=254)),
            ("permissions", words()),
            ("token_hash", fields.CharField(null=True, max_length=64)),
            ("created_by", fields.CharField(max_length=80)),
            ("created_at", moment()),
            ("expires_at", moment()),
            ("revoked_at", moment(null=True)),
        ),
        model(
            "AccessToken",
            "access_token",
            "A few minutes at this tenant for a program of another house; kept as a hash.",
            ("grant_id", fields.UUIDField()),
            ("key_id", fields.UUIDField()),
            ("token_hash", fields.CharField(max_length=64)),
            ("created_at", moment()),
            ("expires_at", moment()),
        ),
        model(
            "Branding",
            "branding",
            "How an organisation appears to its tenants; one row, its id the organisation's.",
            ("name", fields.CharField(default="", max_length=100)),
            ("logo_url", fields.CharField(default="", max_length=300)),
            ("colours", words(dict)),
            ("support_email", fields.CharField(default="", max_length=254)),
            ("reply_to", fields.CharField(default="", max_length=254)),
            ("domain", fields.CharField(default="", max_length=253)),
            ("updated_at", moment()),
        ),
        model(
            "TenantTemplate",
            "tenant_template",
            "One version of how a business is to be set up; a version is never changed.",
            ("name", fields.CharField(max_length=60)),
            ("version", fields.IntField()),
            ("content", content()),
            ("created_by", fields.CharField(max_length=80)),
            ("created_at", moment()),
        ),
        model(
            "BulkChange",
            "bulk_change",
            "One change for many tenants: looked at first, then made, tenant by tenant.",
            ("content", content()),
            (
                "status",
                fields.CharEnumField(
                    description=listed(BulkStatus), enum_type=BulkStatus, max_length=12
                ),
            ),
            ("created_by", fields.CharField(max_length=80)),
            ("created_at", moment()),
            ("finished_at", moment(null=True)),
        ),
        model(
            "BulkResult",
            "bulk_result",
            "What a change means, or has done, at one of the tenants.",
            ("change_id", fields.UUIDField()),
            ("target_id", fields.UUIDField()),
            (
                "status",
                fields.CharEnumField(
                    description=listed(ResultStatus), enum_type=ResultStatus, max_length=12
                ),
            ),
            ("changes", words()),
            ("problems", words()),
            ("created_at", moment()),
            ("finished_at", moment(null=True)),
        ),
        model(
            "BreakGlass",
            "break_glass",
            "That somebody of the operator wants, or has had, access to a tenant for some hours.",
            ("target_id", fields.UUIDField()),
            ("grant_id", fields.UUIDField(null=True)),
            ("reason", fields.CharField(max_length=300)),
            ("permissions", words()),
            ("hours", fields.IntField()),
            ("requested_by", fields.CharField(max_length=80)),
            ("requested_at", moment()),
            ("approved_by", fields.CharField(default="", max_length=80)),
            ("opened_at", moment(null=True)),
        ),
        TenantTable(
            "access_grant",
            unique={
                "access_grant_live_key": "grantee_id"
                " WHERE revoked_at IS NULL AND kind = 'organization'"
            },
            checks={"access_grant_above": "kind <> 'business' AND grantee_id <> tenant_id"},
            indexes=("created_at DESC, id DESC",),
        ),
        TenantTable("access_invitation", indexes=("created_at DESC, id DESC",)),
        TenantTable(
            "access_token",
            references={"grant_id": "access_grant"},
            indexes=("expires_at",),
        ),
        TenantTable("branding"),
        TenantTable(
            "tenant_template",
            unique={"tenant_template_version_key": "lower(name), version"},
            indexes=("created_at DESC, id DESC",),
        ),
        TenantTable("bulk_change", indexes=("created_at DESC, id DESC",)),
        TenantTable(
            "bulk_result",
            references={"change_id": "bulk_change:CASCADE"},
            unique={"bulk_result_target_key": "change_id, target_id"},
        ),
        TenantTable("break_glass", indexes=("requested_at DESC, id DESC",)),
        ops.RunSQL(
            [
                "CREATE UNIQUE INDEX tenant_operator_key ON tenant (kind) WHERE kind = 'operator'",
                # Both sides of a grant know of it; only the tenant that gave it may touch it.
                "CREATE POLICY grantee ON access_grant FOR SELECT TO app_rt"
                f" USING (grantee_id = {CURRENT_TENANT})",
                "ALTER TABLE access_grant ADD CONSTRAINT access_grant_grantee_fkey"
                " FOREIGN KEY (grantee_id) REFERENCES tenant (id)",
                "CREATE INDEX access_grant_by_grantee_idx"
                " ON access_grant (grantee_id, created_at DESC, id DESC)",
                "CREATE UNIQUE INDEX access_grant_invitation_key ON access_grant (invitation_id)",
                "CREATE UNIQUE INDEX access_invitation_token_key ON access_invitation (token_hash)",
                "CREATE UNIQUE INDEX access_token_key ON access_token (token_hash)",
                "ALTER TABLE session ADD CONSTRAINT session_grant_id_fkey"
                " FOREIGN KEY (tenant_id, grant_id)"
                " REFERENCES access_grant (tenant_id, id) ON DELETE RESTRICT",
                "ALTER TABLE session ADD CONSTRAINT session_visit"
                " CHECK ((stage = 'visiting') = (grant_id IS NOT NULL))",
                "CREATE INDEX session_by_grant_idx ON session (tenant_id, grant_id)"
                " WHERE grant_id IS NOT NULL",
            ],
            [],
        ),
        *(ops.RunSQL(look_up(name, *answer), []) for name, answer in LOOK_UPS.items()),
    ]
