"""A row of somebody in every table that holds any, made up from the labels alone."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from tortoise import fields
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.fields.base import Field
from tortoise.models import Model

from domain import contacts
from domain.contacts.repository import PHONE
from domain.disposal.paths import Path, path
from domain.personal import Personal, Source
from domain.sealed import Sealed, SealedField
from domain.tables import step
from domain.work import UnitOfWork

PHONE_NUMBER = "+12125550142"


def personal(model: type[Model]) -> Personal | None:
    """Whose data a table holds, if anybody's."""
    return getattr(model, "personal", None)


def way(model: type[Model]) -> Path:
    """The way from a row to the person it is about."""
    return path(model, personal(model).subject)


@dataclass
class Person:
    """Somebody, under every name by which a table may know them."""

    contact_id: UUID
    user_id: UUID
    phone_index: str

    def name_in(self, model: type[Model]) -> Any:
        """What the last column of a table's subject path holds."""
        last = personal(model).subject.rpartition(".")[2]
        if last == "id":
            return self.user_id if model._meta.db_table == "user" else self.contact_id
        return getattr(self, last)


@dataclass
class Life:
    """Rows made up for a person, one per table, with all the rows they need around them."""

    uow: UnitOfWork
    person: Person
    made: dict[str, UUID] = field(default_factory=dict)

    async def row(self, model: type[Model]) -> UUID:
        """The id of this person's row of a table, made if it is not there yet."""
        table = model._meta.db_table
        if table not in self.made:
            columns = enumerate(model._meta.fields_map.items())
            values = {name: await self.value(model, name, kind, n) for n, (name, kind) in columns}
            made = model(**values)
            await self.uow.keys.seal(made)
            await made.save(using_db=self.uow.connection, force_create=True)
            self.made[table] = made.id
        return self.made[table]

    async def value(self, model: type[Model], name: str, kind: Field, number: int) -> Any:
        """Something that fits a column; what leads to the person does lead there."""
        # The one owner of an endpoint who needs no app beside them.
        known = {"tenant_id": self.uow.tenant_id, "id": self.uow.new_id(), "owner_kind": "tenant"}
        on_the_way = personal(model) and name in way(model).columns
        if name in known | vars(self.person) and not on_the_way:
            return (known | vars(self.person))[name]
        if on_the_way or (name in getattr(model, "references", {}) and not kind.null):
            return await self.row(step(model, name))
        return None if kind.null else filler(kind, number, self.uow)


def filler(kind: Field, number: int, uow: UnitOfWork) -> Any:
    """Something of a column's type; moments grow from column to column."""
    if enum := getattr(kind, "enum_type", None):
        return next(iter(enum))
    made = {
        SealedField: lambda: Sealed.text("known of a person"),
        fields.DatetimeField: lambda: uow.now + timedelta(minutes=number),
        fields.DateField: lambda: date(2026, 11, 16),
        fields.UUIDField: uow.new_id,
        fields.JSONField: dict,
        fields.BooleanField: lambda: False,
        fields.IntField: lambda: 1,
        fields.BigIntField: lambda: 1,
        # Random, for some words are unique over all tenants.
        fields.CharField: lambda: uow.new_id().hex[-min(kind.max_length, 12) :],
        fields.TextField: lambda: "x",
        fields.BinaryField: lambda: uow.new_id().bytes,
        ArrayField: lambda: [1],
    }
    return made[type(kind)]()


async def begin(uow: UnitOfWork, phone: str = PHONE_NUMBER) -> Life:
    """A life that begins with a contact of a number, and the tenant's first member of staff."""
    details = contacts.Details(name="Anna Lee", phone=phone)
    contact = await contacts.add(uow, details, source=Source.CALLER)
    index = await uow.keys.blind_index(PHONE, phone)
    [member] = await uow.connection.execute_query_dict("SELECT id, user_id FROM membership")
    made = {"contact": contact.id, "user": member["user_id"], "membership": member["id"]}
    return Life(uow, Person(contact.id, member["user_id"], index), made)
