"""Judging routes by the region of a tenant, and keeping exceptions."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from domain.errors import InvalidInput
from domain.privacy.recipients import Recipient, lies_in
from domain.words import fitting
from domain.work import UnitOfWork
from tenants.records.routes.errors import RouteOutside
from tenants.records.routes.events import RouteAccepted, RouteWithdrawn
from tenants.records.routes.models import RouteAcceptance
from tenants.records.routes.repository import RouteAcceptances

READ, WRITE = "privacy:read", "privacy:write"
LONGEST_REASON = 500


@dataclass(frozen=True)
class Judged:
    """A recipient, whether it lies within the tenant's region, and the exception if it does not."""

    recipient: Recipient
    inside: bool
    acceptance: RouteAcceptance | None = None

    @property
    def is_allowed(self) -> bool:
        """Whether data may go there."""
        return self.inside or self.acceptance is not None


async def judged(uow: UnitOfWork, recipients: Iterable[Recipient]) -> list[Judged]:
    """Each recipient as the tenant's region sees it."""
    region, day = uow.scope.tenant.privacy.region, uow.now.date()
    accepted = {
        (row.recipient, row.country): row
        for row in reversed(await RouteAcceptances(uow).standing())
        if row.region == region
    }
    return [
        Judged(
            each,
            inside=not region or lies_in(each.country, region, day),
            acceptance=accepted.get((each.name, each.country)),
        )
        for each in recipients
    ]


async def refuse_outside(uow: UnitOfWork, recipients: Iterable[Recipient]) -> None:
    """Raise `RouteOutside` for the first recipient to which data may not go."""
    for each in await judged(uow, recipients):
        if not each.is_allowed:
            known, region = each.recipient, uow.scope.tenant.privacy.region
            raise RouteOutside(known.name, known.country, region)


async def accept(
    uow: UnitOfWork, recipients: Iterable[Recipient], name: str, reason: str
) -> RouteAcceptance:
    """Let one recipient keep data where it does, on record; a second time changes nothing.

    Raises `InvalidInput`.
    Only where its country and the basis of the transfer are known can anybody agree to them.
    """
    uow.require(WRITE)
    found = next((each for each in recipients if each.name == name), None)
    if found is None:
        raise InvalidInput.at("recipient", f"There is no recipient {name!r}")
    if not found.is_described:
        raise InvalidInput.at("recipient", "Nobody has said where it is, or on which basis")
    [known] = await judged(uow, [found])
    if known.acceptance is not None:
        return known.acceptance
    region, actor = uow.scope.tenant.privacy.region, uow.scope.actor
    row = await RouteAcceptances(uow).add(
        recipient=found.name,
        country=found.country,
        region=region,
        transfer=found.transfer,
        reason=fitting("reason", reason, LONGEST_REASON),
        accepted_by=str(actor),
        accepted_at=uow.now,
    )
    uow.record(
        RouteAccepted(route_acceptance_id=row.id, recipient=found.name, country=found.country)
    )
    return row


async def withdraw(uow: UnitOfWork, id: UUID) -> RouteAcceptance:
    """Take an exception back; a second time changes nothing."""
    uow.require(WRITE)
    acceptances = RouteAcceptances(uow)
    row = await acceptances.lock(id)
    if row.withdrawn_at is None:
        await acceptances.save(row, withdrawn_at=uow.now)
        uow.record(RouteWithdrawn(route_acceptance_id=id))
    return row
