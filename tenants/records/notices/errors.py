"""What can go wrong with notices."""

from domain.errors import Conflict


class TooLateToObject(Conflict):
    """The time for objections is over, or there never was one."""

    code = "TOO_LATE_TO_OBJECT"

    def __init__(self) -> None:
        super().__init__("There is no time left to object to this")
