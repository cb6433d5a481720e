"""What can go wrong when the operator wants to come in."""

from domain.errors import Conflict


class SamePerson(Conflict):
    """Nobody approves what they asked for themselves."""

    code = "SAME_PERSON"

    def __init__(self) -> None:
        super().__init__("Somebody else of the operator has to approve this")


class RequestOver(Conflict):
    """The request was carried out, or nobody approved it in time."""

    code = "REQUEST_OVER"

    def __init__(self) -> None:
        super().__init__("This request was carried out, or is too old: ask again")
