"""The rows of one person, in every table that holds any."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from tortoise.models import Model

from domain.contacts.models import Contact
from domain.disposal import statements
from domain.disposal.paths import Path, end, path, source_path
from domain.disposal.repository import rows_at
from domain.personal import fingerprinted
from domain.privacy.holdings import Holding, holdings
from domain.sealed import Sealed
from domain.work import UnitOfWork

CONTACT, USER = "contact", "user"
EMAIL, PHONE = "email", "phone"


@dataclass(frozen=True)
class Subject:
    """Somebody, under every name by which a table may know them."""

    contact_id: UUID | None = None
    user_id: UUID | None = None
    indexes: Mapping[str, str] = field(default_factory=dict)
    """Blind indexes of their numbers and addresses, by the name under which they are made."""

    def named_by(self, held: Holding) -> Any:
        """What the last column of a table's path holds for them; None if it is not about them."""
        model, last = _whom(held)
        if last == "id":
            return {CONTACT: self.contact_id, USER: self.user_id}.get(model._meta.db_table)
        if last in fingerprinted(model):
            return self.indexes.get(fingerprinted(model)[last][1])
        return {"contact_id": self.contact_id, "user_id": self.user_id}.get(last)


def _whom(held: Holding) -> tuple[type[Model], str]:
    """Where a table's path to its person ends: a table, and the column there that names them."""
    subject = held.personal.subject
    return end(held.model, subject), subject.rpartition(".")[2]


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
        number = held.personal.number
        index = subject.indexes.get(fingerprinted(held.model)[number][1]) if number else None
        if number is None or index is None or subject.contact_id is None:
            continue
        claiming = statements.claim(path(held.model, held.personal.subject), number)
        values = [uow.tenant_id, index, subject.contact_id]
        rows = await uow.connection.execute_query_dict(claiming, values)
        claimed += len(rows)
    return claimed


def fingerprints() -> dict[str, str]:
    """The names under which callers' numbers and addresses are fingerprinted, and of what."""
    found = {}
    for held in holdings():
        for model, column in ((held.model, held.personal.number), _whom(held)):
            if column in fingerprinted(model):
                sealed, name = fingerprinted(model)[column]
                # The same number has another fingerprint in another table.
                found[name] = EMAIL if sealed == EMAIL else PHONE
    return found


async def _indexes(uow: UnitOfWork, contact: Contact) -> dict[str, str]:
    stored = {"contact.phone": contact.phone_index, "contact.email": contact.email_index}
    known = {name: index for name, index in stored.items() if index}
    for name, column in fingerprints().items():
        value: Sealed | None = getattr(contact, column)
        if value is not None and value.is_open:
            known[name] = await uow.keys.blind_index(name, value.read())
    return known
