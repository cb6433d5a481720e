"""When the book is read and written."""

import hashlib

from domain.calendars.reading import Reading
from integrations.open_dental import Habits, Keys, OpenDentalBook, Paces, Patients, Wire
from plugins.calendar_desk import CalendarDesk
from plugins.capability import Capability
from plugins.context import PluginContext
from plugins.open_dental.settings import Settings
from plugins.open_dental.visitors import NAME, OfPractice
from plugins.way_out import CALENDAR, WayOut

# A provider is made anew for each call and job; how often a practice may be asked is for all.
PACES = Paces()


def provider(context: Capability | PluginContext) -> OpenDentalBook:
    """The book of the practice that a tenant has set."""
    settings = context.settings
    assert isinstance(settings, Settings)
    customer = settings.customer_key.get_secret_value()
    wire = Wire(
        settings.base_url.rstrip("/"),
        Keys(settings.developer_key.get_secret_value(), customer),
        WayOut.to(CALENDAR, context.http),
        # The documentation: throttling goes by the key of the practice.
        PACES.of(hashlib.sha256(customer.encode()).hexdigest(), context.clock),
        settings.seconds_between_requests,
    )
    return OpenDentalBook(
        wire,
        Patients(wire, context.tenant.region),
        OfPractice(context),
        context.clock,
        Reading(context.tenant.timezone),
        Habits(settings.blockouts_are_busy, settings.keeps_to_schedules),
    )


DESK = CalendarDesk(NAME, provider)
