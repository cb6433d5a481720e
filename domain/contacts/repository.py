"""Contacts as one unit of work sees them."""

from domain.contacts import models
from domain.contacts.models import Contact, ListedNumber
from domain.repository import Repository

PHONE, EMAIL = models.PHONE, models.EMAIL


class Contacts(Repository[Contact]):
    """People known to the business."""

    model = Contact
    noun = "contact"

    async def by_phone(self, e164: str) -> Contact | None:
        """Whoever has this number."""
        index = await self.uow.keys.blind_index(PHONE, e164)
        return await self.maybe(self.all().filter(phone_index=index))

    async def by_email(self, address: str) -> Contact | None:
        """Whoever has this address, written in the same way."""
        index = await self.uow.keys.blind_index(EMAIL, address)
        return await self.maybe(self.all().filter(email_index=index))


class ListedNumbers(Repository[ListedNumber]):
    """Numbers on the block, allow or VIP list."""

    model = ListedNumber
    noun = "listed number"

    async def by_phone(self, e164: str) -> ListedNumber | None:
        """How this number is to be treated."""
        index = await self.uow.keys.blind_index(PHONE, e164)
        return await self.maybe(self.all().filter(phone_index=index))
