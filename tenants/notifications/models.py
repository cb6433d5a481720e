"""What each member wants to hear, and the daily letters that were written."""

from enum import StrEnum

from tortoise import fields

from domain.personal import DataClass, Personal, labelled
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
    # Minutes since midnight, where the business is; equal ones mean that no hour is quiet.
    quiet_from = labelled(fields.IntField(default=0), ACCOUNT)
    quiet_until = labelled(fields.IntField(default=0), ACCOUNT)
    updated_at = labelled(fields.DatetimeField(), DataClass.NONE)

    personal = Personal(subject="user_id", clock="updated_at")

    class Meta:
        table = "notification_choice"


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
