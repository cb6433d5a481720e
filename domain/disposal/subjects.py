"""The rows of one person, in every table that holds any."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from domain.contacts.models import Contact
from domain.disposal import statements
from domain.disposal.paths import Path, end, path, source_path
from domain.disposal.repository import rows_at
from domain.personal import fingerprinted
from domain.privacy.holdings import Holding, holdings
from domain.work import UnitOfWork

CONTACT, USER = "contact", "user"


@dataclass(frozen=True)
class Subject:
    """Somebody, under every name by which a table may know them."""

    contact_id: UUID | None = None
    user_id: UUID | None = None
    indexes: Mapping[str, str] = field(default_factory=dict)
    """Blind indexes of their numbers and addresses, by `table.column`."""

    def named_by(self, held: Holding) -> Any:
        """What the last column of a table's path holds for them; None if it is not about them."""
        last = held.personal.subject.rpartition(".")[2]
        if last == "id":
            table = end(held.model, held.personal.subject)._meta.db_table
            return {CONTACT: self.contact_id, USER: self.user_id}.get(table)
        if last == "contact_id":
            return self.contact_id
        return self.user_id if last == "user_id" else self.indexes.get(f"{CONTACT}.{last}")


@dataclass(frozen=True)
class Route:
    """One way to somebody's rows: a path, and what else must hold of its first table."""

    path: Path
    condition: str = "true"


async def of_contact(uow: UnitOfWork, contact_id: UUID) -> Subject:
    """A caller under every name. Raises `NotFound`, and `KeyDestroyed`."""
    for contact in await rows_at(uow, Contact, [contact_id]):
        return Subject(contact_id, indexes=await _indexes(uow, contact))
    return Subject(contact_id)


async def rows_of(
    uow: UnitOfWork, held: Holding, subject: Subject, limit: int | None = None
) -> list[UUID]:
    """The ids of the rows of a table that are about somebody; at most `limit`."""
    name = subject.named_by(held)
    if name is None:
        return []
    ways = [(route.path, route.condition) for route in routes(held)]
    found = statements.leading(ways, limit)
    rows = await uow.connection.execute_query_dict(found, [uow.tenant_id, name])
    return [row["id"] for row in rows]


def routes(held: Holding) -> list[Route]:
    """Every way by which a row may lead to its person."""
    model, personal = held.model, held.personal
    ways = [Route(path(model, personal.subject))]
    source = source_path(model, personal)
    if source is not None:
        itself = personal.subject.partition(".")[0]
        # Where a row names somebody itself, it is theirs alone.
        ways.append(Route(source, f't0."{itself}" IS NULL'))
    return ways


async def claim(uow: UnitOfWork, subject: Subject) -> int:
    """Let rows that lead to nobody, but bear the person's number, lead to them."""
    claimed = 0
    for held in holdings():
        index = subject.indexes.get(f"{held.table}.{held.personal.number}")
        if index is None or subject.contact_id is None:
            continue
        number = held.personal.number
        assert number is not None  # or there were no index of it
        claiming = statements.claim(path(held.model, held.personal.subject), number)
        values = [uow.tenant_id, index, subject.contact_id]
        rows = await uow.connection.execute_query_dict(claiming, values)
        claimed += len(rows)
    return claimed


async def _indexes(uow: UnitOfWork, contact: Contact) -> dict[str, str]:
    known = {"contact.phone_index": contact.phone_index, "contact.email_index": contact.email_index}
    if contact.phone is not None and contact.phone.is_open:
        for held in holdings():
            if number := held.personal.number:
                # The same number has another fingerprint in another table.
                _, name = fingerprinted(held.model)[number]
                index = await uow.keys.blind_index(name, contact.phone.read())
                known[f"{held.table}.{number}"] = index
    return {column: index for column, index in known.items() if index}
