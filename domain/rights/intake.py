"""Taking a request down: whoever asks, however they reach us, is answered in the same way."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from domain import conversations, law
from domain.contacts.models import Contact
from domain.contacts.repository import Contacts
from domain.contacts.service import Details
from domain.errors import InvalidInput
from domain.phone import normalise
from domain.privacy.policy import Profile
from domain.rights import desk, verification
from domain.rights.events import RequestReceived
from domain.rights.kinds import WITHOUT_PROOF, Intake, Means, Party, RequestKind, RequestState
from domain.rights.models import PrivacyRequest
from domain.rights.repository import PrivacyRequests
from domain.scope import ActorKind
from domain.sealed import Sealed
from domain.words import within
from domain.work import UnitOfWork

LONGEST = {"name": 200, "email": 254, "words": 5_000}
AT_ONCE = frozenset({Intake.CHAT, Intake.PHONE, Intake.SMS})


@dataclass(frozen=True)
class Asked:
    """What somebody asks for, and what they say of themselves; "" where they say nothing."""

    kind: RequestKind
    intake: Intake
    name: str = ""
    email: str = ""
    phone: str = ""
    words: str = ""
    place: str | None = None
    """The country or state they live in, ISO 3166."""
    changes: Details | None = None
    contact_id: UUID | None = None
    """Whom they are, if a member of staff says so."""


@dataclass(frozen=True)
class Asker:
    """Whoever asks, as they are known here, and how they can be reached."""

    contact: Contact | None
    email: str
    phone: str
    conversation_id: UUID | None = None

    @property
    def on_file(self) -> str:
        """The address to which a code goes: never the one that a stranger types for a contact."""
        if self.contact is None:
            return self.email
        return self.contact.email.read() if self.contact.email else ""


async def ask(uow: UnitOfWork, asked: Asked) -> PrivacyRequest:
    """Take down what a caller asks for; asked again in one conversation it is the same request.

    Raises `InvalidInput` and `NotFound`.
    """
    uow.require(desk.ASK)
    asker = await _asker(uow, asked)
    if asker.conversation_id is not None:
        known = await PrivacyRequests(uow).open_of_conversation(asker.conversation_id, asked.kind)
        if known is not None:
            return known
    whose = {
        "party": Party.CALLER,
        "contact_id": asker.contact.id if asker.contact else None,
        "conversation_id": asker.conversation_id,
        "email": _sealed(asker.on_file),
        "phone": _sealed(asker.phone),
        "place": _place(asked.place) or law.place_of_number(asker.phone),
    }
    request = await _add(uow, asked, whose, uow.scope.tenant.privacy)
    if request.state is RequestState.RECEIVED and asker.on_file:
        await verification.send(uow, request, Means.EMAIL)
    return request


async def ask_about_account(
    uow: UnitOfWork, asked: Asked, user_id: UUID, promises: Profile
) -> PrivacyRequest:
    """Take down what somebody who works here asks of the operator: they are signed in."""
    whose = {"party": Party.ACCOUNT, "user_id": user_id, "place": _place(asked.place)}
    request = await _add(uow, asked, whose, promises)
    return await verification.accept(uow, request, Means.SESSION)


async def _add(
    uow: UnitOfWork, asked: Asked, whose: Mapping[str, object], promises: Profile
) -> PrivacyRequest:
    requests = PrivacyRequests(uow)
    told = asked.intake in AT_ONCE or bool(whose.get("email")) or "user_id" in whose
    request = await requests.add(
        kind=asked.kind,
        intake=asked.intake,
        state=_first_state(asked.kind),
        name=_sealed(within("name", asked.name, LONGEST["name"])),
        words=_sealed(within("words", asked.words, LONGEST["words"])),
        changes=_changes(asked),
        received_at=uow.now,
        # Whoever has an address gets a letter at once; whoever is on the line is told.
        confirmed_at=uow.now if told else None,
        due_at=uow.now,
        **whose,
    )
    due_at = desk.answer_due(desk.clocks_of(uow, request, promises))
    await requests.save(request, due_at=due_at)
    desk.set_alarms(uow, request.id, request.received_at, due_at)
    uow.record(RequestReceived(privacy_request_id=request.id, kind=asked.kind, intake=asked.intake))
    return request


def _first_state(kind: RequestKind) -> RequestState:
    return RequestState.OPEN if kind in WITHOUT_PROOF else RequestState.RECEIVED


async def _asker(uow: UnitOfWork, asked: Asked) -> Asker:
    if uow.scope.actor.kind is ActorKind.CALLER and asked.intake in AT_ONCE:
        return await _of_conversation(uow, asked)
    phone = normalise(asked.phone, uow.scope.tenant.region) if asked.phone else ""
    email = within("email", asked.email.strip(), LONGEST["email"])
    if not (email or phone or asked.contact_id):
        raise InvalidInput.at("email", "Leave an e-mail address or a telephone number")
    return Asker(await _contact(uow, asked.contact_id, email, phone), email, phone)


async def _of_conversation(uow: UnitOfWork, asked: Asked) -> Asker:
    """Whoever is on the line: known if the carrier named them."""
    conversation = await conversations.of_caller(uow)
    contact = None
    if conversation.contact_id is not None and conversation.verified:
        contact = await Contacts(uow).get(conversation.contact_id)
    phone = contact.phone.read() if contact and contact.phone else asked.phone
    return Asker(contact, asked.email, phone, conversation.id)


async def _contact(uow: UnitOfWork, id: UUID | None, email: str, phone: str) -> Contact | None:
    contacts = Contacts(uow)
    if id is not None:
        uow.require("contacts:read")
        return await contacts.get(id)
    found = await contacts.by_email(email) if email else None
    return found or (await contacts.by_phone(phone) if phone else None)


def _place(place: str | None) -> str | None:
    """A country or state as it is written. Raises `InvalidInput`."""
    if not place:
        return None
    written = place.strip().upper()
    country, dash, part = written.partition("-")
    fits = len(country) == 2 and country.isalpha() and (part.isalnum() and len(part) <= 3)
    if not (fits or (len(written) == 2 and written.isalpha() and not dash)):
        raise InvalidInput.at("place", "Write a country or state such as DE or US-CA")
    return written


def _changes(asked: Asked) -> Sealed | None:
    """What is to be corrected. Raises `InvalidInput`."""
    if asked.changes is None:
        return None
    if asked.kind is not RequestKind.CORRECTION:
        raise InvalidInput.at("changes", "Only a correction says what is to be changed")
    said = {name: words for name, words in vars(asked.changes).items() if words is not None}
    longest = LONGEST["email"]
    return Sealed.json({k: within(f"changes.{k}", words, longest) for k, words in said.items()})


def _sealed(words: object) -> Sealed | None:
    return Sealed.text(str(words)) if words else None
