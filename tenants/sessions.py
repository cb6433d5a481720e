"""Signing in and out: who is behind a request, by the secret token of their session.

Only the SHA-256 of a token is stored, so a copy of the database signs nobody in.
"""

import asyncio
import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from tortoise.connection import get_connection

from domain.database import MAIN, tenant_transaction
from domain.errors import NotFound
from domain.scope import Scope
from domain.work import UnitsOfWork
from tenants.errors import SessionEnded, WrongCredentials
from tenants.models import Membership, Role, User
from tenants.passwords import matches
from tenants.repository import Sessions
from tenants.service import member_scope

LASTS = timedelta(days=14)


@dataclass(frozen=True)
class SignedIn:
    """A session that has just begun; its token is shown here and never again."""

    token: str
    scope: Scope
    expires_at: datetime


@dataclass(frozen=True)
class Standing:
    """A session that is still good."""

    id: UUID
    scope: Scope


async def sign_in(unit_of_work: UnitsOfWork, email: str, password: str) -> SignedIn:
    """Begin a session at the tenant the user joined first. Raises `WrongCredentials`.

    An unknown address takes as long to refuse as a wrong password.
    """
    found = await _ask("SELECT * FROM credentials_by_email($1)", email.strip())
    known = found[0] if found else None
    hashed = known["password_hash"] if known else None
    # Argon2 is slow on purpose and lets go of the interpreter: elsewhere it blocks nobody.
    if not await asyncio.to_thread(matches, password, hashed) or known is None:
        raise WrongCredentials
    return await _begin(unit_of_work, known["user_id"])


async def _begin(unit_of_work: UnitsOfWork, user_id: UUID) -> SignedIn:
    memberships = await _ask("SELECT * FROM memberships_of_user($1)", user_id)
    if not memberships:
        raise WrongCredentials
    scope = await member_scope(memberships[0]["tenant_id"], user_id, Role(memberships[0]["role"]))
    token = secrets.token_urlsafe(32)
    async with unit_of_work(scope) as uow:
        session = await Sessions(uow).add(
            user_id=user_id,
            token_hash=_hashed(token),
            created_at=uow.now,
            expires_at=uow.now + LASTS,
        )
    return SignedIn(token, scope, session.expires_at)


async def resume(token: str, now: datetime) -> Standing:
    """The session of a token, as its member may act at this moment. Raises `SessionEnded`.

    Membership and tenant are looked up anew: who has left, or is not served, notices at once.
    """
    found = await _ask("SELECT * FROM session_by_hash($1, $2)", _hashed(token), now)
    if not found:
        raise SessionEnded
    tenant_id, user_id = found[0]["tenant_id"], found[0]["user_id"]
    role = await _role_of(tenant_id, user_id)
    if role is None:
        raise SessionEnded
    try:
        return Standing(found[0]["session_id"], await member_scope(tenant_id, user_id, role))
    except NotFound as gone:
        raise SessionEnded from gone


async def sign_out(unit_of_work: UnitsOfWork, standing: Standing) -> None:
    """End a session for good."""
    async with unit_of_work(standing.scope) as uow:
        sessions = Sessions(uow)
        await sessions.save(await sessions.lock(standing.id), revoked_at=uow.now)


async def _role_of(tenant_id: UUID, user_id: UUID) -> Role | None:
    async with tenant_transaction(tenant_id, read_only=True) as connection:
        able = User.filter(id=user_id, disabled_at=None).using_db(connection)
        if not await able.exists():
            return None
        member = await Membership.filter(user_id=user_id).using_db(connection).first()
    return member.role if member else None


async def _ask(question: str, *values: object) -> list[dict[str, Any]]:
    """Ask one of the look-up functions that answer before a tenant is known."""
    return await get_connection(MAIN).execute_query_dict(question, list(values))


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
