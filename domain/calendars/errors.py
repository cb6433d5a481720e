"""What can go wrong when a calendar is linked."""

from domain.errors import Conflict, LimitReached


class CalendarListed(Conflict):
    """This calendar is linked to that resource already."""

    code = "CALENDAR_LISTED"

    def __init__(self) -> None:
        super().__init__("This calendar is linked there already")


class TooManyCalendars(LimitReached):
    """A business links only so many calendars."""

    code = "TOO_MANY_CALENDARS"

    def __init__(self, limit: int) -> None:
        super().__init__(f"There are {limit} calendars already", limit=limit, used=limit)
