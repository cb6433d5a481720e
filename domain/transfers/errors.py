"""What can stand in the way of a transfer."""

from domain.errors import Conflict


class TransferUnderWay(Conflict):
    """The caller is being put through already."""

    code = "TRANSFER_UNDER_WAY"

    def __init__(self) -> None:
        super().__init__("The caller is being put through already")


class TransferOutOfOrder(Conflict):
    """A transfer cannot go from where it stands to there."""

    code = "TRANSFER_OUT_OF_ORDER"

    def __init__(self, state: str, wanted: str) -> None:
        super().__init__(f"A transfer that is {state} cannot become {wanted}")
        self.state = state
