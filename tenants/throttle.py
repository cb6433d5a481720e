"""How often one may try: per account, per network, and per account from one network.

A stranger who guesses from elsewhere fills the bucket of the account, but an owner who has signed
in from their network before is not counted in it. Every bucket fills again by itself, so nobody
is locked out for ever.
"""

import hashlib
from dataclasses import dataclass

from domain.errors import RateLimited
from domain.rates import Bucket, RateLimiter, admit
from tenants.devices import Origin

MINUTE = 60.0
# Somebody who mistypes ten times in a row has forgotten the password.
TRIES_HERE = 10
# An office signs in through one network in the morning.
TRIES_OF_A_NETWORK = 60
TRIES_ANYWHERE = 60
# Of a million codes.
TRIES_OF_A_CODE = 5
LETTERS = 3
SIGN_UPS = 5


@dataclass(frozen=True)
class Throttle:
    """Counts tries; without a limiter, or while it is away, Argon2 alone is slow enough."""

    limiter: RateLimiter | None = None

    async def sign_in(self, email: str, origin: Origin, *, been_here: bool) -> None:
        """Count an attempt with a password. Raises `RateLimited`."""
        account = account_of(email)
        buckets = [
            Bucket(f"network:{origin.network}", TRIES_OF_A_NETWORK, 10 / MINUTE),
            Bucket(f"account:{account}:{origin.network}", TRIES_HERE, 1 / MINUTE),
        ]
        if not been_here:
            buckets.append(Bucket(f"account:{account}", TRIES_ANYWHERE, 4 / MINUTE))
        await self._take(*buckets)

    async def code(self, user_id: object) -> None:
        """Count an attempt with a second factor, or to prove anew who one is."""
        await self._take(Bucket(f"code:{user_id}", TRIES_OF_A_CODE, 1 / MINUTE))

    async def token(self, origin: Origin) -> None:
        """Count an attempt with the token of a letter."""
        await self._take(Bucket(f"token:{origin.network}", TRIES_OF_A_NETWORK, 10 / MINUTE))

    async def sso(self, origin: Origin) -> None:
        """Count somebody who is sent to their identity provider, or comes back."""
        await self._take(Bucket(f"sso:{origin.network}", TRIES_OF_A_NETWORK, 20 / MINUTE))

    async def sign_up(self, origin: Origin) -> None:
        """Count a business that wants to be opened."""
        await self._take(Bucket(f"sign-up:{origin.network}", SIGN_UPS, 1 / (10 * MINUTE)))

    async def ask_for_letter(self, origin: Origin) -> None:
        """Count a request for a letter."""
        await self._take(Bucket(f"ask:{origin.network}", TRIES_OF_A_NETWORK, 1 / MINUTE))

    async def may_write(self, email: str) -> bool:
        """Whether an address has not had too many letters; nobody is told that it has."""
        try:
            bucket = Bucket(f"letter:{account_of(email)}", LETTERS, 1 / (10 * MINUTE))
            await self._take(bucket)
        except RateLimited:
            return False
        return True

    async def _take(self, *buckets: Bucket) -> None:
        if self.limiter is None:
            return
        named = [Bucket(f"people:{b.name}", b.points, b.per_second) for b in buckets]
        await admit(self.limiter, named, "Too many attempts; wait a little")


def account_of(email: str) -> str:
    """A name for an account, known or not, that tells nobody the address."""
    return hashlib.sha256(email.strip().lower().encode()).hexdigest()[:32]
