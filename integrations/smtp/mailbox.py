"""The mailbox folder: e-mail for whoever has no mail server yet, readable by any mail program."""

import asyncio
import hashlib
import mailbox
from collections.abc import Sequence
from email.message import EmailMessage
from pathlib import Path
from uuid import uuid4

from domain.clock import Clock
from domain.messages.ports import Mail
from domain.ports import leave
from integrations.smtp.letter import ABOUT, compose

# Of the fingerprint that is a file's name.
NAME_LETTERS = 32


class MailboxMailer:
    """Puts letters into a Maildir folder, where they can be read as files."""

    def __init__(self, folder: Path, sender: str, clock: Clock) -> None:
        self._folder = folder
        self._sender = sender
        self._clock = clock

    async def send(self, mail: Mail) -> None:
        """File a letter under `new/`; the same one is filed once, however often it is sent."""
        leave()
        message = compose(mail, self._sender, self._clock.now())
        await asyncio.to_thread(self._file, message, mail.message_id)

    async def forget(self, about: Sequence[str]) -> None:
        """Remove the letters about some conversations."""
        leave()
        await asyncio.to_thread(self._forget, frozenset(about))

    def _forget(self, about: frozenset[str]) -> None:
        if not self._folder.exists():
            return
        letters = mailbox.Maildir(self._folder)
        for key, letter in letters.iteritems():
            if letter[ABOUT] in about:
                letters.discard(key)

    def _file(self, message: EmailMessage, message_id: str) -> None:
        self._folder.parent.mkdir(parents=True, exist_ok=True)
        mailbox.Maildir(self._folder, create=True)
        name = hashlib.sha256(message_id.encode()).hexdigest()[:NAME_LETTERS]
        draft = self._folder / "tmp" / f"{name}.{uuid4().hex}"
        draft.write_bytes(bytes(message))
        # In one step: whoever dies before leaves no letter, and whoever sends again replaces it.
        draft.rename(self._folder / "new" / name)
        # Whoever had read it had moved it to `cur/`, and its name had grown.
        for read in self._folder.glob(f"cur/{name}*"):
            read.unlink(missing_ok=True)
