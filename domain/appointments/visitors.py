"""Who comes, where that need not be whoever books."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Visitor:
    """By what a visit is known to be somebody's: full name and date of birth."""

    name: str
    born: date
