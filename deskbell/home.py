"""The folder of one deployment: keys, embedded servers, mailbox, recordings, models."""

import hashlib
import os
import secrets
from pathlib import Path

from deskbell import embedded
from deskbell.embedded import FolderUnreachable, Servers
from domain.encryption import DataKey, master_key_in
from domain.private_files import read_or_make

# Where root keeps servers that run as somebody who may not enter the home folder.
SHARED = Path("/var/lib/deskbell")


class Home:
    """Everything that one deployment keeps on this machine."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()

    @property
    def mailbox(self) -> Path:
        """E-mail, where there is no mail server."""
        return self.folder / "mailbox"

    @property
    def models(self) -> Path:
        """Unpacked and verified speech models."""
        return self.folder / "models"

    @property
    def spoken(self) -> Path:
        """The lines of callers in scenarios, as they sound; it may be deleted."""
        return self.folder / "spoken"

    @property
    def recordings_url(self) -> str:
        """Where recordings go unless an operator says otherwise."""
        folder = self.folder / "recordings"
        folder.mkdir(parents=True, exist_ok=True)
        return folder.as_uri()

    def master_key(self, given: Path | None = None) -> DataKey:
        """The key above all keys: the operator's file, or one made here."""
        return master_key_in(given or self.folder / "master.key")

    def secret_key(self) -> bytes:
        """What this deployment signs with; made on first use."""
        return read_or_make(self.folder / "secret.key", lambda: secrets.token_bytes(32))

    def start_servers(self, progress: embedded.Progress = embedded.silent) -> Servers:
        """Start or adopt the embedded servers of this home."""
        try:
            return embedded.start(self.servers, progress=progress)
        except FolderUnreachable:
            if os.geteuid() != 0:
                raise
        # A checkout below /root is closed to the account that PostgreSQL must run as.
        elsewhere = SHARED / hashlib.sha256(str(self.folder).encode()).hexdigest()[:16]
        self._servers_note.write_text(str(elsewhere))
        return embedded.start(elsewhere, progress=progress)

    def stop_servers(self, progress: embedded.Progress = embedded.silent) -> None:
        """Stop the embedded servers of this home."""
        embedded.stop(self.servers, progress=progress)

    @property
    def servers(self) -> Path:
        """The folder of the embedded servers."""
        note = self._servers_note
        return Path(note.read_text()) if note.exists() else self.folder / "servers"

    @property
    def _servers_note(self) -> Path:
        return self.folder / "servers.elsewhere"
