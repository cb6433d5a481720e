"""What can go wrong with leads."""

from domain.errors import Conflict


class AlreadyCaptured(Conflict):
    """The same lead of the same conversation is there; `capture` returns that one instead."""

    code = "LEAD_ALREADY_CAPTURED"

    def __init__(self) -> None:
        super().__init__("That lead has been captured already")
