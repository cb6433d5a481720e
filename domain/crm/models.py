"""What of ours stands in customer files elsewhere, and how each of those files does."""

from enum import StrEnum

from tortoise import fields

from domain.crm.ports import Kind
from domain.personal import DataClass, labelled
from domain.tenancy import TenantModel

NONE = DataClass.NONE


class CrmRecord(TenantModel):
    """That something of ours stands elsewhere, under which record. It holds ids and nothing else.

    It stays when the person is erased here, until the record there is deleted too: nothing else
    would tell which one it is (GDPR, Art. 17(2) and 19).
    """

    plugin = labelled(fields.CharField(max_length=60), NONE)
    kind = labelled(fields.CharEnumField(Kind, max_length=8), NONE)
    # The contact, call, lead or message.
    thing_id = labelled(fields.UUIDField(), NONE)
    about_id = labelled(fields.UUIDField(null=True), NONE)
    record = labelled(fields.CharField(max_length=100), NONE)
    written_at = labelled(fields.DatetimeField(), NONE)
    # When something was taken over from there: what follows from that here is no news there.
    taken_at = labelled(fields.DatetimeField(null=True), NONE)

    stays_here = True

    class Meta:
        table = "crm_record"


class Filling(StrEnum):
    """Whether everybody who is known here is being put on file there."""

    NONE = "none"
    RUNNING = "running"
    STOPPED = "stopped"
    """By somebody, or because a field is missing; it goes on from where it was."""
    DONE = "done"


class CrmFile(TenantModel):
    """One customer file of a business: how far it is filled, and how far it is read."""

    plugin = labelled(fields.CharField(max_length=60), NONE)
    # The fields that something is mapped to and that are not there, or take no words.
    missing: list[str] = labelled(fields.JSONField(default=list), NONE)
    compared_at = labelled(fields.DatetimeField(null=True), NONE)
    failure = labelled(fields.CharField(max_length=60, default=""), NONE)
    failing_since = labelled(fields.DatetimeField(null=True), NONE)
    # How far changes there were read: everything before, and these records at that moment.
    read_until = labelled(fields.DatetimeField(null=True), NONE)
    read_records: list[str] = labelled(fields.JSONField(default=list), NONE)
    taken_over = labelled(fields.IntField(default=0), NONE)
    # What it has told of changes of late, by its own ids: each is heeded once.
    heard: list[str] = labelled(fields.JSONField(default=list, db_default=[]), NONE)
    filling = labelled(fields.CharEnumField(Filling, max_length=8, default=Filling.NONE), NONE)
    # The contact that was put on file last; they go by their ids.
    filled_to = labelled(fields.UUIDField(null=True), NONE)
    fill_total = labelled(fields.IntField(default=0), NONE)
    fill_done = labelled(fields.IntField(default=0), NONE)
    fill_refused = labelled(fields.IntField(default=0), NONE)
    # Whether calls of the past are noted there, too, and the one that was noted last.
    fill_calls = labelled(fields.BooleanField(default=False, db_default=False), NONE)
    calls_to = labelled(fields.UUIDField(null=True), NONE)
    calls_total = labelled(fields.IntField(default=0, db_default=0), NONE)
    calls_done = labelled(fields.IntField(default=0, db_default=0), NONE)
    calls_refused = labelled(fields.IntField(default=0, db_default=0), NONE)
    fill_begun_at = labelled(fields.DatetimeField(null=True), NONE)
    fill_moved_at = labelled(fields.DatetimeField(null=True), NONE)

    stays_here = True

    class Meta:
        table = "crm_file"
