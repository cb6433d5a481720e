"""The tokens of one grant: from its code, or from a secret, to the end of all of them at once.

The row of the grant is locked by whatever makes or ends its tokens, so that of two who redeem one
code or refresh one token at the same time exactly one is served.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from domain.work import UnitOfWork
from tenants.apps import rules
from tenants.apps.events import AppGrantOpened, AppGrantRevoked
from tenants.apps.models import App, AppGrant, AppToken, GrantEnd, TokenKind
from tenants.apps.repository import AppGrants, AppTokens, ConnectedApps
from tenants.apps.rules import Lifetimes
from tenants.tokens import hashed, new_token

NEVER = Lifetimes()


@dataclass(frozen=True)
class Tokens:
    """What an app is given; it is shown here and never again."""

    access: str = field(repr=False)
    refresh: str | None = field(repr=False)
    permissions: tuple[str, ...]
    lasts: timedelta


async def redeem(
    uow: UnitOfWork, grant_id: UUID, app: App, lasting: Lifetimes = NEVER
) -> Tokens | None:
    """Turn a code into tokens, once; None if it is not good (any more).

    A code that comes a second time was stolen, or its tokens were: they end.
    """
    grants = AppGrants(uow)
    grant = await grants.lock(grant_id)
    if grant.app_id != app.id or grant.ended_at is not None:
        return None
    if grant.redeemed_at is not None:
        await end(uow, grant, GrantEnd.CODE_REPLAYED)
        return None
    if grant.code_until is None or grant.code_until <= uow.now:
        return None
    await grants.save(grant, redeemed_at=uow.now, expires_at=uow.now + lasting.grant)
    return await _issue(uow, grant, grant.permissions, lasting)


async def refresh(
    uow: UnitOfWork, token_id: UUID, app: App, wanted: Iterable[str], lasting: Lifetimes = NEVER
) -> Tokens | None:
    """Turn a refresh token into an access token and the next refresh token; None if it is not good.

    One that was used before ends the whole grant; unless its app has a secret, and is so quick
    that two of its processes may have met: then it is only refused.
    """
    tokens = AppTokens(uow)
    grant = await AppGrants(uow).lock((await tokens.get(token_id)).grant_id)
    token = await tokens.get(token_id)
    if grant.app_id != app.id or grant.ended_at is not None or grant.expires_at <= uow.now:
        return None
    if token.kind is not TokenKind.REFRESH or token.revoked_at or token.expires_at <= uow.now:
        return None
    if token.used_at is not None:
        if not rules.is_forgiven(token.used_at, uow.now, confidential=app.confidential):
            await end(uow, grant, GrantEnd.REFRESH_REUSED)
        return None
    await tokens.save(token, used_at=uow.now)
    await tokens.forget(grant.id)
    still = rules.allowed(grant.permissions, app.permissions, await _agreed(uow, grant))
    return await _issue(uow, grant, still & set(wanted) or still, lasting)


async def act_at_home(
    uow: UnitOfWork, app: App, wanted: Iterable[str], lasting: Lifetimes = NEVER
) -> Tokens:
    """An access token for the app's own home; there is nothing to refresh."""
    grants = AppGrants(uow)
    await grants.forget(app.id, uow.now - rules.REMEMBERED)
    permissions = sorted(rules.allowed(wanted, app.permissions))
    grant = await grants.add(
        app_id=app.id,
        home_id=app.tenant_id,
        permissions=permissions,
        redeemed_at=uow.now,
        created_at=uow.now,
        expires_at=uow.now + lasting.access,
    )
    uow.record(AppGrantOpened(grant_id=grant.id, app_id=app.id, permissions=tuple(permissions)))
    access = await _add(uow, grant, TokenKind.ACCESS, permissions, grant.expires_at)
    return Tokens(access, None, tuple(permissions), lasting.access)


async def give_back(uow: UnitOfWork, token_id: UUID, app: App) -> None:
    """End a token that its app needs no more; a refresh token ends the whole grant."""
    tokens = AppTokens(uow)
    token = await tokens.get(token_id)
    grant = await AppGrants(uow).lock(token.grant_id)
    if grant.app_id != app.id:
        return
    if token.kind is TokenKind.REFRESH:
        await end(uow, grant, GrantEnd.REVOKED)
    elif token.revoked_at is None:
        await tokens.save(token, revoked_at=uow.now)


async def end(uow: UnitOfWork, grant: AppGrant, why: GrantEnd) -> None:
    """End every token of a grant, for good; a second time changes nothing."""
    if grant.ended_at is not None:
        return
    await AppGrants(uow).save(grant, ended_at=uow.now, ended_because=why)
    uow.record(AppGrantRevoked(grant_id=grant.id, app_id=grant.app_id, reason=why))


async def refreshable(
    uow: UnitOfWork, token: AppToken, grant: AppGrant, app: App
) -> frozenset[str]:
    """What a refresh token is good for at this moment; nothing, if it is not (any more)."""
    over = token.used_at or token.revoked_at or grant.ended_at
    if over or token.expires_at <= uow.now:
        return frozenset()
    return rules.allowed(grant.permissions, app.permissions, await _agreed(uow, grant))


async def _agreed(uow: UnitOfWork, grant: AppGrant) -> list[str]:
    """What the business agrees to today, which may be less than when the grant was made."""
    if grant.connection_id is None:
        return grant.permissions
    return (await ConnectedApps(uow).get(grant.connection_id)).permissions


async def _issue(
    uow: UnitOfWork, grant: AppGrant, permissions: Iterable[str], lasting: Lifetimes
) -> Tokens:
    told = sorted(permissions)
    until = min(uow.now + lasting.access, grant.expires_at)
    access = await _add(uow, grant, TokenKind.ACCESS, told, until)
    idle = min(uow.now + lasting.idle, grant.expires_at)
    refresh = await _add(uow, grant, TokenKind.REFRESH, grant.permissions, idle)
    return Tokens(access, refresh, tuple(told), until - uow.now)


async def _add(
    uow: UnitOfWork, grant: AppGrant, kind: TokenKind, permissions: list[str], until: datetime
) -> str:
    access = kind is TokenKind.ACCESS
    token = new_token(rules.ACCESS_PREFIX if access else rules.REFRESH_PREFIX)
    await AppTokens(uow).add(
        grant_id=grant.id,
        kind=kind,
        token_hash=hashed(token),
        permissions=permissions,
        issued_at=uow.now,
        expires_at=until,
    )
    return token
