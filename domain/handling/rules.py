"""Whose telephone rings: pure decisions over a profile and a moment."""

from collections.abc import Collection
from datetime import datetime, timedelta

from domain.appointments.times import hours_on, local_day, open_intervals
from domain.business.profile import HandlingMode, LocationInfo, Profile, TransferTargetInfo
from domain.conversations.acts import Disposition

# Rung for less than this, nobody reaches a telephone.
SHORTEST_RING = timedelta(seconds=5)


def is_open(profile: Profile, place: LocationInfo, now: datetime) -> bool:
    """Whether a place is open at an instant, by its own clock, closures included."""
    today = local_day(now, place.timezone)
    hours = hours_on(today, place, profile.closures)
    return any(
        span.start <= now < span.end for span in open_intervals(hours, today, place.timezone)
    )


def reachable(profile: Profile, target: TransferTargetInfo, now: datetime) -> bool:
    """Whether somebody may be rung now: those without hours always, others not on closed days."""
    if target.hours is None:
        return True
    place = _place_of(profile, target)
    # Like people who work there: their own hours, unless the place has others on that day.
    own = place and place.model_copy(update={"hours": target.hours})
    return own is not None and is_open(profile, own, now)


def reachable_targets(
    profile: Profile, now: datetime, tried: Collection[str] = ()
) -> list[TransferTargetInfo]:
    """Those who may be rung now, in order; `tried` are numbers that have been rung already."""
    return [
        target
        for target in profile.transfer_targets
        if target.number not in tried and reachable(profile, target, now)
    ]


def staff_first(profile: Profile, now: datetime) -> bool:
    """Whether the staff is rung before the receptionist answers, and can be."""
    return _staff_answers(profile, now) and bool(reachable_targets(profile, now))


def seconds_left(profile: Profile, rang_at: datetime, now: datetime) -> int:
    """How long the staff may still be rung before the receptionist answers; 0 if too short."""
    left = rang_at + timedelta(seconds=profile.rules.ring_staff_seconds) - now
    return int(left.total_seconds()) if left >= SHORTEST_RING else 0


def came_to(*, answered: bool, bridged: bool, voicemail: bool) -> Disposition | None:
    """How a call ended that the carrier led in the end; None if it came to nothing.

    `answered` is whether the receptionist ever had it.
    """
    if bridged:
        return Disposition.TRANSFERRED if answered else Disposition.FORWARDED
    return Disposition.VOICEMAIL if voicemail else None


def _staff_answers(profile: Profile, now: datetime) -> bool:
    match profile.rules.mode:
        case HandlingMode.AI_FIRST:
            return False
        case HandlingMode.STAFF_FIRST:
            return True
        case HandlingMode.AFTER_HOURS:
            return bool(profile.locations) and is_open(profile, profile.location, now)


def _place_of(profile: Profile, target: TransferTargetInfo) -> LocationInfo | None:
    own = (place for place in profile.locations if place.id == target.location_id)
    return next(own, profile.location if profile.locations else None)
