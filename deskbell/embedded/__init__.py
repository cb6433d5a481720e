"""PostgreSQL and Valkey for a developer's machine or a single box: no system service, no root."""

from deskbell.embedded.errors import (
    EmbeddedServerError,
    FolderUnreachable,
    OtherMajor,
    ProgramMissing,
    ServerFailed,
)
from deskbell.embedded.servers import DISPOSABLE, Servers, Status, start, status, stop

__all__ = [
    "DISPOSABLE",
    "EmbeddedServerError",
    "FolderUnreachable",
    "OtherMajor",
    "ProgramMissing",
    "ServerFailed",
    "Servers",
    "Status",
    "start",
    "status",
    "stop",
]
