"""What the receptionist knows before the first word: the business and the caller."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from domain.business.profile import Profile, ResourceInfo, ResourceKind, ServiceInfo
from domain.consent.rules import CAUTIOUS
from domain.consent.terms import Decision as Consent
from domain.receptionist.house_rules import NO_RULES, HouseRules
from domain.receptionist.nlu.faq import Entry, Knowledge
from domain.receptionist.offers import Ability
from domain.texts import Catalogue, catalogue


@dataclass(frozen=True)
class Caller:
    """What is known of the other side."""

    phone: str | None = None
    """E.164, if the carrier told."""
    name: str | None = None
    company: str | None = None


@dataclass(frozen=True)
class Briefing:
    """One immutable snapshot per conversation."""

    profile: Profile
    caller: Caller = Caller()
    consent: Consent = CAUTIOUS
    """What must be said, and what may be kept, on this conversation."""
    written: bool = False
    """Whether the conversation is held in writing."""
    minimum_age: int = 18
    """Who is younger and speaks for themselves is asked for an adult: 13 or 18."""
    guarded: bool = False
    """Whether visits are told only to who says, beside calling from there, whose they are."""
    pays_by_link: bool = False
    """Whether the caller can be given an address at which they pay."""
    abilities: tuple[Ability, ...] = ()
    """What plugins let the receptionist do in this conversation."""
    house: HouseRules = NO_RULES
    """What the trades that are switched on want to be heeded, and asked before a booking."""

    @cached_property
    def texts(self) -> Catalogue:
        """The wording of the tenant's language."""
        return catalogue(self.profile.locale)

    @cached_property
    def zone(self) -> ZoneInfo:
        """The time zone of the default location."""
        return ZoneInfo(self.profile.location.timezone)

    @cached_property
    def services(self) -> tuple[ServiceInfo, ...]:
        """What can be booked here."""
        return tuple(s for s in self.profile.services if s.bookable and s.resource_ids)

    @cached_property
    def staff(self) -> tuple[ResourceInfo, ...]:
        """The people one can ask for."""
        return tuple(r for r in self.profile.resources if r.kind is ResourceKind.STAFF)

    @cached_property
    def aliases(self) -> dict[str, tuple[str, ...]]:
        """Other ways of saying the names of services and targets."""
        targets = {t.label: t.aliases for t in self.profile.transfer_targets}
        words = self.house.words
        services = self.profile.services
        return targets | {s.name: (*s.aliases, *words.get(s.name, ())) for s in services}

    @cached_property
    def knowledge(self) -> Knowledge:
        """The business's answers, indexed."""
        entries = [
            Entry(str(item.id), item.question, item.answer) for item in self.profile.knowledge
        ]
        return Knowledge(entries, names=[self.profile.name])

    def prepare(self) -> None:
        """Index all that is searched: with an encoder it takes longer than a caller should wait."""
        _ = self.knowledge, self.wishes

    @cached_property
    def wishes(self) -> Knowledge:
        """The phrases of what plugins can do, indexed."""
        entries = [
            Entry(ability.name, phrase, "")
            for ability in self.abilities
            for phrase in ability.phrases
        ]
        return Knowledge(entries, names=[self.profile.name])

    def ability(self, name: str) -> Ability | None:
        """What a plugin can do, by name."""
        return next((each for each in self.abilities if each.name == name), None)

    def local(self, moment: datetime) -> datetime:
        """An instant on the clock of the business."""
        return moment.astimezone(self.zone)
