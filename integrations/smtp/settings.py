"""How to reach the server that takes our e-mail."""

from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from domain.tls import TlsFloor

SUBMISSION = 587
SUBMISSION_TLS = 465


@dataclass(frozen=True)
class SmtpSettings:
    """A server and an account on it; times are in seconds."""

    host: str
    port: int
    tls: bool
    """TLS from the first byte (port 465)."""
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    timeout: float = 20.0
    floor: TlsFloor = TlsFloor.TLS_1_2

    @property
    def starttls(self) -> bool | None:
        """Whether to switch to TLS on the way; None means: if the server can."""
        if self.tls:
            return False
        # An answer that leaves STARTTLS out must not get a password in the clear.
        return True if self.password else None

    @classmethod
    def from_url(cls, url: str, floor: TlsFloor = TlsFloor.TLS_1_2) -> "SmtpSettings":
        """Read `smtp://user:password@host:port` or `smtps://…`. Raises `ValueError`."""
        parts = urlsplit(url)
        if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
            raise ValueError("An SMTP address looks like smtp://user:password@host:port")
        tls = parts.scheme == "smtps"
        return cls(
            host=parts.hostname,
            port=parts.port or (SUBMISSION_TLS if tls else SUBMISSION),
            tls=tls,
            username=unquote(parts.username) if parts.username else None,
            password=unquote(parts.password) if parts.password else None,
            floor=floor,
        )
