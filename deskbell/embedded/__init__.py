"""PostgreSQL and Valkey for a developer's machine or a single box: no system service, no root."""

from deskbell.embedded.errors import (
    EmbeddedServerError,
    FolderUnreachable,
    OtherMajor,
    ProgramMissing,
    ServerFailed,
)
from deskbell.embedded.servers import DISPOSABLE, Servers, Status, silent, start, status, stop
from deskbell.embedded.wheels import Progress

__all__ = [
    "DISPOSABLE",
    "EmbeddedServerError",
    "FolderUnreachable",
    "OtherMajor",
    "ProgramMissing",
    "Progress",
    "ServerFailed",
    "Servers",
    "Status",
    "silent",
    "start",
    "status",
    "stop",
]
