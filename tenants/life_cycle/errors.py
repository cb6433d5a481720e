"""What stands in the way of closing an account, or of taking it up again."""

from domain.errors import Conflict


class NotClosed(Conflict):
    """The account is in use: there is nothing to take up again."""

    code = "NOT_CLOSED"

    def __init__(self) -> None:
        super().__init__("This account is not closed")


class GraceOver(Conflict):
    """The time in which a closed account can be taken up again is over."""

    code = "GRACE_OVER"

    def __init__(self) -> None:
        super().__init__("It is too late to take this account up again")


class HouseStays(Conflict):
    """Others depend on it: only businesses are closed by their owners."""

    code = "HOUSE_STAYS"

    def __init__(self) -> None:
        super().__init__("Only a business can be closed by its owner")
