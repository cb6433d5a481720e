"""Whoever asks what is known of a person finds all of it by the labels alone."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import reduce
from typing import Any
from uuid import UUID

import pytest
from tortoise import Tortoise, fields
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.fields.base import Field
from tortoise.models import Model

from domain import contacts
from domain.contacts.repository import PHONE
from domain.personal import DataClass, Personal, Source, labels
from domain.sealed import Sealed, SealedField, sealed_fields
from domain.tenancy import TenantModel
from domain.work import UnitOfWork

NOT_PERSONAL = {
    DataClass.AUDIT,
    DataClass.BUSINESS,
    DataClass.CREDENTIAL,
    DataClass.NONE,
    None,
}
# Whose it is turns out only when it is handled; it goes soon after.
UNCLAIMED = {"inbox"}
PHONE_NUMBER = "+12125550142"


def models() -> dict[str, type[Model]]:
    return {
        model._meta.db_table: model
        for name, app in Tortoise.apps.items()
        if name != "keyring"
        for model in app.values()
    }


def personal(model: type[Model]) -> Personal | None:
    return getattr(model, "personal", None)


def personal_models() -> dict[str, type[Model]]:
    return {table: model for table, model in models().items() if personal(model)}


def path(model: type[Model]) -> list[str]:
    """The columns that lead from a row to the row that names the person."""
    return personal(model).subject.split(".")[:-1]


def step(model: type[Model], column: str) -> type[Model]:
    """The table that a column of a subject path leads to."""
    declared = getattr(model, "references", {}).get(column)
    # What outlives its reference has none in the database, but is named after its table.
    return models()[declared.table if declared else column.removesuffix("_id")]


def joins(model: type[Model]) -> tuple[str, str]:
    """The tables between a row and its person, and the column that names the person."""
    columns, last = path(model), personal(model).subject.rpartition(".")[2]
    joined = f'"{model._meta.db_table}" AS t0'
    for number, column in enumerate(columns):
        model = step(model, column)
        joined += (
            f' JOIN "{model._meta.db_table}" AS t{number + 1}'
            f" ON t{number + 1}.id = t{number}.{column}"
        )
    return joined, f"t{len(columns)}.{last}"


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
        on_the_way = personal(model) and name in path(model)
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


@pytest.fixture
async def life(unit_of_work, scope) -> AsyncIterator[Life]:
    async with unit_of_work(scope) as uow:
        details = contacts.Details(name="Anna Lee", phone=PHONE_NUMBER)
        contact = await contacts.add(uow, details, source=Source.CALLER)
        index = await uow.keys.blind_index(PHONE, PHONE_NUMBER)
        [member] = await uow.connection.execute_query_dict("SELECT id, user_id FROM membership")
        made = {"contact": contact.id, "user": member["user_id"], "membership": member["id"]}
        yield Life(uow, Person(contact.id, member["user_id"], index), made)


async def found(uow: UnitOfWork, model: type[Model], person: Person) -> set[UUID]:
    """The rows of a table that its declaration says are this person's."""
    joined, subject = joins(model)
    query = f"SELECT t0.id FROM {joined} WHERE {subject} = $1"
    rows = await uow.connection.execute_query_dict(query, [person.name_in(model)])
    return {row["id"] for row in rows}


async def test_everything_of_a_person_is_found_by_its_labels(life):
    made = {table: await life.row(model) for table, model in personal_models().items()}
    for table, model in personal_models().items():
        assert made[table] in await found(life.uow, model, life.person), table


async def test_nothing_of_a_person_is_found_as_anothers(life):
    for model in personal_models().values():
        await life.row(model)
    stranger = Person(life.uow.new_id(), life.uow.new_id(), "0" * 32)
    for table, model in personal_models().items():
        assert await found(life.uow, model, stranger) == set(), table


async def test_every_column_says_what_kind_of_data_it_holds(database):
    everything = {**models(), **{"stored_key": Tortoise.apps["keyring"]["StoredKey"]}}
    unlabelled = [
        f"{table}.{column}"
        for table, model in everything.items()
        for column, label in labels(model).items()
        if label is None
    ]
    assert unlabelled == []


async def test_every_table_with_personal_data_says_whose_it_is(database):
    holding = {
        table for table, model in models().items() if set(labels(model).values()) - NOT_PERSONAL
    }
    assert holding - set(personal_models()) == UNCLAIMED


async def test_every_subject_path_leads_to_a_person(database):
    for table, model in personal_models().items():
        last = personal(model).subject.rpartition(".")[2]
        end = reduce(step, path(model), model)
        assert last in end._meta.fields_map, table
        themselves = last == "id" and end._meta.db_table in {"contact", "user"}
        assert themselves or last in {"contact_id", "user_id", "phone_index"}, table


async def test_every_age_counts_from_a_moment_in_the_row(database):
    for table, model in personal_models().items():
        clock = model._meta.fields_map[personal(model).clock]
        assert isinstance(clock, fields.DatetimeField), table
        assert not clock.null, table


async def test_every_sealed_table_names_its_key(database):
    for table, model in models().items():
        if sealed_fields(model):
            assert issubclass(model, TenantModel), table
            assert model.sealed_by in model._meta.fields_map, table
