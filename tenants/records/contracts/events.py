"""What happens to contracts on data."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from domain.events import Event


@dataclass(frozen=True, kw_only=True)
class DataContractEvent(Event):
    """Something that happened to one contract."""

    aggregate: ClassVar[str] = "data_contract_id"
    data_contract_id: UUID


@dataclass(frozen=True, kw_only=True)
class DataContractConcluded(DataContractEvent):
    """Both sides have agreed."""

    name: ClassVar[str] = "data_contract.concluded"
    edition: str


@dataclass(frozen=True, kw_only=True)
class DataContractEnded(DataContractEvent):
    """It holds no more, or another one has taken its place."""

    name: ClassVar[str] = "data_contract.ended"
