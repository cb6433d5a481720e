"""Recording agreements about health data, and what they allow."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.errors import InvalidInput
from domain.privacy.purposes import Purpose
from domain.trail import Trace
from domain.words import fitting
from domain.work import UnitOfWork
from tenants.agreements.errors import AgreementNeeded
from tenants.agreements.events import AgreementEnded, AgreementRecorded, DispositionRecorded
from tenants.agreements.models import PLATFORM, Agreement, Disposal, Disposition
from tenants.agreements.repository import Agreements, Dispositions, remaining

READ, WRITE = "privacy:read", "privacy:write"
MAIL = "mail"
KINDS = ("app", "plugin", "tool", "webhook")
LONGEST = {"party": 120, "scope": 500, "version": 40}
LONGEST_REASON, LONGEST_WHY = 300, 500


@dataclass(frozen=True)
class NewAgreement:
    """An agreement that was signed; `purpose` says why data goes there, but for the platform."""

    party: str
    scope: str
    version: str
    signed_on: date
    destination: str = PLATFORM
    purpose: Purpose | None = None


@dataclass(frozen=True)
class Clearance:
    """What may leave for a destination: everything, or only that there is something."""

    full: bool
    agreement: Agreement | None = None


async def record(uow: UnitOfWork, new: NewAgreement) -> Agreement:
    """Put a signed agreement on record. Raises `InvalidInput`."""
    uow.require(WRITE)
    if new.signed_on > uow.now.date():
        raise InvalidInput.at("signed_on", "It must have been signed already")
    if (new.purpose is None) != (new.destination == PLATFORM):
        raise InvalidInput.at("purpose", "Say for which purpose data goes there, if it leaves")
    words = {name: fitting(name, getattr(new, name), longest) for name, longest in LONGEST.items()}
    agreement = await Agreements(uow).add(
        **words,
        destination=_destination(new.destination),
        purpose=new.purpose,
        signed_on=new.signed_on,
        recorded_by=str(uow.scope.actor),
        recorded_at=uow.now,
    )
    destination = agreement.destination
    uow.record(AgreementRecorded(agreement_id=agreement.id, destination=destination))
    return agreement


async def end(uow: UnitOfWork, id: UUID, because: str) -> Agreement:
    """Say that an agreement is over; a second time changes nothing.

    Raises `InvalidInput`, and `AgreementNeeded` for the one that HIPAA mode rests on.
    """
    uow.require(WRITE)
    agreements = Agreements(uow)
    agreement = await agreements.lock(id)
    if agreement.ended_at is not None:
        return agreement
    why = fitting("reason", because, LONGEST_REASON)
    await agreements.save(agreement, ended_at=uow.now, ended_because=why)
    if await _is_missed(uow, agreement.destination):
        raise AgreementNeeded
    uow.record(AgreementEnded(agreement_id=id, destination=agreement.destination))
    return agreement


async def dispose(uow: UnitOfWork, how: Disposal, reason: str) -> Disposition:
    """Put on record what becomes of the health data that is here. Raises `InvalidInput`."""
    uow.require(WRITE)
    return await put_on_record(uow, how, reason)


async def put_on_record(uow: UnitOfWork, how: Disposal, reason: str) -> Disposition:
    """The same, at a business that is closed; whoever calls has asked whether that may be."""
    disposition = await Dispositions(uow).add(
        how=how,
        reason=fitting("reason", reason, LONGEST_WHY),
        rows=await remaining(uow),
        decided_by=str(uow.scope.actor),
        decided_at=uow.now,
    )
    rows = disposition.rows
    uow.record(DispositionRecorded(disposition_id=disposition.id, how=how.value, rows=rows))
    return disposition


async def is_agreed_with(uow: UnitOfWork, plugin: str) -> bool:
    """Whether an agreement with whoever makes a plugin is in force."""
    return await Agreements(uow).in_force(f"plugin:{plugin}") is not None


async def clearance(uow: UnitOfWork, destination: str) -> Clearance:
    """Whether what is known of callers may leave for a destination, or only that there is news."""
    if not uow.scope.tenant.privacy.hipaa:
        return Clearance(full=True)
    agreement = await Agreements(uow).in_force(destination)
    return Clearance(agreement is not None, agreement)


def account(uow: UnitOfWork, cleared: Clearance, noun: str, id: UUID) -> None:
    """Put a disclosure on record before it is made (45 CFR 164.528)."""
    if cleared.agreement is None:
        return
    agreement = cleared.agreement
    told = {
        "to": agreement.party,
        "destination": agreement.destination,
        "purpose": agreement.purpose.value if agreement.purpose else "",
        "agreement": str(agreement.id),
    }
    uow.trace(Trace("phi.disclosed", noun, id, discloses=True, details=told))


async def _is_missed(uow: UnitOfWork, destination: str) -> bool:
    """Whether HIPAA mode is on, or about to be, and nothing is left for it to rest on."""
    if destination != PLATFORM or await Agreements(uow).in_force(PLATFORM) is not None:
        return False
    return uow.scope.tenant.privacy.hipaa or await Agreements(uow).is_promised()


def _destination(written: str) -> str:
    kind, _, name = written.partition(":")
    if written in (PLATFORM, MAIL) or (kind in KINDS and name.strip()):
        return fitting("destination", written, 80)
    known = "platform, mail, webhook:ID, app:ID, tool:ID or plugin:NAME"
    raise InvalidInput.at("destination", f"Write {known}")
