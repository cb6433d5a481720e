"""What can stand in the way of a visit."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from domain.errors import Conflict


class SlotTaken(Conflict):
    """Somebody else has that time; `alternatives` are free (UTC)."""

    code = "SLOT_TAKEN"

    def __init__(self, starts_at: datetime, alternatives: Sequence[datetime] = ()) -> None:
        super().__init__(f"{starts_at:%Y-%m-%d %H:%M} UTC is no longer free")
        self.starts_at = starts_at
        self.alternatives = tuple(alternatives)


class OutsideHours(Conflict):
    """The business, or whoever was asked for, is not there at that time."""

    code = "OUTSIDE_HOURS"

    def __init__(self, starts_at: datetime, alternatives: Sequence[datetime] = ()) -> None:
        super().__init__(f"{starts_at:%Y-%m-%d %H:%M} UTC is outside the hours")
        self.starts_at = starts_at
        self.alternatives = tuple(alternatives)


class InThePast(Conflict):
    """That time has gone by."""

    code = "IN_THE_PAST"

    def __init__(self, starts_at: datetime) -> None:
        super().__init__(f"{starts_at:%Y-%m-%d %H:%M} UTC has gone by")
        self.starts_at = starts_at


class TooSoon(Conflict):
    """The business wants more notice; `earliest` is in UTC."""

    code = "TOO_SOON"

    def __init__(self, earliest: datetime) -> None:
        super().__init__(f"The business takes bookings from {earliest:%Y-%m-%d %H:%M} UTC on")
        self.earliest = earliest


class TooFarAhead(Conflict):
    """The calendar is not open that far; `latest` is in UTC."""

    code = "TOO_FAR_AHEAD"

    def __init__(self, latest: datetime) -> None:
        super().__init__(f"The business takes bookings until {latest:%Y-%m-%d} only")
        self.latest = latest


class DayFull(Conflict):
    """The business sees no more people that day."""

    code = "DAY_FULL"

    def __init__(self, limit: int) -> None:
        super().__init__(f"All {limit} appointments of that day are taken")
        self.limit = limit


class NotBookable(Conflict):
    """The service cannot be booked by this caller, or not at all."""

    code = "NOT_BOOKABLE"


class OfferExpired(Conflict):
    """The offered slot was not taken up in time."""

    code = "OFFER_EXPIRED"

    def __init__(self) -> None:
        super().__init__("That offer has expired; ask for the free times again")


class TooLateToChange(Conflict):
    """The appointment is too close to be moved or cancelled by the caller."""

    code = "TOO_LATE_TO_CHANGE"

    def __init__(self, window: timedelta) -> None:
        minutes = int(window.total_seconds() // 60)
        super().__init__(f"Changes are possible until {minutes} minutes before the visit")
        self.window_minutes = minutes


class WrongStatus(Conflict):
    """The appointment is not in a state from which that can be done."""

    code = "WRONG_STATUS"

    def __init__(self, status: str, wanted: str) -> None:
        super().__init__(f"An appointment that is {status} cannot become {wanted}")
        self.status = status
