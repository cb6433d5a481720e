"""Concluding contracts on data, and ending them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain.errors import InvalidInput
from domain.privacy.recipients import Recipient, Standing
from domain.words import fitting
from domain.work import UnitOfWork
from tenants.records.contracts.events import DataContractConcluded, DataContractEnded
from tenants.records.contracts.models import DataContract
from tenants.records.contracts.repository import DataContracts

READ, WRITE = "privacy:read", "privacy:write"
LONGEST_VERSION, LONGEST_PARTY, LONGEST_SCOPE = 40, 200, 1000
# A change that nobody could object to in time would be none of the contract's.
FEWEST_DAYS, MOST_DAYS = 10, 180


@dataclass(frozen=True)
class NewContract:
    """What both sides agree on."""

    version: str
    controller: str
    processor: str
    scope: str
    objection_days: int = 30


async def conclude(
    uow: UnitOfWork, new: NewContract, recipients: Iterable[Recipient]
) -> DataContract:
    """Put a contract on record, in place of the one before. Raises `InvalidInput`."""
    uow.require(WRITE)
    if not FEWEST_DAYS <= new.objection_days <= MOST_DAYS:
        words = f"Use {FEWEST_DAYS} to {MOST_DAYS} days"
        raise InvalidInput.at("objection_days", words)
    contracts = DataContracts(uow)
    before = await contracts.in_force()
    row = await contracts.add(
        version=fitting("version", new.version, LONGEST_VERSION),
        controller=fitting("controller", new.controller, LONGEST_PARTY),
        processor=fitting("processor", new.processor, LONGEST_PARTY),
        scope=fitting("scope", new.scope, LONGEST_SCOPE),
        sub_processors=_named(recipients),
        objection_days=new.objection_days,
        signed_by=str(uow.scope.actor),
        signed_at=uow.now,
    )
    if before is not None:
        await _end(uow, before)
    uow.record(DataContractConcluded(data_contract_id=row.id, edition=row.version))
    return row


async def end(uow: UnitOfWork, id: UUID) -> DataContract:
    """End a contract; a second time changes nothing."""
    uow.require(WRITE)
    row = await DataContracts(uow).lock(id)
    if row.ended_at is None:
        await _end(uow, row)
    return row


async def in_force(uow: UnitOfWork) -> DataContract | None:
    """The contract that holds now."""
    uow.require(READ)
    return await DataContracts(uow).in_force()


async def _end(uow: UnitOfWork, row: DataContract) -> None:
    await DataContracts(uow).save(row, ended_at=uow.now)
    uow.record(DataContractEnded(data_contract_id=row.id))


def _named(recipients: Iterable[Recipient]) -> list[dict[str, Any]]:
    working = (each for each in recipients if each.standing is Standing.SUB_PROCESSOR)
    return [
        {
            "name": each.name,
            "service": each.service,
            "country": each.country,
            "transfer": each.transfer,
        }
        for each in sorted(working, key=lambda each: each.name)
    ]
