"""Attaching numbers to a business, and letting go of them."""

from typing import Any
from uuid import UUID

from domain.errors import InvalidInput, NotFound
from domain.phone import normalise
from domain.phone_numbers.errors import NumberTaken
from domain.phone_numbers.events import NumberAttached, NumberChanged, NumberReleased
from domain.phone_numbers.models import PhoneNumber
from domain.phone_numbers.repository import PhoneNumbers
from domain.work import UnitOfWork

LONGEST_LABEL = 60


async def attach(
    uow: UnitOfWork, number: str, *, label: str = "", location_id: UUID | None = None
) -> PhoneNumber:
    """Let a number ring here. Raises `NumberTaken`, `InvalidInput` and `NotFound`."""
    uow.require("numbers:write")
    if uow.scope.tenant.sandbox:
        raise InvalidInput.at("number", "No real number rings in a sandbox", "NOT_IN_SANDBOX")
    e164 = normalise(number, uow.scope.tenant.region)
    numbers = PhoneNumbers(uow)
    async with numbers.refusing(
        phone_number_e164_key=NumberTaken(e164), phone_number_location_id_fkey=_nowhere()
    ):
        attached = await numbers.add(
            e164=e164, label=_fitting(label), location_id=location_id, created_at=uow.now
        )
    uow.record(NumberAttached(phone_number_id=attached.id))
    return attached


async def label(uow: UnitOfWork, id: UUID, words: str) -> PhoneNumber:
    """Say what a number is for. Raises `InvalidInput`."""
    return await _change(uow, id, label=_fitting(words))


async def place(uow: UnitOfWork, id: UUID, location_id: UUID | None) -> PhoneNumber:
    """Say for which location a number rings; None is the default one. Raises `NotFound`."""
    return await _change(uow, id, location_id=location_id)


async def release(uow: UnitOfWork, id: UUID) -> None:
    """Let go of a number: from now on anybody may attach it."""
    uow.require("numbers:write")
    numbers = PhoneNumbers(uow)
    await numbers.remove(await numbers.lock(id))
    uow.record(NumberReleased(phone_number_id=id))


async def _change(uow: UnitOfWork, id: UUID, **changes: Any) -> PhoneNumber:
    uow.require("numbers:write")
    numbers = PhoneNumbers(uow)
    number = await numbers.lock(id)
    async with numbers.refusing(phone_number_location_id_fkey=_nowhere()):
        await numbers.save(number, **changes)
    uow.record(NumberChanged(phone_number_id=id))
    return number


def _nowhere() -> NotFound:
    return NotFound("There is no such location")


def _fitting(label: str) -> str:
    if len(label) > LONGEST_LABEL:
        raise InvalidInput.at("label", f"Use at most {LONGEST_LABEL} characters")
    return label.strip()
