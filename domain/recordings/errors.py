"""What can stand in the way of recording and listening."""

from domain.errors import Conflict, NotFound, Unavailable


class AlreadyRecorded(Conflict):
    """The call has a recording; a second one would overwrite it."""

    code = "ALREADY_RECORDED"

    def __init__(self) -> None:
        super().__init__("This call is being recorded already")


class NotReady(Conflict):
    """There is nothing to hear, or not yet; `state` and `reason` say why."""

    code = "RECORDING_NOT_READY"

    def __init__(self, state: str, reason: str) -> None:
        super().__init__(f"This recording is {state}" + (f": {reason}" if reason else ""))
        self.state = state
        self.reason = reason


class Damaged(Unavailable):
    """What storage gave back is not what was recorded."""

    code = "RECORDING_DAMAGED"


class ObjectMissing(NotFound):
    """Storage has nothing under that key."""

    code = "OBJECT_MISSING"
