"""Whom personal data is sent to: who they are, where they keep it, and what binds them."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.law.book import memberships
from domain.personal import DataClass
from domain.privacy.purposes import Purpose

# What people say for `GB`.
_KINGDOM = "UK"


class TransferBasis(StrEnum):
    """What allows data to go abroad. The Privacy Shield is none: it is void since July 2020."""

    ADEQUACY = "adequacy"
    """The European Commission has found that country's law good enough."""
    BINDING_RULES = "binding_rules"
    NOT_NEEDED = "not_needed"
    """It stays in the country."""
    STANDARD_CLAUSES = "standard_clauses"
    UNKNOWN = "unknown"
    """Nobody has said."""


class Standing(StrEnum):
    """For whom a recipient works."""

    CHOSEN = "chosen"
    """The business picked it and agreed with it by itself: a receiver of its webhooks, its CRM."""
    SUB_PROCESSOR = "sub_processor"
    """It works for the operator, as the agreement with the business allows."""


@dataclass(frozen=True)
class Recipient:
    """One vendor, and what it is given."""

    name: str
    service: str
    """What it does, in a few words."""
    data: frozenset[DataClass]
    purpose: Purpose
    country: str = ""
    """ISO 3166; empty if nobody has said, which lies in no region."""
    transfer: TransferBasis = TransferBasis.UNKNOWN
    standing: Standing = Standing.SUB_PROCESSOR
    baa: bool = False
    """Whether there is a business associate agreement with it: for a vendor the operator states
    it, for what a plugin brings it follows from the agreements of the business."""
    task_only: bool = False
    """Whether it has promised to use the data for nothing but its task (P119)."""
    no_training: bool = False
    """Whether it was told to keep nothing and to train on nothing."""

    @property
    def is_described(self) -> bool:
        """Whether its place, and what lets data go there, are known."""
        return bool(self.country) and self.transfer is not TransferBasis.UNKNOWN


def lies_in(country: str, region: str, as_of: date) -> bool:
    """Whether a country is in a region on a day: `US`, `EU`, `EEA`, `UK`, or itself."""
    if not country:
        return False
    wanted = "GB" if region == _KINGDOM else region
    return country == wanted or wanted in memberships(country, as_of)
