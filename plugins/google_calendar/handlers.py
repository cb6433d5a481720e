"""Who speaks to Google for a tenant, and what Google tells."""

from integrations.google_calendar import GoogleCalendar
from plugins import calendar_watch
from plugins.account_calendars import AccountDesk, Service
from plugins.routes import Incoming, Reply, RouteContext

SERVICE = Service(
    plugin="google_calendar",
    accounts="google",
    title="Google Calendar",
    summary="Busy times of staff and rooms count, visits are written there.",
    company="Google LLC",
)
DESK = AccountDesk.of(SERVICE, GoogleCalendar)
# It says so once, when a channel has been opened.
OPENED = "sync"


async def hear(request: Incoming, context: RouteContext) -> Reply:
    """Google tells that something has changed; whoever else says so is answered alike."""
    said = request.headers
    if said.get("x-goog-resource-state") != OPENED:
        name, secret = said.get("x-goog-channel-id", ""), said.get("x-goog-channel-token", "")
        await calendar_watch.heard(context, name, secret)
    return Reply()
