"""What can go wrong with telephone numbers."""

from domain.errors import Conflict


class NumberTaken(Conflict):
    """The number rings at a business already, this one or another; which one is not said."""

    code = "NUMBER_TAKEN"

    def __init__(self, e164: str) -> None:
        super().__init__(f"{e164} is in use already")
        self.e164 = e164
