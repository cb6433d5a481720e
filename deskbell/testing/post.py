"""Letters that reach nobody."""

from dataclasses import dataclass, field

from domain.messages.ports import Mail


@dataclass
class Postbox:
    """Stands for the mailer."""

    letters: list[Mail] = field(default_factory=list)

    async def send(self, mail: Mail) -> None:
        """Keep a letter."""
        self.letters.append(mail)
