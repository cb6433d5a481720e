"""Who hears of something now, later or not at all: pure decisions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from domain.reminders.rules import Quiet, time_of
from tenants.models import Role
from tenants.notifications.models import News, NewsPace, NotificationChoice

NO_HOUR = Quiet(0, 0)
# What somebody needs to be allowed, to be written to about what people said.
NEEDED = frozenset({"conversations:read", "messages:read"})


# Whoever lets a device be pushed to wants to hear at once, unless they say otherwise.
PUSHED_AT_ONCE = dict.fromkeys(News, NewsPace.IMMEDIATE)


@dataclass(frozen=True)
class Choices:
    """What one member wants to hear, and how."""

    email: Mapping[News, NewsPace]
    team_chat: frozenset[News] = frozenset()
    quiet: Quiet = field(default=NO_HOUR)
    push: Mapping[News, NewsPace] = field(default_factory=lambda: PUSHED_AT_ONCE)
    push_details: bool = False

    @property
    def has_digest(self) -> bool:
        """Whether they have a daily letter, or a push in its place."""
        return NewsPace.DIGEST in (*self.email.values(), *self.push.values())


def choices_of(row: NotificationChoice | None, role: Role) -> Choices:
    """What a member has said; who has not hears of everything as an owner, else of nothing."""
    usual = NewsPace.IMMEDIATE if role is Role.OWNER else NewsPace.OFF
    email = dict.fromkeys(News, usual)
    if row is None:
        return Choices(email)
    email |= {News(news): NewsPace(pace) for news, pace in row.email.items()}
    return Choices(
        email,
        frozenset(map(News, row.team_chat)),
        Quiet(row.quiet_from, row.quiet_until),
        PUSHED_AT_ONCE | {News(news): NewsPace(pace) for news, pace in row.push.items()},
        row.push_details,
    )


def quiet_ends(quiet: Quiet, zone: str, now: datetime) -> datetime | None:
    """When somebody may be written to again; None if they may now."""
    if not quiet.holds(now.astimezone(ZoneInfo(zone)).time()):
        return None
    return next_time(quiet.ends, zone, now)


def next_time(minute: int, zone: str, now: datetime) -> datetime:
    """The next instant, after now, at which clocks of a place show a time."""
    local = now.astimezone(ZoneInfo(zone))
    at = time_of(minute)
    today = datetime.combine(local.date(), at, ZoneInfo(zone))
    tomorrow = datetime.combine(local.date() + timedelta(days=1), at, ZoneInfo(zone))
    return today if today.astimezone(now.tzinfo) > now else tomorrow
