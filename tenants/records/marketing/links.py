"""Links by which anybody who got a letter stops all others, without signing in."""

from dataclasses import dataclass, field
from uuid import UUID

from domain.errors import NotFound
from domain.marks import ids_in, marked

PATH = "/unsubscribe"
NOUN = "unsubscribe"


@dataclass(frozen=True)
class UnsubscribeLinks:
    """Makes links and reads them again; they are good for as long as the secret is."""

    public_url: str
    secret: bytes = field(repr=False)

    def url(self, tenant_id: UUID, user_id: UUID) -> str:
        """The link in a letter to one person."""
        return f"{self.public_url}{PATH}/{marked(self.secret, NOUN, tenant_id, user_id)}"

    def read(self, token: str) -> tuple[UUID, UUID]:
        """The tenant and the person of a link. Raises `NotFound`."""
        ids = ids_in(self.secret, NOUN, token, 2)
        if ids is None:
            raise NotFound("There is no such link")
        tenant_id, user_id = ids
        return tenant_id, user_id
