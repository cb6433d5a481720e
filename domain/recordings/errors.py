"""What can stand in the way of recording and listening."""

from domain.errors import Conflict, NotFound, Unavailable
from domain.privacy.policy import StorageMode
from domain.recordings.models import RecordingState


class AlreadyRecorded(Conflict):
    """The call has a recording; a second one would overwrite it."""

    code = "ALREADY_RECORDED"

    def __init__(self) -> None:
        super().__init__("This call is being recorded already")


class NotKept(Conflict):
    """The business keeps no sound; `mode` says how much it keeps at all."""

    code = "RECORDING_NOT_KEPT"

    def __init__(self, mode: StorageMode) -> None:
        super().__init__(f"Nothing is recorded here: the storage mode is {mode.value}")
        self.mode = mode


class NotReady(Conflict):
    """There is nothing to hear, or not yet; `state` and `reason` say why."""

    code = "RECORDING_NOT_READY"

    def __init__(self, state: RecordingState, reason: str) -> None:
        super().__init__(f"This recording is {state}" + (f": {reason}" if reason else ""))
        self.state = state
        self.reason = reason


class Deleted(NotFound):
    """The recording was there, and was deleted for good."""

    code = "RECORDING_DELETED"

    def __init__(self) -> None:
        super().__init__("This recording was deleted")


class Damaged(Unavailable):
    """What storage gave back is not what was recorded."""

    code = "RECORDING_DAMAGED"


class ObjectExists(Conflict):
    """Storage has something under that key already."""

    code = "OBJECT_EXISTS"


class ObjectMissing(NotFound):
    """Storage has nothing under that key."""

    code = "OBJECT_MISSING"
