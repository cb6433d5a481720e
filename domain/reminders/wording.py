"""What letters and texts about visits say, in the language of whoever gets them."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from domain.appointments.models import Appointment
from domain.business.repository import Locations, Services
from domain.contacts.repository import Contacts
from domain.reminders.models import Occasion, Reminder, ReminderRule
from domain.reminders.repository import ReminderRules
from domain.texts import Catalogue, catalogue, in_full
from domain.work import UnitOfWork

# What somebody comes for is health data, where that is protected.
VISIT = "appointment"
# A text holds 1,600 characters, and says at its end how to answer and how to stop.
LONGEST_SAID = 1400
SUBJECTS = {
    Occasion.BOOKED: "reminder_booked_subject",
    Occasion.CANCELLED: "reminder_cancelled_subject",
    Occasion.COMING: "reminder_coming_subject",
    Occasion.MOVED: "reminder_moved_subject",
}
WORDS = {
    Occasion.BOOKED: "reminder_booked",
    Occasion.CANCELLED: "reminder_cancelled",
    Occasion.COMING: "reminder_coming",
    Occasion.MOVED: "reminder_moved",
}


@dataclass(frozen=True)
class Facts:
    """What is said of one visit, and what a business wants said."""

    business: str
    name: str
    service: str
    place: str
    starts_at: datetime
    """In the time of the place."""
    words: str
    texts: Catalogue

    @property
    def when(self) -> str:
        """The time of the visit, in full."""
        return in_full(self.starts_at)

    def subject(self, occasion: Occasion) -> str:
        """What a letter is about."""
        return self.texts.say(SUBJECTS[occasion], business=self.business)

    def said(self, occasion: Occasion) -> str:
        """What the business wants said, or what the catalogue does, in a sentence or two."""
        own = occasion in (Occasion.BOOKED, Occasion.COMING) and self.words
        written = self.words if own else self.texts[WORDS[occasion]].text
        filled = written.format(
            business=self.business,
            name=self.name,
            place=self.place,
            service=self.service,
            when=self.when,
        )
        return filled[:LONGEST_SAID]

    def text(self, occasion: Occasion) -> str:
        """A whole text; it says how to answer, where something can be answered, and how to stop."""
        ends = "reminder_text_off" if occasion is Occasion.CANCELLED else "reminder_text_ends"
        return f"{self.said(occasion)} {self.texts.say(ends)}"


async def facts_of(uow: UnitOfWork, visit: Appointment, row: Reminder | None = None) -> Facts:
    """What is to be said of a visit."""
    contact = await Contacts(uow).get(visit.contact_id)
    service = await Services(uow).get(visit.service_id)
    place = await Locations(uow).get(visit.location_id)
    rule = await _rule(uow, row)
    hidden = uow.scope.tenant.privacy.hipaa
    return Facts(
        business=uow.scope.tenant.name,
        name=contact.name.read() if contact.name else "",
        service=VISIT if hidden else service.name,
        place=place.address or place.name,
        starts_at=visit.starts_at.astimezone(ZoneInfo(visit.timezone)),
        words=rule.words if rule else "",
        texts=catalogue(contact.language or uow.scope.tenant.locale),
    )


async def _rule(uow: UnitOfWork, row: Reminder | None) -> ReminderRule | None:
    if row is None or row.rule_id is None:
        return None
    return next(iter(await ReminderRules(uow).many([row.rule_id])), None)
