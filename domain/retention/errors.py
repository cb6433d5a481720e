"""What can go wrong with retention."""

from domain.errors import Conflict


class ClockWentBack(Conflict):
    """It is earlier than it has been; nothing is deleted until the clock is right again."""

    code = "CLOCK_WENT_BACK"

    def __init__(self) -> None:
        super().__init__("The clock shows an earlier time than before: nothing is deleted by it")
