"""What can go wrong with archives, and with taking one in."""

from domain.errors import Conflict, InvalidInput


class ArchiveRunning(Conflict):
    """One of the same is being packed."""

    code = "ARCHIVE_RUNNING"

    def __init__(self) -> None:
        super().__init__("That is being packed already: wait for it, or cancel it")


class ArchiveNotReady(Conflict):
    """There is nothing to take yet, or nothing any more."""

    code = "ARCHIVE_NOT_READY"

    def __init__(self, state: str) -> None:
        super().__init__(f"This archive is {state}")
        self.state = state


class LinkSpent(Conflict):
    """A link is good once, and for a while: whether it was used or never existed is not said."""

    code = "LINK_SPENT"

    def __init__(self) -> None:
        super().__init__("This link is not valid, or not any more; ask for another one")


class ArchivePieceMissing(RuntimeError):
    """A stored piece is gone, or is not what was written."""


class ArchiveDamaged(InvalidInput):
    """The file is not an archive as it was made: nothing of it is taken in."""

    code = "ARCHIVE_DAMAGED"

    def __init__(self, where: str, why: str) -> None:
        super().__init__(f"{where}: {why}")
        self.where = where


class TenantNotEmpty(Conflict):
    """An archive is taken in by a business that has nothing of its own yet."""

    code = "TENANT_NOT_EMPTY"

    def __init__(self, table: str) -> None:
        super().__init__(f"This business has rows in {table} already")
        self.table = table


class TakenElsewhere(Conflict):
    """Something that can be at one business only is at another: give it up there first."""

    code = "TAKEN_ELSEWHERE"

    def __init__(self, what: str) -> None:
        super().__init__(f"Another business has this: {what}. It has to be given up there first")
