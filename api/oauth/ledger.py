"""What the authorisation server keeps and looks up: each answer in a unit of work of its own."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from api.oauth.client import Client
from domain.scope import Scope
from domain.work import UnitsOfWork
from tenants.apps import consent, families
from tenants.apps.consent import Wish
from tenants.apps.families import Tokens
from tenants.apps.models import AppGrant, AppToken, TokenKind
from tenants.apps.repository import AppGrants, Apps, AppTokens, Place
from tenants.apps.rules import Lifetimes
from tenants.apps.standing import app_scope, look
from tenants.service import tenant_facts
from tenants.tokens import hashed


@dataclass(frozen=True)
class Code:
    """A code that somebody holds, as authlib wants to see it."""

    place: Place
    redirect_uri: str
    code_challenge: str
    scope: str
    code_challenge_method: str = "S256"

    def get_redirect_uri(self) -> str:
        """Where it was sent."""
        return self.redirect_uri

    def get_scope(self) -> str:
        """What it is good for."""
        return self.scope


@dataclass(frozen=True)
class Known:
    """A token that somebody holds, good or not, and the grant that it belongs to."""

    place: Place
    token: AppToken
    grant: AppGrant

    def check_client(self, client: Client) -> bool:
        """Whether it was given to that app."""
        return self.grant.app_id == client.app.id

    def get_scope(self) -> str:
        """What it was given for."""
        return " ".join(self.grant.permissions)


@dataclass(frozen=True)
class Ledger:
    """Apps, grants and tokens, for whoever asks on their behalf."""

    unit_of_work: UnitsOfWork
    lifetimes: Lifetimes = field(default_factory=Lifetimes)

    @property
    def now(self) -> datetime:
        """The present moment."""
        return self.unit_of_work.clock.now()

    async def client(self, client_id: str) -> Client | None:
        """The app of that name, if there is one."""
        try:
            app = await Apps.look_up(UUID(client_id))
        except ValueError:
            return None
        if app is None or str(app.id) != client_id:
            return None
        return Client(app, await tenant_facts(app.tenant_id), self.now)

    async def agree(self, scope: Scope, client: Client, scope_words: str, form: Any) -> str:
        """Have somebody agree to what an app asks for; a code."""
        wish = Wish(
            app=client.app,
            home=client.home,
            permissions=frozenset(scope_words.split()),
            redirect_uri=form["redirect_uri"],
            challenge=form["code_challenge"],
        )
        async with self.unit_of_work(scope) as uow:
            return await consent.agree(uow, wish)

    async def code(self, code: str, client: Client) -> Code | None:
        """A code of an app; if it was redeemed before, that is noted, and it is none."""
        place = await AppGrants.by_code(hashed(code))
        grant = await AppGrants.at(place) if place else None
        if place is None or grant is None or grant.app_id != client.app.id:
            return None
        if grant.redeemed_at is not None:
            await self.redeem(place, client)
            return None
        return Code(place, grant.redirect_uri, grant.challenge, " ".join(grant.permissions))

    async def redeem(self, place: Place, client: Client) -> Tokens | None:
        """Tokens for a code, once."""
        async with self.unit_of_work(await app_scope(place.tenant_id, client.app.id)) as uow:
            return await families.redeem(uow, place.id, client.app, self.lifetimes)

    async def token(self, token: str) -> Known | None:
        """A token of either kind, good or not."""
        place = await AppTokens.by_hash(hashed(token))
        row = await AppTokens.at(place) if place else None
        if place is None or row is None:
            return None
        grant = await AppGrants.at(Place(place.tenant_id, row.grant_id))
        return Known(place, row, grant) if grant else None

    async def refresh(self, known: Known, client: Client, scope: str | None) -> Tokens | None:
        """The next tokens for a refresh token, once."""
        wanted, tenant_id = (scope or "").split(), known.place.tenant_id
        async with self.unit_of_work(await app_scope(tenant_id, client.app.id)) as uow:
            return await families.refresh(uow, known.place.id, client.app, wanted, self.lifetimes)

    async def at_home(self, client: Client, scope: str | None) -> Tokens:
        """A token for the app's own home."""
        home_id = client.app.tenant_id
        async with self.unit_of_work(await app_scope(home_id, client.app.id)) as uow:
            wanted = client.wanted(scope) or frozenset()
            return await families.act_at_home(uow, client.app, wanted, self.lifetimes)

    async def give_back(self, known: Known, client: Client) -> None:
        """End a token, or with a refresh token all of its grant."""
        tenant_id = known.place.tenant_id
        async with self.unit_of_work(await app_scope(tenant_id, client.app.id)) as uow:
            await families.give_back(uow, known.place.id, client.app)

    async def good_for(self, known: Known, client: Client) -> frozenset[str]:
        """What a token is good for at this moment; nothing, if it is not (any more)."""
        if known.token.kind is TokenKind.ACCESS:
            standing = await look(known.token.token_hash, self.now)
            return standing.scope.permissions if standing else frozenset()
        if not client.is_served:
            return frozenset()
        scope = await app_scope(known.place.tenant_id, client.app.id)
        async with self.unit_of_work(scope, read_only=True) as uow:
            return await families.refreshable(uow, known.token, known.grant, client.app)


def described(
    known: Known, client: Client, issuer: str, permissions: frozenset[str]
) -> dict[str, Any]:
    """What introspection says of a token that is good (RFC 7662)."""
    access = known.token.kind is TokenKind.ACCESS
    return {
        "active": True,
        "aud": issuer,
        "client_id": client.client_id,
        "exp": int(known.token.expires_at.timestamp()),
        "iat": int(known.token.issued_at.timestamp()),
        "iss": issuer,
        "scope": " ".join(sorted(permissions)),
        "sub": client.client_id,
        "tenant_id": str(known.place.tenant_id),
        **({"token_type": "Bearer"} if access else {}),
    }
