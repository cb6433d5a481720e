"""Links in letters about visits: whoever has the letter confirms, moves or cancels by them."""

from dataclasses import dataclass, field
from uuid import UUID

from domain.marks import ids_in, marked
from domain.reminders.errors import VisitLinkSpent

PATH = "/appointments"
STOP = "/stop"
NOUN = "visit"


@dataclass(frozen=True)
class VisitLinks:
    """Makes links and reads them again; each is good until its visit begins or is called off."""

    public_url: str
    secret: bytes = field(repr=False)

    def url(self, tenant_id: UUID, reminder_id: UUID) -> str:
        """The link of one letter."""
        return f"{self.public_url}{PATH}/{marked(self.secret, NOUN, tenant_id, reminder_id)}"

    def read(self, token: str) -> tuple[UUID, UUID]:
        """The tenant and the letter of a link. Raises `VisitLinkSpent`."""
        ids = ids_in(self.secret, NOUN, token, 2)
        if ids is None:
            raise VisitLinkSpent
        tenant_id, reminder_id = ids
        return tenant_id, reminder_id
