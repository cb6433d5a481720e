"""What can go wrong with exports."""

from domain.errors import Conflict


class ExportRunning(Conflict):
    """One is being written; another has to wait, or that one can be cancelled."""

    code = "EXPORT_RUNNING"

    def __init__(self) -> None:
        super().__init__("An export is being written: wait for it, or cancel it")


class ExportNotReady(Conflict):
    """There are no files yet, or no more."""

    code = "EXPORT_NOT_READY"

    def __init__(self, state: str) -> None:
        super().__init__(f"This export is {state}")
        self.state = state


class ExportDamaged(RuntimeError):
    """A file is not what was written."""
