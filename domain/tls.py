"""The oldest TLS that is spoken, by those who serve and by those who ask."""

import ssl
from enum import StrEnum
from pathlib import Path

# For TLS 1.2: keys that are forgotten after the connection, and ciphers that authenticate.
CIPHERS = "ECDHE+AESGCM:ECDHE+CHACHA20"


class TlsFloor(StrEnum):
    """The oldest version that is spoken."""

    TLS_1_2 = "1.2"
    TLS_1_3 = "1.3"

    @property
    def version(self) -> ssl.TLSVersion:
        """The same in words of the `ssl` module."""
        return ssl.TLSVersion.TLSv1_2 if self is TlsFloor.TLS_1_2 else ssl.TLSVersion.TLSv1_3


def serving(floor: TlsFloor, certificate: Path, key: Path | None = None) -> ssl.SSLContext:
    """What a server speaks; a certificate's file may hold its key. Raises `OSError`."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = floor.version
    context.set_ciphers(CIPHERS)
    context.options |= ssl.OP_CIPHER_SERVER_PREFERENCE | ssl.OP_NO_COMPRESSION
    context.options |= ssl.OP_NO_RENEGOTIATION
    context.load_cert_chain(certificate, key)
    context.set_alpn_protocols(["http/1.1"])
    return context


def asking(floor: TlsFloor = TlsFloor.TLS_1_2, *, authorities: str | None = None) -> ssl.SSLContext:
    """What a client speaks: to whoever proves their name, by the authorities of this machine."""
    context = ssl.create_default_context(cafile=authorities)
    context.minimum_version = floor.version
    return context
