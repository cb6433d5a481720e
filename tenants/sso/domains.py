"""The domains that a tenant's provider speaks for: named, proved by DNS, and proved again."""

import hmac
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from domain.handlers import HandlerContext, HandlerFunction, serves
from domain.privacy.purposes import Purpose
from domain.work import UnitOfWork
from tenants.sso import rules
from tenants.sso.errors import DomainListed, DomainNotProved, DomainTaken, TooManyDomains
from tenants.sso.events import (
    SsoDomainAdded,
    SsoDomainLapsed,
    SsoDomainRemoved,
    SsoDomainVerified,
)
from tenants.sso.models import SsoDomain
from tenants.sso.ports import NoNameServer, Resolver
from tenants.sso.repository import SsoDomains, SsoSessions

MOST_DOMAINS = 20
EVERY = timedelta(days=1)
# Whoever mends their zone over a long weekend loses nothing.
GRACE = timedelta(days=3)
RECHECK = "sso.recheck"


async def listed(uow: UnitOfWork) -> list[SsoDomain]:
    """Every domain that the tenant has named."""
    uow.require("members:read")
    return await SsoDomains(uow).listed()


async def add(uow: UnitOfWork, written: str) -> SsoDomain:
    """Name a domain; it speaks for nobody until it is proved.

    Raises `InvalidInput`, `DomainListed`, `TooManyDomains` and `StepUpRequired`.
    """
    uow.require("security:write")
    domain, domains = rules.domain_named(written), SsoDomains(uow)
    used = await domains.all().count()
    if used >= MOST_DOMAINS:
        raise TooManyDomains(limit=MOST_DOMAINS, used=used)
    async with domains.refusing(sso_domain_key=DomainListed()):
        row = await domains.add(
            domain=domain, challenge=secrets.token_urlsafe(32), created_at=uow.now
        )
    uow.record(SsoDomainAdded(domain_id=row.id))
    return row


async def to_verify(uow: UnitOfWork, id: UUID) -> SsoDomain:
    """The domain to look up before `verify`. Raises `NotFound` and `StepUpRequired`."""
    uow.require("security:write")
    return await SsoDomains(uow).get(id)


async def is_proved(resolver: Resolver, row: SsoDomain) -> bool:
    """Whether a domain's DNS holds its challenge. Raises `NoNameServer`; a port."""
    found = await resolver.texts(rules.record_of(row.domain))
    wanted = row.challenge.encode()
    return any(hmac.compare_digest(text.strip().encode(), wanted) for text in found)


async def verify(uow: UnitOfWork, id: UUID, *, proved: bool) -> SsoDomain:
    """Let a domain count whose record was found just now.

    Raises `DomainNotProved`, `DomainTaken` and `StepUpRequired`.
    """
    uow.require("security:write")
    domains = SsoDomains(uow)
    row = await domains.lock(id)
    if not proved:
        raise DomainNotProved
    first = row.verified_at is None
    values = {"verified_at": row.verified_at or uow.now, "missing_since": None}
    async with domains.refusing(sso_domain_verified_key=DomainTaken()):
        await domains.save(row, checked_at=uow.now, **values)
    if first:
        uow.record(SsoDomainVerified(domain_id=id))
    _look_again(uow, id)
    return row


async def remove(uow: UnitOfWork, id: UUID) -> SsoDomain:
    """Take a domain off the list; whoever came by the provider with it leaves at once."""
    uow.require("security:write")
    row = await SsoDomains(uow).lock(id)
    await SsoSessions(uow).end_in(row.domain)
    await SsoDomains(uow).remove(row)
    uow.cancel(_timer(id))
    uow.record(SsoDomainRemoved(domain_id=id))
    return row


async def look_again(uow: UnitOfWork, id: UUID, *, proved: bool | None) -> None:
    """Note what a later look has found; None stands for no answer, which changes nothing.

    The house does this by itself, also where a tenant is not served.
    """
    domains = SsoDomains(uow)
    row = await domains.maybe(domains.all().filter(id=id).select_for_update())
    if row is None or row.verified_at is None:
        return
    if proved is None:
        _look_again(uow, id)
        return
    missing_since = None if proved else row.missing_since or uow.now
    await domains.save(row, checked_at=uow.now, missing_since=missing_since)
    if missing_since is not None and uow.now - missing_since >= GRACE:
        await domains.save(row, verified_at=None)
        await SsoSessions(uow).end_in(row.domain)
        uow.record(SsoDomainLapsed(domain_id=id))
        return
    _look_again(uow, id)


@dataclass(frozen=True)
class DomainWatch:
    """The job that looks proved domains up again, with a resolver that the wiring hands in."""

    resolver: Resolver

    @property
    def jobs(self) -> tuple[HandlerFunction, ...]:
        """What can be asked for later."""
        return (self.recheck,)

    @serves(Purpose.SECURITY)
    async def recheck(self, payload: dict[str, Any], context: HandlerContext) -> None:
        """Look a domain up; a name server that is away takes nothing from anybody."""
        id = UUID(payload["domain_id"])
        async with context.unit_of_work() as uow:
            row = await SsoDomains(uow).maybe(SsoDomains(uow).all().filter(id=id))
        proved = await self._look(row) if row else None
        async with context.settle() as uow:
            await look_again(uow, id, proved=proved)

    async def _look(self, row: SsoDomain) -> bool | None:
        try:
            return await is_proved(self.resolver, row)
        except NoNameServer:
            return None


def _look_again(uow: UnitOfWork, id: UUID) -> None:
    payload = {"domain_id": str(id)}
    uow.schedule(RECHECK, at=uow.now + EVERY, key=_timer(id), payload=payload)


def _timer(id: UUID) -> str:
    return f"sso-domain:{id}"
