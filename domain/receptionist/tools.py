"""What the receptionist can do: the same services that the API calls, in the caller's own scope.

Tenant, conversation and caller come from the scope and never from an argument; a slot can be
booked only by the token under which it was offered.
"""

import asyncio
import hashlib
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter

from domain import appointments, contacts, conversations, messages, rights, transfers
from domain.appointments import rules
from domain.appointments.models import Appointment
from domain.appointments.sites import Site
from domain.appointments.visitors import Visitor
from domain.calendars.ports import BusyTimes
from domain.calls.repository import Calls
from domain.contacts.models import Contact
from domain.contacts.repository import Contacts
from domain.conversations.models import Channel
from domain.errors import DomainError, NotFound, Unavailable
from domain.messages.models import Priority
from domain.payments import Payment, PaymentLinks
from domain.personal import DataClass, Source
from domain.receptionist import queueing
from domain.receptionist.briefing import Briefing
from domain.receptionist.house_rules import Case, Verdict
from domain.receptionist.identity import may_hear
from domain.receptionist.moves import ToolAnswered, UseTool
from domain.receptionist.offers import Abilities, AskAgain, NotNow, Situation
from domain.receptionist.paying import TOOL as PAYING
from domain.receptionist.slots import suitable
from domain.receptionist.state import Wanted
from domain.rights.kinds import UNVERIFIED, Intake, RequestKind, RequestState
from domain.scope import Scope
from domain.work import UnitOfWork, UnitsOfWork

Arguments = dict[str, Any]
Result = dict[str, Any]

# Seconds; longer than any of these takes on a healthy database, shorter than a caller's patience.
DEADLINE = 8.0
TIMED_OUT = "TIMED_OUT"
INTAKES = {Channel.CHAT: Intake.CHAT, Channel.SMS: Intake.SMS, Channel.VOICE: Intake.PHONE}
WANTS_CALL = re.compile(
    r"\b(?:(?:call|phone|ring|text)(?:ing)? (?:me|us)|call(?:ing)? (?:me |us )?back|call-?back"
    r"|get back to (?:me|us)|reach (?:me|us)|return (?:my|our) call)\b",
    re.IGNORECASE,
)
LOOKING = "find_slots"
_VERDICT = TypeAdapter(Verdict)
_VISITOR = TypeAdapter(Visitor | None)
_SITE = TypeAdapter(Site | None)


@dataclass(frozen=True)
class Toolbox:
    """The tools of one conversation."""

    unit_of_work: UnitsOfWork
    scope: Scope
    conversation_id: UUID
    briefing: Briefing
    payment_links: PaymentLinks | None = None
    abilities: Abilities | None = None
    """Whoever does what plugins promise."""
    times: BusyTimes | None = None
    """Whoever sees that calendars elsewhere are known as they are now."""

    async def use(self, request: UseTool, *, kept: bool = False) -> ToolAnswered:
        """Do what was asked; failures come back as codes.

        `kept` is whether what the caller says may be written down.
        """
        try:
            async with asyncio.timeout(DEADLINE):
                result, events = await self._work(request, kept=kept)
        except DomainError as refused:
            return self._answer(request, error=refused.code)
        except TimeoutError:
            return self._answer(request, error=TIMED_OUT)
        return self._answer(request, result=result, events=events)

    def _work(self, request: UseTool, *, kept: bool) -> Awaitable[tuple[Result, tuple[str, ...]]]:
        if request.tool == PAYING:
            return self._pay()
        known = request.tool in TOOLS
        return self._do(request) if known else self._lend_hand(request, kept=kept)

    async def _lend_hand(self, request: UseTool, *, kept: bool) -> tuple[Result, tuple[str, ...]]:
        """What a plugin does, outside any unit of work."""
        if self.abilities is None:
            raise Unavailable("Nobody here can do that")
        async with self.unit_of_work(self.scope, read_only=True) as uow:
            conversation = await conversations.of_caller(uow)
        known = conversation.contact_id if conversation.verified else None
        written, now = self.briefing.written, self.now
        situation = Situation(self.conversation_id, known, written, now, kept=kept)
        return await self._ask_hand(self.abilities, request, situation)

    async def _ask_hand(
        self, hand: Abilities, request: UseTool, situation: Situation
    ) -> tuple[Result, tuple[str, ...]]:
        if self.briefing.house.screening(request.tool) is not None:
            case = Case(**request.arguments)
            verdict = await hand.screen(request.tool, case, situation)
            return {"verdict": _VERDICT.dump_python(verdict, mode="json")}, ()
        try:
            said = await hand.use(request.tool, request.arguments, situation)
        except NotNow as refused:
            return {"refused": refused.message}, ()
        except AskAgain as refused:
            return {"again": refused.key}, ()
        return {"said": said}, ()

    async def _do(self, request: UseTool) -> tuple[Result, tuple[str, ...]]:
        """What comes of a tool, and the names of its events, in a unit of work of its own."""
        if self.times is not None and request.tool == LOOKING:
            await self.times.freshen(self.scope, _asked_for(self.briefing, request.arguments))
        async with self.unit_of_work(self.scope) as uow:
            result = await TOOLS[request.tool](self, uow, request.arguments)
            events = tuple(event.name for event in uow.events)
        return result, events

    async def _pay(self) -> tuple[Result, tuple[str, ...]]:
        """A link to pay at: asked for outside any unit of work."""
        if self.payment_links is None:
            raise Unavailable("Nobody makes links to pay at")
        payment = Payment(self.scope.tenant.slug, self.conversation_id)
        return {"url": await self.payment_links.link(payment)}, ()

    def _answer(self, request: UseTool, **outcome: Any) -> ToolAnswered:
        return ToolAnswered(request.tool, self.now, **outcome)

    @property
    def now(self) -> datetime:
        """What time it is at the business."""
        return self.unit_of_work.clock.now() + self.scope.tenant.clock_ahead


async def find_slots(box: Toolbox, uow: UnitOfWork, arguments: Arguments) -> Result:
    """Look for free times, and remember which were offered."""
    profile = box.briefing.profile
    staff, moving = arguments["staff_id"], arguments.get("appointment_id")
    wish = rules.wish(
        profile,
        UUID(arguments["service_id"]),
        resource_id=UUID(staff) if staff else None,
        site=await _site(uow, arguments),
        moving=UUID(moving) if moving else None,
    )
    wanted = _wanted(arguments)
    free = await appointments.availability(uow, profile, wish, wanted.first, wanted.last)
    local = [(box.briefing.local(slot.starts_at), slot) for slot in free]
    chosen, exact = suitable(local, wanted)
    offers = [
        await appointments.offer(uow, profile, wish, slot, box.conversation_id) for slot in chosen
    ]
    return {
        "exact": exact,
        "slots": [
            {"offer_id": str(offer.id), "starts_at": offer.starts_at.isoformat()}
            for offer in offers
        ],
    }


async def book(box: Toolbox, uow: UnitOfWork, arguments: Arguments) -> Result:
    """Book an offered slot for the caller."""
    contact = await _caller(box, uow, arguments)
    appointment = await appointments.take(
        uow,
        box.briefing.profile,
        UUID(arguments["offer_id"]),
        contact.id,
        appointments.Particulars(
            arguments.get("notes") or "",
            _VISITOR.validate_python(arguments.get("visitor")),
            site_in(arguments),
        ),
    )
    return _told(appointment)


async def find_appointments(box: Toolbox, uow: UnitOfWork, arguments: Arguments) -> Result:
    """The visits to come of a caller who is proven to be themselves."""
    conversation = await conversations.of_caller(uow)
    if conversation.contact_id is None or not conversation.verified:
        return {"appointments": []}
    known = await Contacts(uow).get(conversation.contact_id)
    if known.restricted_at is not None:
        return {"appointments": []}
    found = await appointments.upcoming(uow, known.id)
    theirs = [each for each in found if may_hear(box.briefing, arguments, known, each)]
    return {"appointments": [_told(appointment) for appointment in theirs]}


async def move(box: Toolbox, uow: UnitOfWork, arguments: Arguments) -> Result:
    """Move a visit to an offered slot."""
    appointment = await appointments.move_to_offer(
        uow,
        box.briefing.profile,
        UUID(arguments["appointment_id"]),
        UUID(arguments["offer_id"]),
    )
    return _told(appointment)


async def cancel(box: Toolbox, uow: UnitOfWork, arguments: Arguments) -> Result:
    """Call a visit off."""
    id = UUID(arguments["appointment_id"])
    return _told(await appointments.cancel(uow, box.briefing.profile, id))


async def take_message(box: Toolbox, uow: UnitOfWork, arguments: Arguments) -> Result:
    """Keep a message for the business."""
    named = uow.keeps(DataClass.CALLER_IDENTITY)
    contact = await _caller_if_known(box, uow, arguments) if named else None
    message = await messages.leave(
        uow,
        messages.NewMessage(
            conversation_id=box.conversation_id,
            body=arguments["body"],
            contact_id=contact.id if contact else None,
            callback_number=_callback(box, arguments, named=named),
            priority=Priority(arguments["priority"]),
            intent_key=_fingerprint(arguments["body"]),
        ),
    )
    return {"message_id": str(message.id)}


async def keep_answer(box: Toolbox, uow: UnitOfWork, arguments: Arguments) -> Result:
    """Keep the answer to one of the business's own questions."""
    await conversations.keep_answer(
        uow,
        box.conversation_id,
        UUID(arguments["intake_id"]),
        arguments["question"],
        arguments["answer"],
    )
    return arguments


async def ask_privacy(box: Toolbox, uow: UnitOfWork, arguments: Arguments) -> Result:
    """Take down what the caller asks of their data."""
    conversation = await conversations.of_caller(uow)
    asked = rights.Asked(
        kind=RequestKind(arguments["kind"]),
        intake=INTAKES[conversation.channel],
        name=arguments["name"] or "",
        phone=arguments["phone"] or "",
        words=arguments["words"],
    )
    request = await rights.ask(uow, asked)
    last = request.due_at - timedelta(seconds=1)
    return {
        "kind": request.kind.value,
        "due_on": last.astimezone(box.briefing.zone).date().isoformat(),
        "code_sent": request.state is RequestState.VERIFYING,
        "proof_needed": request.state in UNVERIFIED,
    }


async def join_waitlist(box: Toolbox, uow: UnitOfWork, arguments: Arguments) -> Result:
    """Let the caller wait for what comes free."""
    contact = await _caller(box, uow, arguments)
    wait = await queueing.join(
        uow, box.briefing.profile, contact.id, box.conversation_id, arguments
    )
    return {"wait_id": str(wait.id)}


async def leave_waitlist(box: Toolbox, uow: UnitOfWork, arguments: Arguments) -> Result:
    """Let the caller wait no more, if it is certain who they are."""
    ended = 0 if box.briefing.guarded else await queueing.leave(uow, arguments)
    return {"ended": ended}


async def request_transfer(box: Toolbox, uow: UnitOfWork, arguments: Arguments) -> Result:
    """Note that the caller is about to be put through."""
    call = await Calls(uow).of_conversation(box.conversation_id)
    if call is None:
        raise NotFound("Only a telephone call can be put through")
    target_id = UUID(arguments["target_id"])
    transfer = await transfers.request(uow, call.id, target_id, reason=arguments["reason"])
    return {**arguments, "transfer_id": str(transfer.id)}


Tool = Callable[[Toolbox, UnitOfWork, Arguments], Awaitable[Result]]
TOOLS: dict[str, Tool] = {
    "ask_privacy": ask_privacy,
    "book": book,
    "cancel": cancel,
    "find_appointments": find_appointments,
    "find_slots": find_slots,
    "join_waitlist": join_waitlist,
    "keep_answer": keep_answer,
    "leave_waitlist": leave_waitlist,
    "move": move,
    "request_transfer": request_transfer,
    "take_message": take_message,
}


async def _caller(box: Toolbox, uow: UnitOfWork, arguments: Arguments) -> Contact:
    contact = await _caller_if_known(box, uow, arguments)
    if contact is None:
        raise NotFound("Nobody is known to book for")
    return contact


async def _caller_if_known(box: Toolbox, uow: UnitOfWork, arguments: Arguments) -> Contact | None:
    """Whom the carrier named, or else whoever has the number that was given."""
    conversation = await conversations.of_caller(uow)
    if conversation.contact_id is not None and conversation.verified:
        contact = await Contacts(uow).get(conversation.contact_id)
    elif arguments["phone"]:
        contact = await contacts.recognise(uow, arguments["phone"], source=Source.CALLER)
        await conversations.identify(uow, box.conversation_id, contact.id)
    else:
        return None
    if arguments["name"] and contact.name is None and contact.restricted_at is None:
        contact = await contacts.update(uow, contact.id, contacts.Details(name=arguments["name"]))
    return contact


def _callback(box: Toolbox, arguments: Arguments, *, named: bool) -> str:
    """Where to call back: where it is not kept who calls, only if they want that."""
    number: str = arguments["phone"] or ""
    given = number != (box.briefing.caller.phone or "")
    return number if named or given or WANTS_CALL.search(arguments["body"]) else ""


def _asked_for(briefing: Briefing, arguments: Arguments) -> tuple[UUID, ...]:
    """Whose calendars matter for a search of free times."""
    service_id = UUID(arguments["service_id"])
    services = briefing.profile.services
    return next((each.resource_ids for each in services if each.id == service_id), ())


async def _site(uow: UnitOfWork, arguments: Arguments) -> Site | None:
    """Where to: as the caller said, or where the visit is that is to be moved."""
    if moving := arguments.get("appointment_id"):
        return await appointments.site(uow, UUID(moving))
    return site_in(arguments)


def site_in(arguments: Arguments) -> Site | None:
    """Where to, as the caller said."""
    found: Site | None = _SITE.validate_python(arguments.get("site"))
    return found


def _wanted(arguments: Arguments) -> Wanted:
    def clock(name: str) -> time | None:
        return time.fromisoformat(arguments[name]) if arguments[name] else None

    return Wanted(
        date.fromisoformat(arguments["first"]),
        date.fromisoformat(arguments["last"]),
        at=clock("at"),
        earliest=clock("earliest"),
        latest=clock("latest"),
    )


def _told(appointment: Appointment) -> Result:
    return {
        "appointment_id": str(appointment.id),
        "service_id": str(appointment.service_id),
        "starts_at": appointment.starts_at.isoformat(),
        "status": appointment.status.value,
    }


def _fingerprint(body: str) -> str:
    # The same words in the same conversation are the same message, however often it is tried.
    return f"message:{hashlib.sha256(body.encode()).hexdigest()[:32]}"
