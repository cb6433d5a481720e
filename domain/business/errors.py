"""What can stand in the way of changing the business profile."""

from domain.errors import Conflict


class NameTaken(Conflict):
    """Another service, or another resource, has that name."""

    code = "NAME_TAKEN"

    def __init__(self, name: str) -> None:
        super().__init__(f"There is another {name!r}")
        self.name = name


class StillNeeded(Conflict):
    """Bookings, or other parts of the profile, refer to it."""

    code = "STILL_NEEDED"

    def __init__(self, what: str, needed_by: str) -> None:
        super().__init__(f"This {what} is still needed by {needed_by}")
        self.needed_by = needed_by


class DefaultLocation(Conflict):
    """The default location cannot be removed; make another one the default first."""

    code = "DEFAULT_LOCATION"

    def __init__(self) -> None:
        super().__init__("Make another location the default one first")


class PinnedMeanwhile(Conflict):
    """Another call has just pinned a version; `pin` looks again."""

    code = "PINNED_MEANWHILE"

    def __init__(self) -> None:
        super().__init__("Another call has just pinned a version")
