"""What came in from outside and still names somebody, before it was known whom."""

from collections.abc import Mapping
from uuid import UUID

from domain.contacts.models import Contact
from domain.disposal.repository import rows_at
from domain.work import UnitOfWork

# Carriers write numbers with and without a plus sign.
EMPTY_INBOX = """
UPDATE inbox SET payload = '{}' WHERE tenant_id = $1 AND payload::text LIKE '%' || $2 || '%'
RETURNING id
"""


async def forget(uow: UnitOfWork, contact_id: UUID) -> Mapping[str, int]:
    """Empty the webhooks of vendors in which the person's number is."""
    emptied = 0
    for contact in await rows_at(uow, Contact, [contact_id]):
        if contact.phone is not None and contact.phone.is_open:
            digits = contact.phone.read().lstrip("+")
            values = [uow.tenant_id, digits]
            emptied += len(await uow.connection.execute_query_dict(EMPTY_INBOX, values))
    return {"inbox": emptied}


COPIES = (forget,)
