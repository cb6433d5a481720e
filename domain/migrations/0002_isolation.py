"""Keys, references, row-level security, partitions and the constraints that carry a promise."""

from tortoise import migrations
from tortoise.migrations import operations as ops

from domain.tenant_tables import PartitionedTenantTable, TenantTable, share

# Buffers are inside the occupied time, so two appointments of one chair can never overlap.
NO_DOUBLE_BOOKING = """
ALTER TABLE reservation ADD CONSTRAINT no_double_booking EXCLUDE USING gist (
    tenant_id WITH =, resource_id WITH =, unit WITH =,
    tstzrange(occupied_from, occupied_until) WITH &&)
"""

# Months are bounds on the time inside a uuidv7: its first 48 bits are milliseconds.
ENSURE_PARTITIONS = """
CREATE FUNCTION ensure_partitions(parent text, at timestamptz, months int) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    first timestamptz;
    made int := 0;
    child text;
BEGIN
    FOR ahead IN 0..months LOOP
        first := date_trunc('month', at AT TIME ZONE 'UTC') AT TIME ZONE 'UTC'
                 + make_interval(months => ahead);
        child := parent || to_char(first AT TIME ZONE 'UTC', '_YYYYMM');
        IF to_regclass('public.' || child) IS NULL THEN
            EXECUTE format('CREATE TABLE public.%I PARTITION OF public.%I FOR VALUES FROM (%L) TO (%L)',
                           child, parent, month_bound(first),
                           month_bound(first + interval '1 month'));
            made := made + 1;
        END IF;
    END LOOP;
    RETURN made;
END $$
"""
MONTH_BOUND = """
CREATE FUNCTION month_bound(first timestamptz) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
    SELECT (lpad(to_hex((extract(epoch FROM first) * 1000)::bigint), 12, '0')
            || '00000000000000000000')::uuid
$$
"""
TENANT_OF_NUMBER = """
CREATE FUNCTION tenant_of_number(wanted text)
RETURNS TABLE (tenant_id uuid, phone_number_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT tenant_id, id FROM phone_number WHERE e164 = wanted
$$
"""
READ_AND_ADD = "SELECT, INSERT"


class Migration(migrations.Migration):
    dependencies = [("domain", "0001_initial"), ("tenants", "0002_isolation")]
    operations = [
        ops.RunSQL(["CREATE EXTENSION IF NOT EXISTS btree_gist"], []),
        TenantTable("location", unique={"location_default_key": "is_default WHERE is_default"}),
        TenantTable("service", unique={"service_name_key": "name"}),
        TenantTable(
            "resource",
            references={"location_id": "location"},
            unique={"resource_name_key": "name"},
            checks={"resource_capacity": "capacity BETWEEN 1 AND 1000"},
        ),
        TenantTable(
            "service_resource",
            references={"service_id": "service:CASCADE", "resource_id": "resource:CASCADE"},
            unique={"service_resource_key": "service_id, resource_id"},
        ),
        TenantTable(
            "closure",
            references={"location_id": "location:CASCADE", "resource_id": "resource:CASCADE"},
            checks={"closure_days": "ends_on >= starts_on"},
        ),
        TenantTable("intake"),
        TenantTable("calling_rules"),
        TenantTable(
            "receptionist_version",
            unique={"receptionist_version_key": "number"},
            rights=READ_AND_ADD,
        ),
        TenantTable("phone_number", references={"location_id": "location:SET NULL"}),
        ops.RunSQL(
            [
                "CREATE UNIQUE INDEX phone_number_e164_key ON phone_number (e164)",
                TENANT_OF_NUMBER,
                "REVOKE ALL ON FUNCTION tenant_of_number(text) FROM PUBLIC",
                "GRANT EXECUTE ON FUNCTION tenant_of_number(text) TO app_rt, app_system",
                "GRANT CREATE ON SCHEMA public TO app_system",
                "ALTER FUNCTION tenant_of_number(text) OWNER TO app_system",
                "REVOKE CREATE ON SCHEMA public FROM app_system",
            ],
            [],
        ),
        TenantTable(
            "contact",
            unique={
                "contact_phone_key": "phone_index WHERE phone_index IS NOT NULL",
                "contact_email_key": "email_index WHERE email_index IS NOT NULL",
            },
            indexes=("last_seen_at DESC, id DESC",),
        ),
        TenantTable("listed_number", unique={"listed_number_key": "phone_index"}),
        TenantTable(
            "conversation",
            references={
                "contact_id": "contact:SET NULL",
                "receptionist_version_id": "receptionist_version",
            },
            indexes=("started_at DESC, id DESC", "contact_id"),
        ),
        PartitionedTenantTable(
            "turn",
            references={"conversation_id": "conversation:CASCADE"},
            indexes=("conversation_id, position",),
        ),
        TenantTable(
            "intake_answer",
            references={"conversation_id": "conversation:CASCADE", "intake_id": "intake:CASCADE"},
            unique={"intake_answer_key": "conversation_id, intake_id, question"},
        ),
        TenantTable(
            "call",
            references={
                "conversation_id": "conversation:CASCADE",
                "phone_number_id": "phone_number:SET NULL",
                "location_id": "location:SET NULL",
            },
            unique={
                "call_conversation_key": "conversation_id",
                "call_carrier_key": "carrier, carrier_call_id",
            },
            indexes=("ringing_at DESC, id DESC", "caller_index"),
        ),
        PartitionedTenantTable(
            "call_event", references={"call_id": "call:CASCADE"}, indexes=("call_id, id",)
        ),
        TenantTable(
            "recording",
            references={"call_id": "call:CASCADE", "conversation_id": "conversation:CASCADE"},
            unique={"recording_call_key": "call_id"},
            # Nothing is deleted without a trace of who did it, and when.
            checks={
                "recording_deletion": "(state = 'deleted')"
                " = (deleted_at IS NOT NULL AND deleted_by <> '')"
            },
        ),
        TenantTable("recording_listen", indexes=("recording_id, at",), rights=READ_AND_ADD),
        TenantTable(
            "message",
            references={
                "contact_id": "contact:SET NULL",
                "conversation_id": "conversation:CASCADE",
            },
            unique={"message_intent_key": "conversation_id, intent_key"},
            indexes=("left_at DESC, id DESC",),
        ),
        TenantTable(
            "lead",
            references={
                "contact_id": "contact:CASCADE",
                "conversation_id": "conversation:SET NULL",
            },
            unique={"lead_intent_key": "conversation_id, intent_key"},
            indexes=("created_at DESC, id DESC",),
        ),
        TenantTable(
            "appointment",
            references={
                "contact_id": "contact:CASCADE",
                "conversation_id": "conversation:SET NULL",
                "location_id": "location",
                "service_id": "service",
            },
            unique={"appointment_intent_key": "conversation_id, intent_key"},
            checks={"appointment_times": "ends_at > starts_at"},
            indexes=("starts_at, id", "contact_id", "created_at"),
        ),
        TenantTable(
            "reservation",
            references={"appointment_id": "appointment:CASCADE", "resource_id": "resource"},
            checks={"reservation_times": "occupied_until > occupied_from"},
            indexes=("appointment_id",),
        ),
        ops.RunSQL([NO_DOUBLE_BOOKING], []),
        TenantTable(
            "offer",
            references={
                "conversation_id": "conversation:CASCADE",
                "service_id": "service:CASCADE",
                "location_id": "location:CASCADE",
                "resource_id": "resource:CASCADE",
            },
            indexes=("conversation_id",),
        ),
        TenantTable("knowledge_item", references={"location_id": "location:CASCADE"}),
        TenantTable("transfer_target", references={"location_id": "location:CASCADE"}),
        TenantTable(
            "transfer",
            references={
                "call_id": "call:CASCADE",
                "conversation_id": "conversation:CASCADE",
                "target_id": "transfer_target:SET NULL",
            },
            indexes=("call_id",),
        ),
        TenantTable("support_ticket", indexes=("created_at DESC, id DESC",)),
        TenantTable(
            "feedback",
            references={"conversation_id": "conversation:CASCADE"},
            unique={"feedback_key": "conversation_id, given_by"},
            checks={"feedback_rating": "rating BETWEEN 1 AND 5"},
        ),
        TenantTable(
            "usage_event",
            references={"conversation_id": "conversation:SET NULL"},
            indexes=("at DESC, id DESC",),
        ),
        TenantTable("idempotency_record", unique={"idempotency_record_key": "actor, key"}),
        TenantTable(
            "outbox",
            unique={"outbox_timer_key": "key WHERE kind = 'timer' AND done_at IS NULL"},
            indexes=("key, sequence",),
        ),
        ops.RunSQL(["CREATE INDEX outbox_due_idx ON outbox (due_at) WHERE done_at IS NULL"], []),
        TenantTable("event_sequence"),
        ops.RunSQL(
            [
                "CREATE UNIQUE INDEX inbox_key ON inbox (source, external_id)",
                "CREATE INDEX inbox_waiting_idx ON inbox (received_at) WHERE handled_at IS NULL",
                *share("inbox", "SELECT, INSERT, UPDATE"),
                MONTH_BOUND,
                ENSURE_PARTITIONS,
                "REVOKE ALL ON FUNCTION ensure_partitions(text, timestamptz, int) FROM PUBLIC",
                "GRANT EXECUTE ON FUNCTION ensure_partitions(text, timestamptz, int) TO app_system",
            ],
            [],
        ),
    ]
