"""What each member wants to hear, and the daily letters that were written."""

from enum import StrEnum

from tortoise import fields

from domain.personal import DataClass, Personal, labelled
from domain.sealed import SealedField
from domain.tenancy import TenantModel

ACCOUNT = DataClass.ACCOUNT


class News(StrEnum):
    """What there is to hear of."""

    CALLS = "calls"
    CHATS = "chats"
    REPLIES = "replies"
    """What people answer to letters and texts about their visits."""


class NewsPace(StrEnum):
    """When a member has a letter about it."""

    DIGEST = "digest"
    """Once a day, with everything else."""
    IMMEDIATE = "immediate"
    OFF = "off"


class NotificationChoice(TenantModel):
    """What one member wants to hear, and how; who has said nothing has no row."""

    user_id = labelled(fields.UUIDField(), ACCOUNT)
    email: dict[str, str] = labelled(fields.JSONField(default=dict), ACCOUNT)
    """The pace of letters, by kind of news."""
    team_chat: list[str] = labelled(fields.JSONField(default=list), ACCOUNT)
    """The news of which the team's chat tells them by name."""
    push: dict[str, str] = labelled(fields.JSONField(default=dict, db_default={}), ACCOUNT)
    """The pace of pushes to their devices, by kind of news."""
    # Whether pushes say who it was and what about; a locked screen shows them to everybody.
    push_details = labelled(fields.BooleanField(default=False, db_default=False), ACCOUNT)
    # Minutes since midnight, where the business is; equal ones mean that no hour is quiet.
    quiet_from = labelled(fields.IntField(default=0), ACCOUNT)
    quiet_until = labelled(fields.IntField(default=0), ACCOUNT)
    updated_at = labelled(fields.DatetimeField(), DataClass.NONE)

    personal = Personal(subject="user_id", clock="updated_at")

    class Meta:
        table = "notification_choice"


class PushDevice(TenantModel):
    """A browser of a member in which pushes arrive."""

    user_id = labelled(fields.UUIDField(), ACCOUNT)
    label = labelled(fields.CharField(max_length=60), ACCOUNT)
    # What the browser gave: an address at its maker's service, and keys.
    subscription = labelled(SealedField(), DataClass.CREDENTIAL)
    endpoint_index = labelled(fields.CharField(max_length=64), DataClass.CREDENTIAL)
    # What a tap opens; {id} is that of the conversation or visit.
    opens = labelled(fields.CharField(max_length=500, default=""), ACCOUNT)
    problem = labelled(fields.CharField(max_length=20, default=""), DataClass.NONE)
    """Why the service of the browser did not take the last push."""
    subscribed_at = labelled(fields.DatetimeField(), ACCOUNT)
    told_at = labelled(fields.DatetimeField(null=True), ACCOUNT)
    """When it last took one."""

    personal = Personal(subject="user_id", clock="subscribed_at")
    sealed_by = "tenant_id"
    # A subscription is good for the key of one deployment.
    stays_here = True

    class Meta:
        table = "push_device"


class DigestTime(TenantModel):
    """At which minute of the day a business has its daily letters; its id is the tenant's."""

    minute = labelled(fields.IntField(), DataClass.BUSINESS)
    updated_at = labelled(fields.DatetimeField(), DataClass.NONE)

    class Meta:
        table = "digest_time"


class DigestState(StrEnum):
    """How far a daily letter is."""

    EMPTY = "empty"
    """Nothing had happened: there was no letter."""
    SENDING = "sending"
    SENT = "sent"


class Digest(TenantModel):
    """One daily letter to one member, and what it covers."""

    user_id = labelled(fields.UUIDField(), ACCOUNT)
    day = labelled(fields.DateField(), DataClass.NONE)
    since = labelled(fields.DatetimeField(), DataClass.NONE)
    until = labelled(fields.DatetimeField(), DataClass.NONE)
    state = labelled(fields.CharEnumField(DigestState, max_length=8), DataClass.NONE)

    personal = Personal(subject="user_id", clock="until")

    class Meta:
        table = "digest"
