"""A port on 127.0.0.1, chosen once and remembered, so that several checkouts live side by side."""

import secrets
import socket
from pathlib import Path

from deskbell.embedded.account import Account, write_private
from deskbell.embedded.process import wait_until

LOCALHOST = "127.0.0.1"
# Below the range from which Linux and macOS take the near end of outgoing connections.
CANDIDATES = range(20_000, 30_000)
# Seconds.
HOLD_ON = 2.0


def remembered_port(file: Path, account: Account) -> int:
    """The port written in the file; another one, written there, if somebody else has taken it."""
    remembered = int(file.read_text()) if file.exists() else 0
    # A server that was killed a moment ago holds its port a little longer; those who know the port
    # are waiting for it to come back there.
    if remembered in CANDIDATES and wait_until(lambda: is_free(remembered), HOLD_ON):
        return remembered
    port = secrets.choice(CANDIDATES)
    while not is_free(port):
        port = secrets.choice(CANDIDATES)
    write_private(file, str(port), account)
    return port


def is_free(port: int) -> bool:
    """Whether a server could listen there now."""
    with socket.socket() as probe:
        # Connections that linger in TIME_WAIT do not stop a server, so they must not stop us.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOCALHOST, port))
        except OSError:
            return False
    return True
