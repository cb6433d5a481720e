"""By what HubSpot proves that a request is its own: signature version 3."""

import hmac
from base64 import b64encode
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256

# What is older may be a copy.
LASTS = timedelta(minutes=5)
LONGEST_MOMENT = 16


@dataclass(frozen=True)
class Signed:
    """A request as it was signed; the address is the one that HubSpot was told."""

    method: str
    url: str
    body: bytes = field(repr=False)
    moment: str
    """When it was sent, in milliseconds."""

    def signature(self, secret: str) -> str:
        """What is right for it."""
        words = f"{self.method}{self.url}".encode() + self.body + self.moment.encode()
        return b64encode(hmac.digest(secret.encode(), words, sha256)).decode()

    def is_genuine(self, secret: str, signature: str, now: datetime) -> bool:
        """Whether it was signed with a secret, and just now."""
        right = self.signature(secret)
        return self._is_fresh(now) and hmac.compare_digest(right.encode(), signature.encode())

    def _is_fresh(self, now: datetime) -> bool:
        if not (self.moment.isascii() and self.moment.isdigit()):
            return False
        if len(self.moment) > LONGEST_MOMENT:
            return False
        return abs(now - datetime.fromtimestamp(int(self.moment) / 1000, UTC)) <= LASTS
