"""What came in from outside and still names somebody, before it was known whom."""

from collections.abc import Mapping
from uuid import UUID

from domain.contacts.models import Contact
from domain.work import UnitOfWork

# Carriers write numbers with and without a plus sign.
EMPTY_INBOX = """
UPDATE inbox SET payload = '{}' WHERE tenant_id = $1 AND payload::text LIKE '%' || $2 || '%'
RETURNING id
"""


async def forget(uow: UnitOfWork, contact_id: UUID) -> Mapping[str, int]:
    """Empty the webhooks of vendors in which the person's number is."""
    rows = await Contact.filter(tenant_id=uow.tenant_id, id=contact_id).using_db(uow.connection)
    await uow.keys.open_remaining(rows)
    emptied = 0
    for contact in rows:
        if contact.phone is not None and contact.phone.is_open:
            digits = contact.phone.read().lstrip("+")
            values = [uow.tenant_id, digits]
            emptied += len(await uow.connection.execute_query_dict(EMPTY_INBOX, values))
    return {"inbox": emptied}


COPIES = (forget,)
