"""Whoever would carry e-mail."""

from domain.messages.ports import Mail
from domain.ports import leave


class Postbox:
    """Keeps every letter; as a real mailer, it refuses to work inside a unit of work."""

    def __init__(self) -> None:
        self.letters: list[Mail] = []

    async def send(self, mail: Mail) -> None:
        leave()
        self.letters.append(mail)
