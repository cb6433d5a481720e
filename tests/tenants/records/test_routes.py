"""Where data may go: a region, exceptions on record, and nothing that nobody described."""

from datetime import date

import pytest

from domain.errors import InvalidInput
from domain.privacy.recipients import TransferBasis, lies_in
from tenants.records import routes
from tenants.records.routes.errors import RouteOutside
from tests.tenants.records.conftest import MAIL, NOWHERE, STORE, promising

TODAY = date(2026, 11, 16)


@pytest.mark.promise("P123", "P124")
@pytest.mark.parametrize(
    ("country", "region", "inside"),
    [
        ("DE", "EU", True),
        ("NO", "EU", False),
        ("NO", "EEA", True),
        ("US", "EU", False),
        ("US", "US", True),
        ("GB", "UK", True),
        ("GB", "EU", False),
        ("", "US", False),
    ],
)
def test_a_country_lies_in_a_region_or_not(country, region, inside):
    assert lies_in(country, region, TODAY) is inside


def test_a_country_that_left_is_outside_since_then():
    assert lies_in("GB", "EU", date(2020, 12, 31))
    assert not lies_in("GB", "EU", date(2021, 1, 1))


@pytest.mark.promise("P123")
async def test_a_route_out_of_the_region_is_refused(unit_of_work, scope):
    async with unit_of_work(promising(scope, region="EU"), read_only=True) as uow:
        await routes.refuse_outside(uow, [STORE])
        with pytest.raises(RouteOutside) as refused:
            await routes.refuse_outside(uow, [STORE, MAIL])
    assert (refused.value.recipient, refused.value.country) == ("Mail Inc.", "US")


@pytest.mark.promise("P123")
async def test_a_route_that_was_accepted_is_open_until_it_is_withdrawn(unit_of_work, scope):
    pinned = promising(scope, region="EU")
    async with unit_of_work(pinned) as uow:
        row = await routes.accept(uow, [MAIL], "Mail Inc.", "Letters to staff only")
        await routes.refuse_outside(uow, [MAIL])
    assert row.transfer == TransferBasis.STANDARD_CLAUSES
    async with unit_of_work(pinned) as uow:
        await routes.withdraw(uow, row.id)
        with pytest.raises(RouteOutside):
            await routes.refuse_outside(uow, [MAIL])


async def test_an_exception_is_from_one_region_only(unit_of_work, scope):
    async with unit_of_work(promising(scope, region="EU")) as uow:
        await routes.accept(uow, [MAIL], "Mail Inc.", "Letters to staff only")
    async with unit_of_work(promising(scope, region="CA"), read_only=True) as uow:
        with pytest.raises(RouteOutside):
            await routes.refuse_outside(uow, [MAIL])


async def test_a_recipient_that_moved_is_not_the_one_that_was_accepted(unit_of_work, scope):
    moved = [type(MAIL)(**{**vars(MAIL), "country": "IN"})]
    async with unit_of_work(promising(scope, region="EU")) as uow:
        await routes.accept(uow, [MAIL], "Mail Inc.", "Letters to staff only")
        with pytest.raises(RouteOutside):
            await routes.refuse_outside(uow, moved)


@pytest.mark.promise("P123")
async def test_nobody_can_accept_what_nobody_described(unit_of_work, scope):
    async with unit_of_work(promising(scope, region="EU")) as uow:
        for name in ("Somebody", "A stranger"):
            with pytest.raises(InvalidInput):
                await routes.accept(uow, [NOWHERE], name, "Because")


async def test_without_a_region_everything_is_open(unit_of_work, scope):
    async with unit_of_work(scope, read_only=True) as uow:
        await routes.refuse_outside(uow, [MAIL, NOWHERE])


def test_the_privacy_shield_is_no_basis():
    assert not [basis for basis in TransferBasis if "shield" in basis]
