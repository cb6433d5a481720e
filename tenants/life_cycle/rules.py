"""When an account is inactive, put away and erased: dates from the operator's policy, pure.

last sign of life ─► inactive ─► archived ─► erased
                closed by its owner ───────► erased

Where the policy counts from inactivity, nothing of an account is left when its period and its
archive are over. Where it counts from closure and says nothing of accounts that nobody closes,
the strictest published promise holds: 365 days after inactivity nothing is left, and the last days
of them, as many as a closed account can be taken up again, are spent in the archive.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from domain.personal import DataClass
from domain.privacy.periods import Period
from domain.privacy.policy import OperatorProfile, Since
from tenants.life_cycle.models import Stage

# P062: data of an inactive account is kept for at most so long.
MOST_INACTIVE = Period(days=365)
# Kept although the account is gone, and why.
LEGAL: Mapping[DataClass, str] = {
    DataClass.AUDIT: "Who saw and did what must be shown for years",
    DataClass.BILLING: "Books are kept by law",
    DataClass.CONSENT: "That callers agreed must be provable for as long as they may sue",
}


@dataclass(frozen=True)
class Calendar:
    """What becomes of an account in which nothing happens any more."""

    inactive: datetime
    archived: datetime
    erased: datetime
    warnings: tuple[int, ...]
    """Days before it becomes inactive on which its owners are told, the most first."""

    def stage(self, now: datetime) -> Stage:
        """Where it stands, if nobody has closed it."""
        if now >= self.archived:
            return Stage.ARCHIVED
        return Stage.INACTIVE if now >= self.inactive else Stage.ACTIVE

    def warning(self, now: datetime) -> int | None:
        """The warning that is due, if any: the nearest to the day of those whose day has come."""
        if now >= self.inactive:
            return None
        due = [days for days in self.warnings if now >= self.inactive - timedelta(days)]
        return min(due, default=None)

    def next(self, now: datetime) -> datetime | None:
        """When something happens next by itself."""
        warned = (self.inactive - timedelta(days) for days in self.warnings)
        moments = (*warned, self.inactive, self.archived, self.erased)
        return min((moment for moment in moments if moment > now), default=None)


def calendar(profile: OperatorProfile, alive_at: datetime) -> Calendar:
    """The days of an account whose last sign of life was then."""
    rule = profile.retention[DataClass.ACCOUNT]
    inactive = profile.inactive_after.after(alive_at)
    warnings = tuple(sorted(profile.warn_before, reverse=True))
    if rule.since is Since.INACTIVITY:
        archived = rule.keep.after(alive_at)
        erased = rule.archived.after(archived) if rule.archived else archived
        # Nobody is put away without having been inactive, and told of it, before.
        return Calendar(min(inactive, archived), archived, erased, warnings)
    erased = MOST_INACTIVE.after(inactive)
    archived = max(inactive, profile.reactivation.before(erased))
    return Calendar(inactive, archived, erased, warnings)


def grace_ends(profile: OperatorProfile, closed_at: datetime) -> datetime:
    """When a closed account is erased: once it can be taken up no more, and not a day too late."""
    ends = profile.reactivation.after(closed_at)
    rule = profile.retention[DataClass.ACCOUNT]
    return min(ends, rule.keep.after(closed_at)) if rule.since is Since.CLOSURE else ends


def kept(profile: OperatorProfile, consent: Period, erased_at: datetime) -> list[dict[str, Any]]:
    """What stays after the erasure, why, and until when."""
    periods = {kind: profile.retention[kind].keep for kind in LEGAL if kind in profile.retention}
    periods[DataClass.CONSENT] = consent
    return [
        {
            "data_class": kind.value,
            "reason": LEGAL[kind],
            "until": period.after(erased_at).isoformat(),
        }
        for kind, period in sorted(periods.items())
    ]
