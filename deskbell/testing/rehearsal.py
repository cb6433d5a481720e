"""A receptionist without a database: the real one, with tools that work in memory."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, cast
from uuid import UUID

from domain.appointments import rules
from domain.appointments.openings import Book, Occupied, Wish
from domain.appointments.rules import Slot
from domain.business.profile import (
    IntakeInfo,
    KnowledgeInfo,
    LocationInfo,
    Profile,
    ResourceInfo,
    Rules,
    ServiceInfo,
    TransferTargetInfo,
)
from domain.errors import NotFound
from domain.ids import RandomIds
from domain.receptionist.journal import Journal
from domain.receptionist.moves import UseTool
from domain.receptionist.offers import Situation
from domain.receptionist.slots import suitable
from domain.receptionist.state import Wanted
from domain.receptionist.tools import Arguments, Result, Toolbox, site_in
from domain.scope import TenantFacts
from tenants.organizations.setup import Setup, merged

Done = tuple[Result, tuple[str, ...]]


@dataclass(frozen=True)
class Visit:
    """A visit that was booked; `starts_at` is local."""

    service: str
    staff: str
    starts_at: datetime
    notes: str


@dataclass(frozen=True)
class Left:
    """A message that was left."""

    body: str
    phone: str
    priority: str


@dataclass
class Happened:
    """What came of a conversation."""

    visits: list[Visit] = field(default_factory=list)
    messages: list[Left] = field(default_factory=list)
    put_through: list[str] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    waits: list[Arguments] = field(default_factory=list)
    offers: dict[str, tuple[Wish, Slot]] = field(default_factory=dict)


class Unkept:
    """A journal in which nothing is kept."""

    def note(self, entry: object) -> None:
        """Forget it."""

    async def flush(self) -> None:
        """There is nothing to write."""

    @property
    def real(self) -> Journal:
        """As the type that conversations are given."""
        return cast(Journal, self)


@dataclass(frozen=True)
class InMemory(Toolbox):
    """The tools of one conversation; plugins are asked as ever."""

    happened: Happened = field(default_factory=Happened)
    taken: tuple[Occupied, ...] = ()

    async def _lend_hand(self, request: UseTool, *, kept: bool) -> Done:
        assert self.abilities is not None
        written, now = self.briefing.written, self.now
        situation = Situation(self.conversation_id, None, written, now, kept=kept)
        return await self._ask_hand(self.abilities, request, situation)

    async def _do(self, request: UseTool) -> Done:
        deed = getattr(self, f"_{request.tool}", None)
        if deed is None:
            raise NotFound(f"{request.tool} needs a database")
        done: Done = deed(request.arguments)
        return done

    def _find_slots(self, arguments: Arguments) -> Done:
        profile = self.briefing.profile
        staff = arguments["staff_id"]
        service = UUID(arguments["service_id"])
        wish = rules.wish(
            profile,
            service,
            resource_id=UUID(staff) if staff else None,
            site=site_in(arguments),
        )
        wanted = _wanted(arguments)
        book = Book.of(self.taken)
        free = rules.slots(profile, wish, wanted.first, wanted.last, book, self.now)
        local = [(self.briefing.local(slot.starts_at), slot) for slot in free]
        chosen, exact = suitable(local, wanted)
        offers = []
        for slot in chosen:
            id = str(RandomIds().new(self.now))
            self.happened.offers[id] = (wish, slot)
            offers.append({"offer_id": id, "starts_at": slot.starts_at.isoformat()})
        return {"exact": exact, "slots": offers}, ()

    def _book(self, arguments: Arguments) -> Done:
        wish, slot = self.happened.offers[arguments["offer_id"]]
        who = [r.name for r in self.briefing.profile.resources if r.id in slot.resource_ids]
        at = self.briefing.local(slot.starts_at).replace(tzinfo=None)
        notes = arguments.get("notes") or ""
        self.happened.visits.append(Visit(wish.service.name, ", ".join(who), at, notes))
        told = {"appointment_id": str(UUID(int=1)), "service_id": str(wish.service.id)}
        told |= {"starts_at": slot.starts_at.isoformat(), "status": "confirmed"}
        return told, ("appointment.booked",)

    def _find_appointments(self, arguments: Arguments) -> Done:
        return {"appointments": []}, ()

    def _join_waitlist(self, arguments: Arguments) -> Done:
        self.happened.waits.append(arguments)
        return {"wait_id": str(UUID(int=4))}, ("waitlist.joined",)

    def _leave_waitlist(self, arguments: Arguments) -> Done:
        return {"ended": 0}, ()

    def _keep_answer(self, arguments: Arguments) -> Done:
        self.happened.answers[arguments["question"]] = arguments["answer"]
        return arguments, ()

    def _take_message(self, arguments: Arguments) -> Done:
        phone = arguments["phone"] or ""
        self.happened.messages.append(Left(arguments["body"], phone, str(arguments["priority"])))
        return {"message_id": str(UUID(int=2))}, ("message.left",)

    def _request_transfer(self, arguments: Arguments) -> Done:
        targets = self.briefing.profile.transfer_targets
        [wanted] = [each for each in targets if str(each.id) == arguments["target_id"]]
        self.happened.put_through.append(wanted.label)
        return {**arguments, "transfer_id": str(UUID(int=3))}, ("transfer.requested",)


def _wanted(arguments: Arguments) -> Wanted:
    def clock(name: str) -> time | None:
        return time.fromisoformat(arguments[name]) if arguments[name] else None

    first, last = (date.fromisoformat(arguments[name]) for name in ("first", "last"))
    return Wanted(first, last, clock("at"), clock("earliest"), clock("latest"))


def profile_of(setup: Setup, tenant: TenantFacts, telephones: Mapping[str, str]) -> Profile:
    """A fresh business of one place that was set up so; telephones are numbers by label."""
    place = LocationInfo(
        id=UUID(int=100),
        name=tenant.name,
        timezone=tenant.timezone,
        hours=setup.hours or (),
        is_default=True,
    )
    people = {
        each.name: ResourceInfo(id=UUID(int=200 + n), location_id=place.id, **each.model_dump())
        for n, each in enumerate(setup.resources)
    }
    services = [
        ServiceInfo(
            id=UUID(int=300 + n),
            resource_ids=tuple(people[name].id for name in each.provided_by),
            **each.model_dump(exclude={"provided_by"}),
        )
        for n, each in enumerate(setup.services)
    ]
    return Profile(
        name=tenant.name,
        region=tenant.region,
        currency=tenant.currency,
        locale=tenant.locale,
        locations=(place,),
        resources=tuple(people.values()),
        services=tuple(services),
        rules=merged(Rules(), setup.rules),
        **_words_of(setup),
        transfer_targets=tuple(
            TransferTargetInfo(id=UUID(int=600 + n), label=label, number=number)
            for n, (label, number) in enumerate(telephones.items())
        ),
    )


def _words_of(setup: Setup) -> dict[str, Any]:
    return {
        "knowledge": tuple(
            KnowledgeInfo(id=UUID(int=400 + n), version=1, **each.model_dump())
            for n, each in enumerate(setup.knowledge)
        ),
        "intakes": tuple(
            IntakeInfo(id=UUID(int=500 + n), name=each.name, questions=each.questions)
            for n, each in enumerate(setup.intakes)
        ),
    }
