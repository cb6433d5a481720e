"""Which calendar is whose, when they are busy there, and what of ours stands in it."""

from tortoise import fields

from domain.personal import DataClass, Personal, labelled
from domain.tenancy import Reference, TenantModel

NONE = DataClass.NONE


class CalendarLink(TenantModel):
    """That a calendar elsewhere is that of a member of staff, a room or a thing."""

    resource_id = labelled(fields.UUIDField(), NONE)
    # The plugin that speaks to it, and the account there where it may have several.
    plugin = labelled(fields.CharField(max_length=60), NONE)
    connection_id = labelled(fields.UUIDField(null=True), NONE)
    calendar = labelled(fields.CharField(max_length=500), DataClass.BUSINESS)
    title = labelled(fields.CharField(max_length=200), DataClass.BUSINESS)
    reads = labelled(fields.BooleanField(default=True), NONE)
    writes = labelled(fields.BooleanField(default=True), NONE)
    sync_token = labelled(fields.TextField(default=""), NONE)
    # Up to when its times are known, and when they were last seen to be right.
    known_until = labelled(fields.DatetimeField(null=True), NONE)
    checked_at = labelled(fields.DatetimeField(null=True), NONE)
    failing_since = labelled(fields.DatetimeField(null=True), NONE)
    failure = labelled(fields.CharField(max_length=60, default=""), NONE)
    # Until when its service wants to be left alone.
    rests_until = labelled(fields.DatetimeField(null=True), NONE)
    created_at = labelled(fields.DatetimeField(), NONE)
    updated_at = labelled(fields.DatetimeField(), NONE)

    references = {"resource_id": Reference("resource", "CASCADE")}
    stays_here = True

    class Meta:
        table = "calendar_link"


class CalendarWatch(TenantModel):
    """That a service tells us of changes of a calendar, and how we know that it is the service.

    It outlives the link: whoever takes a calendar off has the service told to stop.
    """

    plugin = labelled(fields.CharField(max_length=60), NONE)
    link_id = labelled(fields.UUIDField(), NONE)
    connection_id = labelled(fields.UUIDField(null=True), NONE)
    channel = labelled(fields.CharField(max_length=200), NONE)
    thing = labelled(fields.CharField(max_length=500, default=""), NONE)
    secret_hash = labelled(fields.CharField(max_length=64), DataClass.CREDENTIAL)
    ends_at = labelled(fields.DatetimeField(), NONE)
    created_at = labelled(fields.DatetimeField(), NONE)

    stays_here = True

    class Meta:
        table = "calendar_watch"


class BusyTime(TenantModel):
    """A stretch of time that is taken elsewhere: not by what or by whom."""

    link_id = labelled(fields.UUIDField(), NONE)
    resource_id = labelled(fields.UUIDField(), NONE)
    starts_at = labelled(fields.DatetimeField(), DataClass.BUSINESS)
    ends_at = labelled(fields.DatetimeField(), DataClass.BUSINESS)

    references = {
        "link_id": Reference("calendar_link", "CASCADE"),
        "resource_id": Reference("resource", "CASCADE"),
    }
    stays_here = True

    class Meta:
        table = "busy_time"


class CalendarEntry(TenantModel):
    """A visit of ours that stands in a calendar elsewhere."""

    appointment_id = labelled(fields.UUIDField(), NONE)
    link_id = labelled(fields.UUIDField(), NONE)
    address = labelled(fields.CharField(max_length=1000), NONE)
    tag = labelled(fields.CharField(max_length=300, default=""), NONE)
    starts_at = labelled(fields.DatetimeField(), DataClass.APPOINTMENT)
    ends_at = labelled(fields.DatetimeField(), DataClass.APPOINTMENT)
    written_at = labelled(fields.DatetimeField(), NONE)

    personal = Personal(subject="appointment_id.contact_id", clock="starts_at")
    references = {
        "appointment_id": Reference("appointment", "CASCADE"),
        "link_id": Reference("calendar_link", "CASCADE"),
    }
    stays_here = True

    class Meta:
        table = "calendar_entry"


class CalendarFeed(TenantModel):
    """That the visits of a resource can be read under a link."""

    resource_id = labelled(fields.UUIDField(), NONE)
    opened_by = labelled(fields.CharField(max_length=120), DataClass.AUDIT)
    created_at = labelled(fields.DatetimeField(), NONE)

    references = {"resource_id": Reference("resource", "CASCADE")}
    stays_here = True

    class Meta:
        table = "calendar_feed"
