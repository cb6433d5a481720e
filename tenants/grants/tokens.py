"""A house's program at a tenant: its key against a token that is good there, for some minutes."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from domain.errors import Forbidden, NotFound
from domain.scope import ActorKind, Scope
from domain.work import UnitsOfWork
from tenants.api_keys import service as api_keys
from tenants.api_keys.errors import KeyRefused
from tenants.api_keys.service import KeyStanding
from tenants.grants import service
from tenants.grants.events import TokenIssued
from tenants.grants.models import AccessGrant
from tenants.grants.repository import AccessTokens, Grants
from tenants.tokens import hashed, new_token

PREFIX = "dbt_"
LASTS = timedelta(minutes=15)


@dataclass(frozen=True)
class Issued:
    """A token, which is shown here and never again."""

    token: str = field(repr=False)
    expires_at: datetime


async def issue(unit_of_work: UnitsOfWork, home: Scope, slug: str) -> Issued:
    """Let a program of a house act at a tenant that the house holds a grant of.

    Raises `NotFound` for any other tenant, and `Forbidden`.
    """
    async with unit_of_work(home, read_only=True) as uow:
        uow.require("tenants:reach")
        if home.actor.kind is not ActorKind.KEY:
            raise Forbidden("Only a program can do this; people visit")
        grant = await Grants(uow).held_of(slug)
    there = await service.guest_scope(grant, home, service.TOKEN)
    key_id = UUID(home.actor.id)
    happened = TokenIssued(grant_id=grant.id, house_id=grant.grantee_id, api_key_id=key_id)
    async with unit_of_work(home) as uow:
        uow.record(happened)
    return await _add(unit_of_work, there, grant, happened)


async def _add(
    unit_of_work: UnitsOfWork, there: Scope, grant: AccessGrant, happened: TokenIssued
) -> Issued:
    token = f"{PREFIX}{new_token()}"
    async with unit_of_work(there) as uow:
        tokens = AccessTokens(uow)
        await tokens.all().filter(expires_at__lte=uow.now).delete()
        latest = uow.now + LASTS
        ends = min(latest, grant.expires_at or latest)
        await tokens.add(
            grant_id=grant.id,
            key_id=happened.api_key_id,
            token_hash=hashed(token),
            created_at=uow.now,
            expires_at=ends,
        )
        uow.record(happened)
    return Issued(token, ends)


async def resume(unit_of_work: UnitsOfWork, token: str, address: str) -> KeyStanding:
    """Who is behind a token, as they may act at this moment. Raises `KeyRefused`.

    Whatever is wrong with token, key, grant or house: one look-up, one answer.
    """
    now = unit_of_work.clock.now()
    at = api_keys.plain_address(address)
    found = await AccessTokens.by_hash(hashed(token), now, at)
    standing = await api_keys.by_id(found.house_id, found.key_id, now) if found else None
    grant = await Grants.look_up(found.tenant_id, found.grant_id, now) if found else None
    if grant is None or standing is None:
        raise KeyRefused
    try:
        scope = await service.guest_scope(grant, standing.scope, service.TOKEN)
    except (Forbidden, NotFound) as gone:
        raise KeyRefused from gone
    return KeyStanding(standing.id, scope, standing.rate_per_minute)
