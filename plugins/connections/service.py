"""Connecting an account, and disconnecting it."""

import hmac
import secrets
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from domain.errors import NotFound
from domain.scope import ActorKind
from domain.sealed import Sealed
from domain.work import UnitOfWork
from integrations.oauth import Provider, Tokens
from plugins.connections import rules
from plugins.connections.errors import (
    AccountJustConnected,
    OnlyPeopleConnect,
    TooManyConnections,
    VisitRefused,
)
from plugins.connections.events import ConnectionEnded, ConnectionMade
from plugins.connections.models import ConnectionStatus, OAuthConnection
from plugins.connections.repository import OAuthConnections, OAuthVisits
from tenants.sso.rules import path_back
from tenants.tokens import hashed

READ = "plugins:read"
WRITE = "plugins:write"
RENEW = "connections.renew"


@dataclass(frozen=True)
class Departure:
    """The secrets with which somebody is sent to a service."""

    state: str = field(repr=False)
    verifier: str = field(repr=False)


@dataclass(frozen=True)
class Arrival:
    """Somebody who came back with a state of ours."""

    verifier: str = field(repr=False)
    return_to: str


async def listed(uow: UnitOfWork) -> list[OAuthConnection]:
    """The accounts that are connected."""
    uow.require(READ)
    return await OAuthConnections(uow).listed()


async def of_service(uow: UnitOfWork, id: UUID, provider: str) -> OAuthConnection:
    """One of the connections at a service. Raises `NotFound`."""
    for row in await OAuthConnections(uow).listed():
        if row.id == id and row.provider == provider:
            return row
    raise NotFound("There is no such connection")


async def begin(uow: UnitOfWork, provider: Provider, return_to: str | None) -> Departure:
    """Remember that somebody leaves for a service; each window has a visit of its own.

    Raises `OnlyPeopleConnect` and `TooManyConnections`.
    """
    uow.require(WRITE)
    if uow.scope.actor.kind is not ActorKind.MEMBER:
        raise OnlyPeopleConnect
    if await OAuthConnections(uow).number() >= rules.MOST_CONNECTIONS:
        raise TooManyConnections(rules.MOST_CONNECTIONS)
    left = Departure(secrets.token_urlsafe(32), secrets.token_urlsafe(48))
    visits = OAuthVisits(uow)
    await visits.forget(uow.now - rules.VISIT_LASTS)
    await visits.add(
        provider=provider.name,
        state_hash=hashed(left.state),
        verifier=Sealed.text(left.verifier),
        begun_by=str(uow.scope.actor),
        return_to=path_back(return_to),
        expires_at=uow.now + rules.VISIT_LASTS,
    )
    return left


async def arrive(uow: UnitOfWork, provider: str, state: str) -> Arrival:
    """Use a visit up, before anything that it brought is looked at. Raises `VisitRefused`."""
    uow.require(WRITE)
    visits = OAuthVisits(uow)
    visit = await visits.by_state(hashed(state))
    # A code of another service's, or of somebody else's account, must not become ours.
    if visit is None or visit.provider != provider:
        raise VisitRefused("state_unknown")
    if not hmac.compare_digest(visit.begun_by, str(uow.scope.actor)):
        raise VisitRefused("other_person")
    if visit.used_at is not None or visit.expires_at <= uow.now:
        raise VisitRefused("too_late")
    await visits.save(visit, used_at=uow.now)
    return Arrival(visit.verifier.read(), visit.return_to)


async def keep(
    uow: UnitOfWork, provider: Provider, tokens: Tokens, data_centre: str = ""
) -> OAuthConnection:
    """Keep the tokens of an account; one that is connected already is mended by them.

    Raises `AccountJustConnected`.
    """
    uow.require(WRITE)
    connections = OAuthConnections(uow)
    key = hashed(f"{provider.name} {tokens.subject or tokens.account or uow.new_id()}")
    values = {
        "account": tokens.account or provider.title,
        "scopes": sorted(tokens.scopes or provider.scopes),
        "status": ConnectionStatus.ACTIVE,
        "data_centre": data_centre,
        "connected_by": str(uow.scope.actor),
        "updated_at": uow.now,
    }
    row = await connections.of_account(provider.name, key)
    if row is None:
        async with connections.refusing(oauth_connection_key=AccountJustConnected()):
            row = await connections.add(
                **values,
                **fresh(uow, tokens),
                provider=provider.name,
                account_key=key,
                created_at=uow.now,
            )
    else:
        await connections.save(row, **values, **fresh(uow, tokens, row))
    set_timer(uow, row)
    uow.record(ConnectionMade(connection_id=row.id, provider=provider.name))
    return row


async def end(uow: UnitOfWork, id: UUID) -> UUID:
    """Use an account no more; the service is told, and then it is forgotten. Raises `NotFound`."""
    uow.require(WRITE)
    connections = OAuthConnections(uow)
    row = await connections.lock(id)
    if row.status is ConnectionStatus.ENDING:
        raise NotFound("There is no such connection")
    await finish_with(uow, row)
    return id


async def finish_with(uow: UnitOfWork, row: OAuthConnection) -> None:
    """Mark a connection as ending."""
    uow.cancel(timer_key(row.id))
    await OAuthConnections(uow).save(row, status=ConnectionStatus.ENDING, updated_at=uow.now)
    uow.record(ConnectionEnded(connection_id=row.id, provider=row.provider))


def fresh(uow: UnitOfWork, tokens: Tokens, before: OAuthConnection | None = None) -> dict[str, Any]:
    """The columns that hold new tokens; without a new refresh token the one before stays."""
    old = before.tokens.load()["refresh"] if before and before.tokens else ""
    lasts = timedelta(seconds=tokens.lasts) if tokens.lasts else None
    return {
        "tokens": Sealed.json({"access": tokens.access, "refresh": tokens.refresh or old}),
        # An account may move, and says so when it gives tokens.
        "api_url": tokens.api_url or (before.api_url if before else ""),
        # A service counts in the time outside, however far a sandbox's clock was put forward.
        "refreshed_at": uow.real_now,
        "expires_at": uow.real_now + lasts if lasts else None,
        "refreshing_until": None,
    }


def set_timer(uow: UnitOfWork, row: OAuthConnection) -> None:
    """Renew the tokens in time, whether or not anybody uses them."""
    if row.expires_at is None:
        return
    ahead = uow.now - uow.real_now
    at = rules.renew_at(row.refreshed_at, row.expires_at) + ahead
    uow.schedule(RENEW, at=at, key=timer_key(row.id), payload={"connection_id": str(row.id)})


def timer_key(id: UUID) -> str:
    """The key of a connection's timer."""
    return f"connection:{id}"
