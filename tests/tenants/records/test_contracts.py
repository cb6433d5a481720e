"""Contracts on data: which one holds, whom it names, and for how long one may object."""

import pytest

from domain.errors import InvalidInput
from tenants.records import contracts
from tenants.records.contracts.repository import DataContracts
from tests.tenants.records.conftest import MAIL, STORE

NEW = contracts.NewContract("2026-1", "Main Street Dental", "Deskbell Ltd.", "Answer calls")


@pytest.mark.promise("P091", "P094")
@pytest.mark.law("L31")
async def test_a_contract_names_parties_and_sub_processors(unit_of_work, scope):
    async with unit_of_work(scope) as uow:
        row = await contracts.conclude(uow, NEW, [STORE, MAIL])
    assert (row.controller, row.processor) == ("Main Street Dental", "Deskbell Ltd.")
    assert [each["name"] for each in row.sub_processors] == ["Mail Inc.", "Speicher GmbH"]
    assert row.sub_processors[0]["country"] == "US"


@pytest.mark.promise("P094")
async def test_another_version_takes_the_place_of_the_first(unit_of_work, scope):
    async with unit_of_work(scope) as uow:
        first = await contracts.conclude(uow, NEW, [])
    later = contracts.NewContract(**{**vars(NEW), "version": "2027-1"})
    async with unit_of_work(scope) as uow:
        second = await contracts.conclude(uow, later, [])
        held = await contracts.in_force(uow)
        ended = await DataContracts(uow).get(first.id)
    assert held.id == second.id
    assert ended.ended_at is not None


@pytest.mark.parametrize("days", [0, 9, 181])
async def test_there_is_time_to_object(unit_of_work, scope, days):
    new = contracts.NewContract(**{**vars(NEW), "objection_days": days})
    with pytest.raises(InvalidInput):
        async with unit_of_work(scope) as uow:
            await contracts.conclude(uow, new, [])
