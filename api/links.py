"""Links that are good for a while, for one thing and for whoever asked for them."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import jwt

from domain.clock import Clock
from domain.errors import Unauthenticated
from domain.scope import Actor, ActorKind, Scope

ALWAYS_SAID = ("aud", "tenant", "actor", "exp")


class LinkInvalid(Unauthenticated):
    """Not a link of ours."""

    code = "LINK_INVALID"


class LinkExpired(Unauthenticated):
    """The link was good once; the page that showed it can make another."""

    code = "LINK_EXPIRED"


@dataclass(frozen=True)
class Use:
    """What links lead to: their audience, path and lifetime, and what else each of them names."""

    audience: str
    path: str
    lasts: timedelta
    names: tuple[str, ...]


@dataclass(frozen=True)
class Named:
    """What a link says: at which tenant, for whom, and what it names."""

    tenant_id: UUID
    actor: Actor
    names: dict[str, str]


class SignedLinks:
    """Makes and reads links (HS256); `public_url` has no final slash."""

    def __init__(self, use: Use, secret: str, *, clock: Clock, public_url: str) -> None:
        self._use = use
        self._secret = secret
        self._clock = clock
        self._public_url = public_url

    def make(self, scope: Scope, **names: str) -> str:
        """A link for the scope's actor."""
        claims = {
            "aud": self._use.audience,
            "tenant": scope.tenant_id.hex,
            **names,
            "actor": str(scope.actor),
            "exp": int((self._clock.now() + self._use.lasts).timestamp()),
        }
        token = jwt.encode(claims, self._secret, "HS256")
        return self._public_url + self._use.path.format(token=token)

    def named(self, token: str) -> Named:
        """What a link says. Raises `LinkInvalid` and `LinkExpired`."""
        claims = self._decode(token)
        if datetime.fromtimestamp(claims["exp"], UTC) <= self._clock.now():
            raise LinkExpired("This link has expired")
        kind, _, id = claims["actor"].partition(":")
        names = {name: claims[name] for name in self._use.names}
        return Named(UUID(claims["tenant"]), Actor(ActorKind(kind), id), names)

    def _decode(self, token: str) -> dict[str, Any]:
        # Time is read from our own clock.
        options: Any = {"require": [*ALWAYS_SAID, *self._use.names], "verify_exp": False}
        audience = self._use.audience
        try:
            return jwt.decode(
                token, self._secret, algorithms=["HS256"], audience=audience, options=options
            )
        except jwt.InvalidTokenError as error:
            raise LinkInvalid(f"This is not a link to {audience}s") from error
