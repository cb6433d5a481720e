"""Call tokens: one websocket may carry one call, once, soon."""

from datetime import UTC, datetime, timedelta
from secrets import token_urlsafe
from typing import Any
from uuid import UUID

import jwt

from api.voice.dialogue import Call
from domain.clock import Clock
from domain.errors import Unauthenticated
from integrations.vonage.signature import SeenOnce

LIFETIME = timedelta(seconds=60)
_AUDIENCE = "voice"


class TokenInvalid(Unauthenticated):
    """Not a token of ours."""


class TokenExpired(Unauthenticated):
    """The call took too long to connect."""


class TokenUsed(Unauthenticated):
    """The token has opened a websocket before."""


class CallTokens:
    """Issues and redeems tokens (HS256)."""

    def __init__(self, secret: str, *, seen: SeenOnce, clock: Clock) -> None:
        self._secret = secret
        self._seen = seen
        self._clock = clock

    def issue(self, call: Call) -> str:
        """A token for this call."""
        claims = {
            "aud": _AUDIENCE,
            "call": call.id,
            "tenant": call.line.tenant_id.hex,
            "exp": int((self._clock.now() + LIFETIME).timestamp()),
            "jti": token_urlsafe(12),
        }
        return jwt.encode(claims, self._secret, "HS256")

    async def redeem(self, token: str) -> tuple[UUID, str]:
        """The tenant and the call; raises `TokenInvalid`, `TokenExpired` or `TokenUsed`."""
        claims = self._decode(token)
        if datetime.fromtimestamp(claims["exp"], UTC) < self._clock.now():
            raise TokenExpired("the call token has expired")
        if not await self._seen.first_time(f"call-token:{claims['jti']}", keep=LIFETIME * 2):
            raise TokenUsed("the call token was used before")
        return UUID(claims["tenant"]), claims["call"]

    def _decode(self, token: str) -> dict[str, Any]:
        required = ["aud", "call", "tenant", "exp", "jti"]
        # Time is read from our own clock.
        options: Any = {"require": required, "verify_exp": False}
        try:
            return jwt.decode(
                token, self._secret, algorithms=["HS256"], audience=_AUDIENCE, options=options
            )
        except jwt.InvalidTokenError as error:
            raise TokenInvalid("the call token is not valid") from error
