"""Whether a conversation may be used to make the receptionist better (P099 to P103)."""

from dataclasses import dataclass
from enum import StrEnum


class Bar(StrEnum):
    """What stands in the way; each alone is enough."""

    CALLER_OBJECTS = "caller_objects"
    HEALTH = "health"
    """The business is bound by HIPAA: off by construction."""
    NO_KEY = "no_key"
    """The business has named no key of its own to seal it with."""
    NOT_ANONYMISED = "not_anonymised"
    NOT_OPTED_IN = "not_opted_in"


@dataclass(frozen=True)
class Facts:
    """What the answer depends on, as it is at the moment of asking."""

    opted_in: bool = False
    hipaa: bool = False
    anonymised: bool = False
    caller_objects: bool = False
    has_key: bool = False


def bars(facts: Facts) -> frozenset[Bar]:
    """Everything that stands in the way; nothing does if, and only if, it may be used."""
    found = {
        Bar.NOT_OPTED_IN: not facts.opted_in,
        Bar.HEALTH: facts.hipaa,
        Bar.NOT_ANONYMISED: not facts.anonymised,
        Bar.CALLER_OBJECTS: facts.caller_objects,
        Bar.NO_KEY: not facts.has_key,
    }
    return frozenset(bar for bar, stands in found.items() if stands)
