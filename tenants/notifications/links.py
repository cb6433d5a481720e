"""Links in daily letters by which a member blocks a caller."""

from dataclasses import dataclass, field
from uuid import UUID

from domain.errors import NotFound
from domain.marks import ids_in, marked

PATH = "/block"
NOUN = "block caller"


@dataclass(frozen=True)
class BlockLinks:
    """Makes links and reads them again: which letter they stand in, and whose caller they block."""

    public_url: str
    secret: bytes = field(repr=False)

    def url(self, tenant_id: UUID, digest_id: UUID, conversation_id: UUID) -> str:
        """The link beside one conversation."""
        token = marked(self.secret, NOUN, tenant_id, digest_id, conversation_id)
        return f"{self.public_url}{PATH}/{token}"

    def read(self, token: str) -> tuple[UUID, UUID, UUID]:
        """The tenant, the letter and the conversation of a link. Raises `NotFound`."""
        ids = ids_in(self.secret, NOUN, token, 3)
        if ids is None:
            raise NotFound("There is no such link")
        tenant_id, digest_id, conversation_id = ids
        return tenant_id, digest_id, conversation_id
