"""Sending over SMTP, one connection a letter."""

import aiosmtplib

from domain.clock import Clock
from domain.errors import Unavailable
from domain.messages.ports import Mail
from domain.ports import leave
from domain.tls import asking
from integrations.smtp.letter import compose
from integrations.smtp.settings import SmtpSettings


class SmtpMailer:
    """Hands letters to the operator's mail server."""

    def __init__(self, settings: SmtpSettings, sender: str, clock: Clock) -> None:
        self._settings = settings
        self._sender = sender
        self._clock = clock

    async def send(self, mail: Mail) -> None:
        """Send a letter. Raises `Unavailable`, which says what kind of fault, not whose mail."""
        leave()
        settings = self._settings
        try:
            await aiosmtplib.send(
                compose(mail, self._sender, self._clock.now()),
                hostname=settings.host,
                port=settings.port,
                use_tls=settings.tls,
                start_tls=settings.starttls,
                username=settings.username,
                password=settings.password,
                timeout=settings.timeout,
                tls_context=asking(settings.floor),
            )
        except (aiosmtplib.SMTPException, OSError) as fault:
            # The server's own words repeat addresses; they stay out of our logs.
            raise Unavailable(f"The mail server failed: {type(fault).__name__}") from None
