"""The business profile as values: what a version holds and a call is pinned to."""

from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from domain.errors import NotFound
from domain.hours import OpenHours


class ResourceKind(StrEnum):
    """What an appointment can occupy."""

    EQUIPMENT = "equipment"
    ROOM = "room"
    STAFF = "staff"
    TABLE = "table"


class Part(BaseModel):
    """A part of the profile; unknown fields are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Repeat(StrEnum):
    """How often days with other hours come again."""

    FORTNIGHTLY = "fortnightly"
    WEEKLY = "weekly"
    YEARLY = "yearly"

    @property
    def days(self) -> int:
        """After how many days at the latest."""
        return {Repeat.WEEKLY: 7, Repeat.FORTNIGHTLY: 14, Repeat.YEARLY: 366}[self]


class ClosureInfo(Part):
    """Days on which other hours apply; no hours means closed."""

    location_id: UUID
    resource_id: UUID | None = None
    starts_on: date
    ends_on: date
    hours: tuple[OpenHours, ...] = ()
    reason: str = ""
    repeat: Repeat | None = None
    repeats_until: date | None = None
    """The last day on which they may come again; without one they always do."""

    def covers(self, day: date) -> bool:
        """Whether a day is one of them, the first time or again."""
        began = self._began(day)
        if began is None or (self.repeats_until and began > self.repeats_until):
            return False
        return began <= day <= began + (self.ends_on - self.starts_on)

    def _began(self, day: date) -> date | None:
        """The last first day of theirs up to a day."""
        if day < self.starts_on:
            return None
        if self.repeat is None:
            return self.starts_on
        if self.repeat is not Repeat.YEARLY:
            return day - timedelta(days=(day - self.starts_on).days % self.repeat.days)
        years = (self._in_year(year) for year in range(day.year, self.starts_on.year - 1, -1))
        return next((began for began in years if began and began <= day), None)

    def _in_year(self, year: int) -> date | None:
        try:
            return self.starts_on.replace(year=year)
        except ValueError:
            # The twenty-ninth of February comes in leap years only.
            return None


class LocationInfo(Part):
    """A place of business."""

    id: UUID
    name: str
    address: str = ""
    timezone: str
    hours: tuple[OpenHours, ...] = ()
    service_areas: tuple[str, ...] = ()
    is_default: bool = False


class ServiceInfo(Part):
    """Something a caller can book; minutes are whole."""

    id: UUID
    name: str
    description: str = ""
    duration_minutes: int
    buffer_before_minutes: int = 0
    buffer_after_minutes: int = 0
    price_minor: int | None = None
    for_new_callers: bool = True
    for_returning_callers: bool = True
    bookable: bool = True
    aliases: tuple[str, ...] = ()
    resource_ids: tuple[UUID, ...] = ()


class ResourceInfo(Part):
    """Someone or something an appointment occupies; `hours` None means the location's."""

    id: UUID
    kind: ResourceKind
    name: str
    location_id: UUID
    capacity: int = 1
    hours: tuple[OpenHours, ...] | None = None


class TransferTargetInfo(Part):
    """Somebody a caller may be put through to; `hours` None means at any time."""

    id: UUID
    label: str
    number: str
    location_id: UUID | None = None
    aliases: tuple[str, ...] = ()
    hours: tuple[OpenHours, ...] | None = None


class KnowledgeInfo(Part):
    """A question the business has answered."""

    id: UUID
    version: int
    question: str
    answer: str


class QuestionKind(StrEnum):
    """What sort of answer a question takes."""

    CHOICE = "choice"
    DATE = "date"
    EMAIL = "email"
    NUMBER = "number"
    PHONE = "phone"
    TEXT = "text"
    YES_NO = "yes_no"


class Question(Part):
    """One question of an intake; asked only if an earlier answer was `only_if`."""

    key: str
    ask: str
    kind: QuestionKind = QuestionKind.TEXT
    choices: tuple[str, ...] = ()
    required: bool = True
    only_if: dict[str, str] = Field(default_factory=dict)


class IntakeInfo(Part):
    """Questions the business wants answered."""

    id: UUID
    name: str
    questions: tuple[Question, ...] = ()


class HandlingMode(StrEnum):
    """Who answers first."""

    AFTER_HOURS = "after_hours"
    AI_FIRST = "ai_first"
    STAFF_FIRST = "staff_first"


class TravelRules(Part):
    """How long the way from one visit to the next is reckoned to take."""

    speed_kmh: Annotated[int, Field(ge=5, le=150)] = 40
    detour_percent: Annotated[int, Field(ge=100, le=300)] = 130
    """How much longer roads are than the way of a bird."""
    fixed_minutes: Annotated[int, Field(ge=0, le=120)] = 10
    """What every way takes, however short: loading, parking, finding the door."""
    unknown_minutes: Annotated[int, Field(ge=0, le=240)] = 30
    """The way from or to a place that is not known."""


class BookingRules(Part):
    """What may be booked, when; times in minutes or days."""

    instant: bool = True
    """False: a booking is a request that somebody approves."""
    minimum_notice_minutes: Annotated[int, Field(ge=0)] = 60
    horizon_days: Annotated[int, Field(ge=1, le=730)] = 90
    daily_limit: Annotated[int, Field(ge=1)] | None = None
    cancellation_window_minutes: Annotated[int, Field(ge=0)] = 0
    offer_minutes: Annotated[int, Field(ge=1, le=60)] = 10
    """How long an offered slot may be taken up."""
    slot_minutes: Annotated[int, Field(ge=5, le=240)] = 15
    """Appointments begin on multiples of this within the hours."""
    travel: TravelRules | None = None
    """Where people come to their customers; None: whoever is booked stays where they are."""
    waitlist: bool = True
    """Whether callers for whom nothing is free are offered to wait for what comes free."""


class Rules(Part):
    """How the receptionist answers."""

    greeting: str = ""
    receptionist_name: str = ""
    mode: HandlingMode = HandlingMode.AI_FIRST
    booking: BookingRules = BookingRules()
    emergency_number: str = "911"
    voice: str = "default"
    max_call_minutes: Annotated[int, Field(ge=1, le=120)] = 20
    ring_staff_seconds: Annotated[int, Field(ge=5, le=60)] = 20


class Profile(Part):
    """Everything a receptionist knows of its business: an immutable snapshot."""

    name: str
    region: str
    currency: str
    locale: str
    locations: tuple[LocationInfo, ...] = ()
    services: tuple[ServiceInfo, ...] = ()
    resources: tuple[ResourceInfo, ...] = ()
    closures: tuple[ClosureInfo, ...] = ()
    transfer_targets: tuple[TransferTargetInfo, ...] = ()
    knowledge: tuple[KnowledgeInfo, ...] = ()
    intakes: tuple[IntakeInfo, ...] = ()
    rules: Rules = Rules()

    @property
    def location(self) -> LocationInfo:
        """The default location. Raises `NotFound` while the business has none."""
        if not self.locations:
            raise NotFound("The business has no location yet")
        return next((place for place in self.locations if place.is_default), self.locations[0])
