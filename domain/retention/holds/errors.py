"""What can stand in the way of a hold, and what a hold stands in the way of."""

from domain.errors import Conflict


class NothingToHold(Conflict):
    """The person or the conversation is not known, or is erased already."""

    code = "NOTHING_TO_HOLD"

    def __init__(self, what: str) -> None:
        super().__init__(f"There is no such {what}: what was erased cannot be held")


class HoldReleased(Conflict):
    """The hold was released before; place another one."""

    code = "HOLD_RELEASED"

    def __init__(self) -> None:
        super().__init__("This hold was released; place another one")


class Held(Conflict):
    """A legal hold says that this stays."""

    code = "HELD"

    def __init__(self) -> None:
        super().__init__("A legal hold says that this stays; release it first")
