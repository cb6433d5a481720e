"""What can go wrong with messages."""

from domain.errors import Conflict


class AlreadyLeft(Conflict):
    """The same message of the same conversation is there; `leave` returns that one instead."""

    code = "MESSAGE_ALREADY_LEFT"

    def __init__(self) -> None:
        super().__init__("That message has been left already")
