"""Taking in a demand, deciding on it with two people, and answering no more than it asks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.calls.repository import Calls
from domain.contacts.repository import Contacts
from domain.conversations.models import Conversation
from domain.conversations.repository import Conversations, Turns
from domain.errors import FieldProblem, Forbidden, InvalidInput
from domain.personal import DataClass
from domain.phone import normalise
from domain.scope import ActorKind
from domain.sealed import Sealed
from domain.trail import Trace
from domain.words import fitting
from domain.work import UnitOfWork
from tenants.records.legal.errors import SecondPersonNeeded, WrongDemandStage
from tenants.records.legal.events import (
    LegalProcessAnswered,
    LegalProcessApproved,
    LegalProcessDisclosed,
    LegalProcessReceived,
    LegalProcessRefused,
)
from tenants.records.legal.models import LegalBasis, LegalProcess, LegalStage
from tenants.records.legal.repository import LegalProcesses

TELL = "legal.tell"
DISCLOSED = "legal_process.answered"
LONGEST_NAME, LONGEST_DECISION = 300, 4000
MOST_CONTACTS = 50
# An answer that was lost on its way is given again.
ANSWERED_AT = frozenset({LegalStage.APPROVED, LegalStage.ANSWERED})
# What an answer can hold; for anything else a demand is answered by hand.
ANSWERABLE = frozenset({DataClass.CALL_METADATA, DataClass.CALLER_IDENTITY, DataClass.TRANSCRIPT})


@dataclass(frozen=True)
class Demand:
    """What an authority wants, and by what right."""

    basis: LegalBasis
    authority: str
    reference: str
    contact_ids: tuple[UUID, ...]
    data_kinds: frozenset[DataClass]
    since: datetime
    until: datetime
    secret_until: datetime | None = None


async def receive(uow: UnitOfWork, demand: Demand) -> LegalProcess:
    """Put a demand on record. Raises `InvalidInput` for one without bounds."""
    _only_operator(uow)
    _check(demand)
    for id in demand.contact_ids:
        await Contacts(uow).get(id)
    row = await LegalProcesses(uow).add(
        basis=demand.basis,
        stage=LegalStage.RECEIVED,
        authority=Sealed.text(fitting("authority", demand.authority, LONGEST_NAME)),
        reference=Sealed.text(fitting("reference", demand.reference, LONGEST_NAME)),
        contact_ids=[str(id) for id in demand.contact_ids],
        data_kinds=sorted(demand.data_kinds),
        since=demand.since,
        until=demand.until,
        received_at=uow.now,
        received_by=str(uow.scope.actor),
        secret_until=demand.secret_until,
    )
    uow.record(LegalProcessReceived(legal_process_id=row.id))
    return row


async def approve(uow: UnitOfWork, id: UUID, decision: str) -> LegalProcess:
    """Agree to answer it. Raises `SecondPersonNeeded`, `WrongDemandStage` and `InvalidInput`."""
    row = await _decide(uow, id, LegalStage.APPROVED, decision)
    uow.record(LegalProcessApproved(legal_process_id=id))
    return row


async def refuse(uow: UnitOfWork, id: UUID, decision: str) -> LegalProcess:
    """Do not answer it. Raises `SecondPersonNeeded`, `WrongDemandStage` and `InvalidInput`."""
    row = await _decide(uow, id, LegalStage.REFUSED, decision)
    uow.record(LegalProcessRefused(legal_process_id=id))
    return row


async def answer(uow: UnitOfWork, id: UUID) -> list[dict[str, Any]]:
    """What is within its scope, and nothing else; on record before it leaves, each time.

    Raises `WrongDemandStage` unless it was approved and asks for something to be handed out.
    """
    _only_operator(uow)
    row = await LegalProcesses(uow).lock(id)
    if row.stage not in ANSWERED_AT or row.basis is LegalBasis.PRESERVATION:
        raise WrongDemandStage(row.stage)
    conversations = await _within(uow, row)
    kinds = {DataClass(kind) for kind in row.data_kinds}
    told = [await _told(uow, each, kinds) for each in conversations]
    for each in conversations:
        about = (("conversation", each.id),)
        uow.trace(Trace(DISCLOSED, "legal_process", id, about, discloses=True))
    await LegalProcesses(uow).save(
        row, stage=LegalStage.ANSWERED, answered_at=uow.now, disclosed=len(told)
    )
    uow.record(LegalProcessAnswered(legal_process_id=id, disclosed=len(told)))
    return told


async def named(uow: UnitOfWork, people: Sequence[str]) -> tuple[UUID, ...]:
    """The contacts behind numbers and addresses in a demand. Raises `InvalidInput`."""
    _only_operator(uow)
    if len(people) > MOST_CONTACTS:
        raise InvalidInput.at("people", f"Name up to {MOST_CONTACTS} people")
    contacts, found = Contacts(uow), []
    for each in people:
        number = "" if "@" in each else normalise(each, uow.scope.tenant.region)
        known = contacts.by_phone(number) if number else contacts.by_email(each.strip().lower())
        contact = await known
        if contact is None:
            raise InvalidInput.at("people", f"Nobody here has {each!r}")
        found.append(contact.id)
    return tuple(dict.fromkeys(found))


async def tell(uow: UnitOfWork, id: UUID) -> LegalProcess | None:
    """Let the business know, unless that is still forbidden, or was done."""
    processes = LegalProcesses(uow)
    row = await processes.lock(id)
    if row.told_at is not None or (row.secret_until and row.secret_until > uow.now):
        return None
    await processes.save(row, told_at=uow.now)
    uow.record(LegalProcessDisclosed(legal_process_id=id))
    return row


async def _decide(uow: UnitOfWork, id: UUID, stage: LegalStage, decision: str) -> LegalProcess:
    _only_operator(uow)
    row = await LegalProcesses(uow).lock(id)
    if row.stage is not LegalStage.RECEIVED:
        raise WrongDemandStage(row.stage)
    if row.received_by == str(uow.scope.actor):
        raise SecondPersonNeeded
    words = Sealed.text(fitting("decision", decision, LONGEST_DECISION))
    at = max(row.secret_until or uow.now, uow.now)
    # The business hears of what was refused as well.
    uow.schedule(TELL, at=at, key=f"{TELL}:{id}", payload={"legal_process_id": str(id)})
    return await LegalProcesses(uow).save(
        row, stage=stage, decided_at=uow.now, decided_by=str(uow.scope.actor), decision=words
    )


async def _within(uow: UnitOfWork, row: LegalProcess) -> Sequence[Conversation]:
    conversations = Conversations(uow)
    rows = conversations.all().filter(
        contact_id__in=[UUID(id) for id in row.contact_ids],
        started_at__gte=row.since,
        started_at__lt=row.until,
    )
    return await conversations.page(rows.order_by("started_at", "id"))


async def _told(
    uow: UnitOfWork, conversation: Conversation, kinds: set[DataClass]
) -> dict[str, Any]:
    told: dict[str, Any] = {"conversation": str(conversation.id)}
    if DataClass.CALL_METADATA in kinds:
        call = await Calls(uow).of_conversation(conversation.id)
        told |= {"started_at": conversation.started_at, "ended_at": conversation.ended_at}
        told |= {"duration_ms": call.duration_ms} if call else {}
    if DataClass.CALLER_IDENTITY in kinds and conversation.contact_id is not None:
        contact = await Contacts(uow).get(conversation.contact_id)
        sealed = {"name": contact.name, "phone": contact.phone, "email": contact.email}
        told |= {name: value.read() if value else None for name, value in sealed.items()}
    if DataClass.TRANSCRIPT in kinds:
        turns = await Turns(uow).of(conversation.id)
        told["turns"] = [{"by": each.speaker, "text": each.text.read()} for each in turns]
    return told


def _check(demand: Demand) -> None:
    beyond = sorted(demand.data_kinds - ANSWERABLE)
    found = {
        "contact_ids": not 0 < len(demand.contact_ids) <= MOST_CONTACTS
        and f"Name 1 to {MOST_CONTACTS} people",
        "data_kinds": (not demand.data_kinds and "Name the kinds of data")
        or (beyond and f"{beyond[0]} is not handed out like this"),
        "until": demand.until <= demand.since and "It ends before it begins",
    }
    problems = [FieldProblem(name, str(words)) for name, words in found.items() if words]
    if problems:
        raise InvalidInput("A demand without bounds is not answered", *problems)


def _only_operator(uow: UnitOfWork) -> None:
    if uow.scope.actor.kind is not ActorKind.OPERATOR:
        raise Forbidden("Demands of authorities are handled by the operator's staff")
