"""What can go wrong with sandboxes."""

from domain.errors import Conflict


class SandboxExists(Conflict):
    """There is one at most."""

    code = "SANDBOX_EXISTS"

    def __init__(self) -> None:
        super().__init__("There is a sandbox already: reset it, or delete it first")


class NoSandbox(Conflict):
    """There is none, or one asks from within it."""

    code = "NO_SANDBOX"

    def __init__(self) -> None:
        super().__init__("There is no sandbox: make one from the business itself")


class OnlyInSandbox(Conflict):
    """That is for trying things out, and would be wrong anywhere else."""

    code = "ONLY_IN_SANDBOX"

    def __init__(self) -> None:
        super().__init__("This is possible in a sandbox only: ask with a key of one")
