"""Who speaks CalDAV for a tenant."""

from integrations.caldav import CalDavClient, Login
from integrations.caldav.events import Reading
from plugins.caldav.settings import Settings
from plugins.calendar_desk import CalendarDesk
from plugins.capability import Capability
from plugins.context import PluginContext
from plugins.way_out import CALENDAR, WayOut

NAME = "caldav"


def provider(context: Capability | PluginContext) -> CalDavClient:
    """The account that a tenant has set."""
    settings = context.settings
    assert isinstance(settings, Settings)
    addresses = frozenset(each.lower() for each in (*settings.addresses, settings.username))
    return CalDavClient(
        Login(settings.url, settings.username, settings.password.get_secret_value()),
        WayOut.to(CALENDAR, context.http),
        context.clock,
        Reading(context.tenant.timezone, addresses, settings.tentative_is_busy),
    )


DESK = CalendarDesk(NAME, provider)
