"""Whoever asks what is known of a person finds all of it by the labels alone."""

from collections.abc import AsyncIterator
from uuid import UUID

import pytest
from tortoise import Tortoise, fields
from tortoise.models import Model

from domain.personal import DataClass, labels
from domain.sealed import sealed_fields
from domain.tables import tables
from domain.tenancy import TenantModel
from domain.work import UnitOfWork
from tests.factories.lives import Life, Person, begin, personal, way

NOT_PERSONAL = {
    DataClass.AUDIT,
    DataClass.BUSINESS,
    DataClass.CREDENTIAL,
    DataClass.NONE,
    None,
}
# Whose it is turns out only when it is handled; it goes soon after.
UNCLAIMED = {"inbox"}


def personal_models() -> dict[str, type[Model]]:
    return {table: model for table, model in tables().items() if personal(model)}


@pytest.fixture
async def life(unit_of_work, scope) -> AsyncIterator[Life]:
    async with unit_of_work(scope) as uow:
        yield await begin(uow)


async def found(uow: UnitOfWork, model: type[Model], person: Person) -> set[UUID]:
    """The rows of a table that its declaration says are this person's."""
    to = way(model)
    query = f"SELECT t0.id FROM {to.joined} WHERE {to.subject} = $1"
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
    everything = {**tables(), **{"stored_key": Tortoise.apps["keyring"]["StoredKey"]}}
    unlabelled = [
        f"{table}.{column}"
        for table, model in everything.items()
        for column, label in labels(model).items()
        if label is None
    ]
    assert unlabelled == []


async def test_every_table_with_personal_data_says_whose_it_is(database):
    holding = {
        table for table, model in tables().items() if set(labels(model).values()) - NOT_PERSONAL
    }
    assert holding - set(personal_models()) == UNCLAIMED


async def test_every_subject_path_leads_to_a_person(database):
    for table, model in personal_models().items():
        last = personal(model).subject.rpartition(".")[2]
        end = tables()[way(model).tables[-1]]
        assert last in end._meta.fields_map, table
        themselves = last == "id" and end._meta.db_table in {"contact", "user"}
        assert themselves or last in {"contact_id", "user_id", "phone_index"}, table


async def test_every_age_counts_from_a_moment_in_the_row(database):
    for table, model in personal_models().items():
        clock = model._meta.fields_map[personal(model).clock]
        assert isinstance(clock, fields.DatetimeField), table
        assert not clock.null, table


async def test_every_sealed_table_names_its_key(database):
    for table, model in tables().items():
        if sealed_fields(model):
            assert issubclass(model, TenantModel), table
            assert model.sealed_by in model._meta.fields_map, table
