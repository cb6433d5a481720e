"""What can go wrong with contacts."""

from uuid import UUID

from domain.errors import Conflict


class ContactExists(Conflict):
    """Another contact has that telephone number or address."""

    code = "CONTACT_EXISTS"

    def __init__(self, contact_id: UUID | None = None) -> None:
        super().__init__("Another contact has that telephone number or e-mail address")
        self.contact_id = contact_id


class AlreadyListed(Conflict):
    """The number is on a list already."""

    code = "NUMBER_LISTED"

    def __init__(self) -> None:
        super().__init__("That number is on a list already")
