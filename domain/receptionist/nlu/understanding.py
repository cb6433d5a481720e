"""One utterance, understood: everything the rules find in it, given what was asked."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from enum import StrEnum

from domain.receptionist.nlu.birth_dates import find_birth_date
from domain.receptionist.nlu.confirmation import Confirmation, find_confirmation
from domain.receptionist.nlu.dates import DateMention
from domain.receptionist.nlu.emails import EmailMention, find_email
from domain.receptionist.nlu.emergencies import Emergency, find_emergency
from domain.receptionist.nlu.heard import Heard, hear
from domain.receptionist.nlu.intents import Intent, find_intent
from domain.receptionist.nlu.matching import (
    Candidates,
    find_named,
    find_person,
    without_names,
)
from domain.receptionist.nlu.names import NameMention, find_name
from domain.receptionist.nlu.party import PartyMention, find_party
from domain.receptionist.nlu.phones import PhoneMention, find_phone
from domain.receptionist.nlu.postcodes import PostcodeMention, find_postcode
from domain.receptionist.nlu.vehicles import NO_VEHICLE, VehicleMention, find_vehicle
from domain.receptionist.nlu.when import Moment, find_moments

# Only here do people put the month before the day in 3/4.
_MONTH_FIRST = frozenset({"US", "PH", "PW", "FM", "MH"})


# A date as machines write it, of a year people speak of.
_DATE_WRITTEN = re.compile(r"(?:19|20)\d\d[ -]?(?:0\d|1[0-2])[ -]?(?:[0-2]\d|3[01])")


class Slot(StrEnum):
    """What the receptionist has just asked for."""

    NAME = "name"
    PHONE = "phone"
    EMAIL = "email"
    POSTCODE = "postcode"
    BIRTH_DATE = "birth_date"
    DAY = "day"
    TIME = "time"
    PARTY = "party"
    CONFIRMATION = "confirmation"
    ANYTHING = "anything"
    """Nobody knows what was asked: what the other side said is not there."""


@dataclass(frozen=True)
class Context:
    """What an utterance depends on besides its words."""

    now: datetime
    """Local time of the business."""
    region: str = "US"
    """ISO 3166 country: order of day and month, telephone numbers, postcodes."""
    asked: Slot | None = None
    opens: time | None = None
    closes: time | None = None
    staff: Sequence[str] = ()
    services: Sequence[str] = ()
    locations: Sequence[str] = ()
    aliases: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Other ways of saying a name: {"General Practitioner": ["family doctor", "GP"]}."""

    @property
    def day_first(self) -> bool:
        """Whether 3/4 is the third of April here."""
        return self.region not in _MONTH_FIRST


@dataclass(frozen=True)
class Understanding:
    """What was found; None where nothing was. Spans are positions in `text`."""

    text: str
    intent: Intent
    emergency: Emergency | None
    confirmation: Confirmation | None
    moments: tuple[Moment, ...]
    birth_date: DateMention | None
    phone: PhoneMention | None
    email: EmailMention | None
    name: NameMention | None
    postcode: PostcodeMention | None
    party: PartyMention | None
    staff: Candidates | None
    service: Candidates | None
    location: Candidates | None
    vehicle: VehicleMention = NO_VEHICLE


def understand(text: str, context: Context) -> Understanding:
    """Understand one caller turn; pure, and the same for the same text and context."""
    heard = hear(text)
    asked = context.asked
    phone = find_phone(heard, context.region, asked=asked is Slot.PHONE)
    staff = find_person(text, context.staff, context.aliases, context.locations)
    return Understanding(
        text=text,
        intent=find_intent(heard),
        emergency=find_emergency(heard),
        confirmation=find_confirmation(heard),
        moments=_moments(hear(without_names(text, staff)), context, phone),
        birth_date=_birth_date(heard, context),
        phone=phone,
        email=find_email(heard),
        name=_name(text, context),
        postcode=find_postcode(heard, context.region, asked=asked is Slot.POSTCODE),
        party=find_party(heard, asked=asked is Slot.PARTY),
        staff=staff,
        service=find_named(text, context.services, context.aliases),
        location=find_named(text, context.locations, context.aliases),
        vehicle=find_vehicle(text),
    )


def _moments(heard: Heard, context: Context, phone: PhoneMention | None) -> tuple[Moment, ...]:
    """Moments, except those that are digits of a telephone number or a date of birth."""
    if context.asked in {Slot.BIRTH_DATE, Slot.PHONE, Slot.POSTCODE}:
        return ()
    time_asked = context.asked in {Slot.TIME, Slot.DAY}
    found = find_moments(heard, context.now, day_first=context.day_first, time_asked=time_asked)
    return tuple(
        moment for moment in found if not (phone and _is_number(moment, phone, heard.original))
    )


def _is_number(moment: Moment, phone: PhoneMention, text: str) -> bool:
    """Whether a moment is a part of a telephone number; "20261231" and "2026 12 31" are days."""
    if not moment.span.overlaps(phone.span):
        return False
    written = moment.day is not None and _DATE_WRITTEN.fullmatch(text[slice(*phone.span)])
    return not written or phone.valid


def _birth_date(heard: Heard, context: Context) -> DateMention | None:
    if context.asked is not Slot.BIRTH_DATE:
        return None
    return find_birth_date(heard, context.now.date(), day_first=context.day_first)


def _name(text: str, context: Context) -> NameMention | None:
    """The caller's name; a member of staff who is asked for is not the caller."""
    asked = context.asked
    name = find_name(text, asked=asked is Slot.NAME, unprompted=asked is Slot.ANYTHING)
    if asked is Slot.ANYTHING and name is not None and find_vehicle(text).make:
        return None
    if name is None or name.own or name.relation or context.asked is Slot.NAME:
        return name
    staff = find_person(name.name, context.staff, context.aliases, context.locations)
    return None if staff else name
