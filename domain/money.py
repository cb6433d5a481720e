"""Amounts of money, in whole minor units so that nothing is lost to rounding."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Money:
    """An amount such as 12000 minor units of USD: 120 dollars."""

    amount_minor: int
    currency: str
    """ISO 4217 code."""
