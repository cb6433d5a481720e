"""What can go wrong with waiting."""

from domain.errors import Conflict


class AlreadyWaiting(Conflict):
    """The same person waits for the same service; `join` changes that wait instead."""

    code = "ALREADY_WAITING"

    def __init__(self) -> None:
        super().__init__("They are waiting for that already")
