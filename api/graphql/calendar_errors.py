"""What callers can act on when a calendar is linked."""

import strawberry

from api.graphql.mirrors import Mirror
from domain.calendars.errors import CalendarListed, TooManyCalendars
from plugins.graphql_kit import UserError


@strawberry.type
class CalendarListedError(UserError):
    """This calendar is linked to that resource already."""


@strawberry.type
class TooManyCalendarsError(UserError):
    """There are as many calendars as a business can link."""

    limit: int


CALENDAR_HANDLERS = [
    Mirror(CalendarListed, CalendarListedError),
    Mirror(TooManyCalendars, TooManyCalendarsError),
]
