"""The mailbox folder: e-mail for whoever has no mail server yet, readable by any mail program."""

import asyncio
import mailbox
from collections.abc import Sequence
from email.message import EmailMessage
from pathlib import Path

from domain.clock import Clock
from domain.messages.ports import Mail
from domain.ports import leave
from integrations.smtp.letter import ABOUT, compose


class MailboxMailer:
    """Puts letters into a Maildir folder, where they can be read as files."""

    def __init__(self, folder: Path, sender: str, clock: Clock) -> None:
        self._folder = folder
        self._sender = sender
        self._clock = clock

    async def send(self, mail: Mail) -> None:
        """File a letter under `new/`."""
        leave()
        message = compose(mail, self._sender, self._clock.now())
        await asyncio.to_thread(self._file, message)

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

    def _file(self, message: EmailMessage) -> None:
        self._folder.parent.mkdir(parents=True, exist_ok=True)
        mailbox.Maildir(self._folder, create=True).add(message)
