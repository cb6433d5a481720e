"""What stands in the way of an erasure."""

from datetime import datetime

from domain.errors import Conflict


class CallInProgress(Conflict):
    """They are speaking right now: wait for the end, or ask again later."""

    code = "CALL_IN_PROGRESS"

    def __init__(self) -> None:
        super().__init__("A conversation is going on: wait for its end, or ask again later")


class ErasureHeld(Conflict):
    """A legal hold says that this stays."""

    code = "ERASURE_HELD"

    def __init__(self) -> None:
        super().__init__("A legal hold says that this stays; release it first")


class VisitsStanding(Conflict):
    """There are visits to come: say what is to become of them."""

    code = "VISITS_STANDING"

    def __init__(self, count: int, next_at: datetime) -> None:
        super().__init__("There are visits to come: cancel them with the erasure, or wait")
        self.count = count
        self.next_at = next_at


class NotACertificate(ValueError):
    """Something that was never one of our certificates, or is no longer."""
