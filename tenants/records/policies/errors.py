"""What can go wrong with editions."""

from datetime import datetime

from domain.errors import Conflict


class NoticeTooShort(Conflict):
    """A change takes effect before those whom it concerns can have thought about it."""

    code = "NOTICE_TOO_SHORT"

    def __init__(self, earliest: datetime) -> None:
        super().__init__(f"It cannot apply before {earliest:%d %B %Y}: people hear of it first")
        self.earliest = earliest


class VersionTaken(Conflict):
    """There is a version of that name."""

    code = "VERSION_TAKEN"

    def __init__(self, version: str) -> None:
        super().__init__(f"There is a version {version} already")
