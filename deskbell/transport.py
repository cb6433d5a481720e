"""How this deployment speaks to others: which connections are in the clear, and what is offered."""

import asyncio
import socket
import ssl
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from ipaddress import ip_address
from urllib.parse import parse_qs, urlsplit

from cryptography import x509

from deskbell.connecting import POSTGRES_ENCRYPTED
from deskbell.deployment import Deployment
from domain.tls import TlsFloor

VERSIONS = {
    "1.0": ssl.TLSVersion.TLSv1,
    "1.1": ssl.TLSVersion.TLSv1_1,
    "1.2": ssl.TLSVersion.TLSv1_2,
    "1.3": ssl.TLSVersion.TLSv1_3,
}
PATIENCE = 5.0
ENCRYPTED = {"https", "rediss", "smtps", "wss", "s3", "gs", "az", "file"}


@dataclass(frozen=True)
class Offered:
    """What a server speaks, and until when its certificate is good."""

    versions: tuple[str, ...]
    expires_at: datetime | None

    def keeps(self, floor: TlsFloor) -> bool:
        """Whether it speaks TLS, and nothing that is older than the floor."""
        return bool(self.versions) and min(self.versions) >= floor


def is_loopback(host: str | None) -> bool:
    """Whether what is sent to a host never leaves this machine."""
    if not host or host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def is_encrypted(url: str) -> bool:
    """Whether a URL asks for a connection that nobody on the way can read."""
    parts = urlsplit(url)
    if parts.scheme in {"postgres", "postgresql"}:
        [mode] = parse_qs(parts.query).get("sslmode", [""])
        return mode in POSTGRES_ENCRYPTED
    if parts.scheme == "smtp":
        # With a password it switches to TLS, or sends nothing.
        return parts.password is not None
    return parts.scheme in ENCRYPTED


def in_the_clear(deployment: Deployment) -> list[str]:
    """The settings that name a server elsewhere without encryption."""
    named = dict(_connections(deployment))
    return [
        name
        for name, url in named.items()
        if url and not is_loopback(urlsplit(url).hostname) and not is_encrypted(url)
    ]


def _connections(deployment: Deployment) -> Iterator[tuple[str, str]]:
    settings = deployment.settings
    yield "DESKBELL_PUBLIC_URL", settings.public_url
    yield "DESKBELL_MEDIA_URL", settings.media_url
    yield "REDIS_URL", deployment.redis_url
    yield "DESKBELL_STORAGE_URL", settings.storage_url
    if settings.smtp_url is not None:
        yield "DESKBELL_SMTP_URL", settings.smtp_url.get_secret_value()
    for role, url in vars(deployment.databases).items():
        yield f"the database as {role}", url


async def offered(host: str, port: int, *, name: str = "") -> Offered:
    """What a server speaks, by a handshake for each version. Raises `OSError` if it is away."""
    _, writer = await asyncio.wait_for(asyncio.open_connection(host, port), PATIENCE)
    writer.close()
    name = name or host
    spoken = [
        version
        for version in VERSIONS
        if await asyncio.to_thread(_handshake, host, port, name, version) is not None
    ]
    certificate = (
        await asyncio.to_thread(_handshake, host, port, name, spoken[-1]) if spoken else None
    )
    return Offered(tuple(spoken), certificate)


def _handshake(host: str, port: int, name: str, version: str) -> datetime | None:
    """When the certificate expires that is shown in one version; None if it is not spoken."""
    try:
        with (
            socket.create_connection((host, port), timeout=PATIENCE) as plain,
            _only(version).wrap_socket(plain, server_hostname=name) as secure,
        ):
            shown = x509.load_der_x509_certificate(secure.getpeercert(binary_form=True) or b"")
            return shown.not_valid_after_utc.astimezone(UTC)
    except (OSError, ValueError):
        return None


def _only(version: str) -> ssl.SSLContext:
    """A client that speaks one version, however old: it asks what is offered, and sends nothing."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    # Whether the certificate is good is another question than which version is spoken.
    context.verify_mode = ssl.CERT_NONE
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = context.maximum_version = VERSIONS[version]
    # OpenSSL does not even ask in the old versions at its usual level.
    context.set_ciphers("ALL:@SECLEVEL=0")
    return context
