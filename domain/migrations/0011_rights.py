"""The rights desk: requests, codes and choices; archives, and contacts that are only kept."""

from orjson import loads
from tortoise import fields, migrations
from tortoise.fields.data import JSON_DUMPS
from tortoise.migrations import operations as ops

from domain.archives.models import ArchiveState, Whose
from domain.privacy.purposes import Purpose
from domain.rights.kinds import Intake, Means, Party, Refusal, RequestKind, RequestState
from domain.sealed import SealedField
from domain.tenant_tables import TenantTable


def moment(null=False):
    return fields.DatetimeField(null=null, auto_now=False, auto_now_add=False)


def named(kind, longest, null=False):
    description = "\n".join(f"{each.name}: {each.value}" for each in kind)
    return fields.CharEnumField(
        description=description, enum_type=kind, max_length=longest, null=null
    )


def listed(**more):
    return fields.JSONField(encoder=JSON_DUMPS, decoder=loads, **more)


def model(name, table, description, columns):
    own = [
        ("id", fields.UUIDField(primary_key=True, unique=True, db_index=True)),
        ("tenant_id", fields.UUIDField()),
    ]
    return ops.CreateModel(
        name=name,
        fields=[*own, *columns],
        options={
            "table": table,
            "app": "domain",
            "pk_attr": "id",
            "table_description": description,
        },
        bases=["TenantModel"],
    )


class Migration(migrations.Migration):
    dependencies = [("domain", "0010_retention")]
    operations = [
        ops.AddField(model_name="Contact", name="restricted_at", field=moment(null=True)),
        model(
            "PrivacyRequest",
            "privacy_request",
            "Somebody makes use of a right they have in their data.",
            [
                ("kind", named(RequestKind, 24)),
                ("party", named(Party, 8)),
                ("state", named(RequestState, 12)),
                ("intake", named(Intake, 8)),
                ("contact_id", fields.UUIDField(null=True)),
                ("user_id", fields.UUIDField(null=True)),
                ("conversation_id", fields.UUIDField(null=True)),
                ("name", SealedField(null=True)),
                ("email", SealedField(null=True)),
                ("phone", SealedField(null=True)),
                ("place", fields.CharField(null=True, max_length=8)),
                ("words", SealedField(null=True)),
                ("changes", SealedField(null=True)),
                ("reason", SealedField(null=True)),
                ("refusal", named(Refusal, 16, null=True)),
                ("verified_by", named(Means, 10, null=True)),
                ("assignee_id", fields.UUIDField(null=True)),
                ("instructed_by", fields.CharField(default="", max_length=120)),
                ("received_at", moment()),
                ("confirmed_at", moment(null=True)),
                ("verified_at", moment(null=True)),
                ("extended_at", moment(null=True)),
                ("instructed_at", moment(null=True)),
                ("due_at", moment()),
                ("closed_at", moment(null=True)),
            ],
        ),
        TenantTable(
            "privacy_request",
            references={
                "contact_id": "contact:SET NULL",
                "conversation_id": "conversation:SET NULL",
            },
            indexes=(
                "received_at DESC, id DESC",
                "due_at, id WHERE closed_at IS NULL",
                "contact_id",
                "user_id",
                "conversation_id",
            ),
        ),
        model(
            "VerificationCode",
            "verification_code",
            "A code that was sent to the address on file; what is kept of it tells nobody the"
            " code.",
            [
                ("request_id", fields.UUIDField()),
                ("means", named(Means, 10)),
                ("code_hash", fields.CharField(null=True, max_length=64)),
                ("attempts", fields.IntField(default=0)),
                ("created_at", moment()),
                ("expires_at", moment()),
                ("used_at", moment(null=True)),
            ],
        ),
        TenantTable(
            "verification_code",
            references={"request_id": "privacy_request:CASCADE"},
            indexes=("request_id, created_at DESC",),
        ),
        model(
            "PrivacyChoice",
            "privacy_choice",
            "Something a person does not want; it is heeded until they say otherwise.",
            [
                ("contact_id", fields.UUIDField()),
                ("kind", named(RequestKind, 24)),
                ("purpose", named(Purpose, 24, null=True)),
                ("request_id", fields.UUIDField(null=True)),
                ("made_at", moment()),
                ("ask_again_at", moment()),
                ("ended_at", moment(null=True)),
            ],
        ),
        TenantTable(
            "privacy_choice",
            references={
                "contact_id": "contact:CASCADE",
                "request_id": "privacy_request:SET NULL",
            },
            unique={
                "privacy_choice_key": "contact_id, kind, (coalesce(purpose, ''))"
                " WHERE ended_at IS NULL"
            },
            indexes=("request_id",),
        ),
        model(
            "Archive",
            "archive",
            "Everything of one person, or of the business, in pieces sealed under a key of their"
            " own.",
            [
                ("whose", named(Whose, 8)),
                ("subject_id", fields.UUIDField()),
                ("privacy_request_id", fields.UUIDField(null=True)),
                ("state", named(ArchiveState, 12)),
                ("requested_by", fields.CharField(max_length=120)),
                ("chapters", listed()),
                ("cursor", listed(default=dict)),
                ("rows", listed(default=dict)),
                ("parts", fields.IntField(default=0)),
                ("bytes", fields.BigIntField(default=0)),
                ("secret", SealedField(null=True)),
                ("link_hash", fields.CharField(null=True, max_length=64)),
                ("link_expires_at", moment(null=True)),
                ("created_at", moment()),
                ("finished_at", moment(null=True)),
                ("collected_at", moment(null=True)),
                ("expires_at", moment()),
            ],
        ),
        TenantTable(
            "archive",
            unique={"archive_running_key": "whose, subject_id WHERE state = 'running'"},
            indexes=("created_at DESC, id DESC", "privacy_request_id"),
        ),
        model(
            "ArchivePart",
            "archive_part",
            "One piece of one file of an archive; a file is its pieces in the order of their"
            " numbers.",
            [
                ("archive_id", fields.UUIDField()),
                ("number", fields.IntField()),
                ("path", fields.CharField(max_length=120)),
                ("size", fields.IntField()),
            ],
        ),
        TenantTable(
            "archive_part",
            references={"archive_id": "archive:CASCADE"},
            unique={"archive_part_key": "archive_id, number"},
        ),
    ]
