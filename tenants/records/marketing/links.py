"""Links by which anybody who got a letter stops all others, without signing in."""

import base64
import hashlib
import hmac
from dataclasses import dataclass, field
from uuid import UUID

from domain.errors import NotFound

PATH = "/unsubscribe"
MARK_BYTES = 16


@dataclass(frozen=True)
class UnsubscribeLinks:
    """Makes links and reads them again; they are good for as long as the secret is."""

    public_url: str
    secret: bytes = field(repr=False)

    def url(self, tenant_id: UUID, user_id: UUID) -> str:
        """The link in a letter to one person."""
        whose = tenant_id.bytes + user_id.bytes
        token = base64.urlsafe_b64encode(whose + self._mark(whose)).rstrip(b"=").decode()
        return f"{self.public_url}{PATH}/{token}"

    def read(self, token: str) -> tuple[UUID, UUID]:
        """The tenant and the person of a link. Raises `NotFound`."""
        try:
            raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
        except ValueError:
            raw = b""
        whose, mark = raw[:32], raw[32:]
        if len(whose) != 32 or not hmac.compare_digest(mark, self._mark(whose)):
            raise NotFound("There is no such link")
        return UUID(bytes=whose[:16]), UUID(bytes=whose[16:])

    def _mark(self, whose: bytes) -> bytes:
        return hmac.digest(self.secret, b"unsubscribe|" + whose, hashlib.sha256)[:MARK_BYTES]
