"""Whoever gives callers an address at which they can pay."""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True)
class Payment:
    """Somebody wants to pay a business, after some conversation; how much they say there."""

    business: str
    """The short name of the business."""
    conversation_id: UUID
    """Asked again about the same one, it is the same link."""


class PaymentLinks(Protocol):
    """Makes links to pages that take cards, so that nobody has to tell one (PCI DSS, L47)."""

    def takes(self, business: str) -> bool:
        """Whether a business can be paid like this."""

    async def link(self, payment: Payment) -> str:
        """An address to pay at. Never called inside a unit of work. Raises `Unavailable`."""
