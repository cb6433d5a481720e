"""People prove their addresses and themselves; sessions know how they stand."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from domain.tenant_tables import TenantTable, isolated_by_membership, look_up, share
from tenants.models import LetterPurpose, Stage

# In place of those of 0002: they answer with more.
GONE = (
    "DROP FUNCTION credentials_by_email(text)",
    "DROP FUNCTION session_by_hash(text, timestamptz)",
)
ENROLLED = """(EXISTS (SELECT FROM authenticator a
                       WHERE a.user_id = {who} AND a.confirmed_at IS NOT NULL)
              OR EXISTS (SELECT FROM passkey p WHERE p.user_id = {who}))"""
GOOD = """s.revoked_at IS NULL AND s.expires_at > at AND s.idle_until > at
          AND u.generation = s.generation AND u.disabled_at IS NULL"""
LOOK_UPS = {
    # Where somebody signs in from is looked up even if nobody is known by that address.
    "credentials_by_email(wanted text, place text, thing text)": (
        "TABLE (user_id uuid, password_hash text, generation int, verified boolean,"
        " known_network boolean, known_device boolean)",
        """SELECT u.id, u.password_hash, u.generation, u.verified_at IS NOT NULL,
                  EXISTS (SELECT FROM session s WHERE s.user_id = u.id AND s.stage = 'open'
                          AND s.network = place),
                  EXISTS (SELECT FROM session s WHERE s.user_id = u.id AND s.stage = 'open'
                          AND s.network = place AND s.device = thing)
           FROM "user" u WHERE u.email = lower(wanted) AND u.disabled_at IS NULL""",
    ),
    "session_by_hash(wanted text, at timestamptz)": (
        "TABLE (tenant_id uuid, session_id uuid, user_id uuid, stage text, seen_at timestamptz,"
        " proved_at timestamptz, enrolled boolean)",
        f"""SELECT s.tenant_id, s.id, s.user_id, s.stage, s.seen_at, s.proved_at,
                   {ENROLLED.format(who="s.user_id")}
            FROM session s JOIN "user" u ON u.id = s.user_id
            JOIN membership m ON m.tenant_id = s.tenant_id AND m.user_id = s.user_id
            WHERE s.token_hash = wanted AND {GOOD}""",
    ),
    "sessions_of_user(person uuid, at timestamptz)": (
        "TABLE (tenant_id uuid, session_id uuid, tenant_name text, device text, network text,"
        " created_at timestamptz, seen_at timestamptz, expires_at timestamptz)",
        f"""SELECT s.tenant_id, s.id, t.name, s.device, s.network, s.created_at, s.seen_at,
                   least(s.expires_at, s.idle_until)
            FROM session s JOIN "user" u ON u.id = s.user_id
            JOIN membership m ON m.tenant_id = s.tenant_id AND m.user_id = s.user_id
            JOIN tenant t ON t.id = s.tenant_id
            WHERE s.user_id = person AND s.stage = 'open' AND {GOOD}
            ORDER BY s.created_at DESC, s.id DESC LIMIT 100""",
    ),
    "tenants_of_user(person uuid)": (
        "TABLE (tenant_id uuid, name text, slug text, status text)",
        """SELECT t.id, t.name, t.slug, t.status FROM membership m
           JOIN tenant t ON t.id = m.tenant_id WHERE m.user_id = person
           ORDER BY m.created_at, t.id""",
    ),
    "letter_by_hash(wanted text, at timestamptz)": (
        "TABLE (tenant_id uuid, letter_id uuid, user_id uuid, purpose text, email text,"
        " name text, password_hash text)",
        """SELECT l.tenant_id, l.id, l.user_id, l.purpose, u.email, u.name, u.password_hash
           FROM account_letter l JOIN "user" u ON u.id = l.user_id AND u.disabled_at IS NULL
           WHERE l.token_hash = wanted AND l.used_at IS NULL AND l.expires_at > at""",
    ),
}


class Migration(migrations.Migration):
    dependencies = [("tenants", "0002_isolation")]
    operations = [
        ops.AddField(
            model_name="Tenant",
            name="mfa_required",
            field=fields.BooleanField(default=False, db_default=False),
        ),
        ops.AddField(
            model_name="User",
            name="verified_at",
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        ops.AddField(
            model_name="User", name="generation", field=fields.IntField(default=0, db_default=0)
        ),
        ops.AddField(
            model_name="Session",
            name="stage",
            field=fields.CharEnumField(
                default=Stage.OPEN,
                db_default="open",
                description="OPEN: open\nPENDING: pending",
                enum_type=Stage,
                max_length=8,
            ),
        ),
        ops.AddField(
            model_name="Session",
            name="generation",
            field=fields.IntField(default=0, db_default=0),
        ),
        *(
            ops.AddField(
                model_name="Session",
                name=name,
                field=fields.CharField(default="", db_default="", max_length=60),
            )
            for name in ("device", "network")
        ),
        *(
            ops.AddField(
                model_name="Session",
                name=name,
                field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
            )
            for name in ("seen_at", "proved_at", "challenge_until", "idle_until")
        ),
        ops.AddField(model_name="Session", name="challenge", field=fields.BinaryField(null=True)),
        ops.CreateModel(
            name="AccountLetter",
            fields=[
                ("id", fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ("tenant_id", fields.UUIDField()),
                ("user_id", fields.UUIDField()),
                (
                    "purpose",
                    fields.CharEnumField(
                        description="ALREADY_KNOWN: already_known\nRESET_PASSWORD: reset_password\nVERIFY_EMAIL: verify_email",
                        enum_type=LetterPurpose,
                        max_length=16,
                    ),
                ),
                ("token_hash", fields.CharField(null=True, max_length=64)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("expires_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("used_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "account_letter",
                "app": "tenants",
                "pk_attr": "id",
                "table_description": "A letter to a user; the token in it works once. Its hash is known when it is sent.",
            },
            bases=["TenantModel"],
        ),
        ops.CreateModel(
            name="Authenticator",
            fields=[
                ("id", fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ("user_id", fields.UUIDField()),
                ("secret", fields.BinaryField()),
                ("last_step", fields.BigIntField(default=0)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                (
                    "confirmed_at",
                    fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
                ),
            ],
            options={
                "table": "authenticator",
                "app": "tenants",
                "pk_attr": "id",
                "table_description": "A user's authenticator app: time-based one-time passwords (RFC 6238).",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Passkey",
            fields=[
                ("id", fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ("user_id", fields.UUIDField()),
                ("name", fields.CharField(max_length=60)),
                ("credential_id", fields.BinaryField()),
                ("public_key", fields.BinaryField()),
                ("sign_count", fields.BigIntField(default=0)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("used_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "passkey",
                "app": "tenants",
                "pk_attr": "id",
                "table_description": "A key pair of a user (WebAuthn): we hold the public half.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="RecoveryCode",
            fields=[
                ("id", fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ("user_id", fields.UUIDField()),
                ("code_hash", fields.CharField(max_length=64)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("used_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "recovery_code",
                "app": "tenants",
                "pk_attr": "id",
                "table_description": "One of the codes that stand in for a lost second factor; each works once.",
            },
            bases=["Model"],
        ),
        TenantTable("account_letter", indexes=("user_id",)),
        ops.RunSQL(
            [
                # Whoever was there before has been using their address.
                'UPDATE "user" SET verified_at = created_at',
                "UPDATE session SET seen_at = created_at, proved_at = created_at,"
                " idle_until = expires_at",
                "CREATE UNIQUE INDEX account_letter_token_key ON account_letter (token_hash)",
                "ALTER TABLE account_letter ADD CONSTRAINT account_letter_user_fkey"
                ' FOREIGN KEY (user_id) REFERENCES "user" (id) ON DELETE CASCADE',
                # Whoever signs up opens a business and its first owner: a tenant may add itself,
                # and a person whom nobody sees until they are its member.
                "GRANT INSERT ON tenant TO app_rt",
                'CREATE POLICY newcomers ON "user" FOR INSERT TO app_rt WITH CHECK (true)',
                'GRANT INSERT ON "user" TO app_rt',
                *(
                    statement
                    for table in ("authenticator", "passkey", "recovery_code")
                    for statement in (
                        f"ALTER TABLE {table} ADD CONSTRAINT {table}_user_fkey"
                        ' FOREIGN KEY (user_id) REFERENCES "user" (id) ON DELETE CASCADE',
                        *isolated_by_membership(table),
                        *share(table, "SELECT, INSERT, UPDATE, DELETE"),
                    )
                ),
                "CREATE UNIQUE INDEX authenticator_user_key ON authenticator (user_id)",
                "CREATE UNIQUE INDEX passkey_credential_key ON passkey (credential_id)",
                "CREATE INDEX passkey_by_user_idx ON passkey (user_id)",
                "CREATE UNIQUE INDEX recovery_code_key ON recovery_code (user_id, code_hash)",
                # Where somebody has been before is asked over all tenants.
                "CREATE INDEX session_by_user_idx ON session (user_id)",
                *GONE,
            ],
            [],
        ),
        *(ops.RunSQL(look_up(name, *answer), []) for name, answer in LOOK_UPS.items()),
    ]
