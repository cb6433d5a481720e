"""Signed webhooks: who sent them, how fresh they are, and whether the body is what was signed.

Vonage signs with HS256 and puts the SHA-256 of the raw body into the claims; its SDK checks neither
age nor body, so this module does.
"""

import hashlib
import hmac
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

import jwt

from domain.clock import Clock
from domain.errors import Unauthenticated

MAX_AGE = timedelta(minutes=5)
# Clocks of honest machines differ by seconds.
MAX_SKEW = timedelta(seconds=30)
_SCHEME = "bearer "


class SeenOnce(Protocol):
    """Remembers keys, across every process of the deployment."""

    async def first_time(self, key: str, *, keep: timedelta) -> bool:
        """Whether this key was never shown before; it is remembered for `keep`."""


class WebhookSignature:
    """Checks the `Authorization` header of a webhook."""

    def __init__(self, secret: str, *, seen: SeenOnce, clock: Clock) -> None:
        self._secret = secret
        self._seen = seen
        self._clock = clock

    async def verify(self, authorization: str | None, body: bytes) -> dict[str, Any]:
        """The signed claims; raises `Unauthenticated` unless fresh, intact and new."""
        claims = self._decode(authorization or "")
        self._check_age(claims["iat"])
        _check_body(claims.get("payload_hash"), body)
        key = f"vonage:{claims['jti']}"
        if not await self._seen.first_time(key, keep=MAX_AGE + MAX_SKEW):
            raise Unauthenticated("this webhook was delivered before")
        return claims

    def _decode(self, authorization: str) -> dict[str, Any]:
        if not authorization.lower().startswith(_SCHEME):
            raise Unauthenticated("the webhook is not signed")
        # Times are compared with our own clock, in `_check_age`.
        options: Any = {"require": ["iat", "jti"], "verify_iat": False, "verify_exp": False}
        try:
            return jwt.decode(
                authorization[len(_SCHEME) :], self._secret, algorithms=["HS256"], options=options
            )
        except jwt.InvalidTokenError as error:
            raise Unauthenticated("the webhook's signature is not valid") from error

    def _check_age(self, issued: object) -> None:
        if not isinstance(issued, int | float):
            raise Unauthenticated("the webhook has no time")
        age = self._clock.now() - datetime.fromtimestamp(issued, UTC)
        if not -MAX_SKEW <= age <= MAX_AGE:
            raise Unauthenticated("the webhook is too old")


def _check_body(signed: object, body: bytes) -> None:
    actual = hashlib.sha256(body).hexdigest()
    if not isinstance(signed, str) or not hmac.compare_digest(signed.lower(), actual):
        raise Unauthenticated("the webhook's body was changed")
