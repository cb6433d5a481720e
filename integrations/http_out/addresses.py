"""Which addresses may be called: what a name leads to decides, not the name.

Whoever may choose a URL could otherwise make us call what only we can reach: a database, a cloud's
metadata service, another customer's machine (server-side request forgery, OWASP A10:2021).
"""

from dataclasses import dataclass, field
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)
from urllib.parse import SplitResult, urlsplit

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

HTTPS = 443
DEFAULT_PORTS = {"http": 80, "https": HTTPS}
LONGEST_URL = 2000

# Ranges in which another address hides, or that `is_global` judges differently from release to
# release: compatible and translated IPv4 (RFC 4291, 6052, 8215), Teredo, 6to4 with its relays,
# site-local, benchmarks, and what was set aside without ever being routed.
HIDING = tuple(
    map(
        ip_network,
        (
            *("0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.88.99.0/24", "198.18.0.0/15"),
            *("240.0.0.0/4", "::/96", "::ffff:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48"),
            *("100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "fec0::/10"),
        ),
    )
)


class AddressRefused(Exception):
    """This address is not called; the message says why, without what a name led to."""


@dataclass(frozen=True)
class Target:
    """A URL taken apart: whom to call, and on which port."""

    url: str
    scheme: str
    host: str
    port: int


@dataclass(frozen=True)
class Reach:
    """How far requests may go; by default to public addresses, by TLS, on its usual port."""

    networks: tuple[Network, ...] = ()
    """Networks that may be called although they are not public, by plain HTTP too."""
    ports: frozenset[int] = field(default_factory=lambda: frozenset({HTTPS}))

    @classmethod
    def parse(cls, networks: str = "", ports: str = "") -> "Reach":
        """From words with commas between them. Raises `ValueError`."""
        named = [part.strip() for part in ports.split(",") if part.strip()]
        return cls(
            tuple(ip_network(part.strip()) for part in networks.split(",") if part.strip()),
            frozenset(map(int, named)) or frozenset({HTTPS}),
        )

    def target(self, url: str) -> Target:
        """What a URL asks for, as far as that can be told without looking its name up.

        Raises `AddressRefused`.
        """
        parts = _parts(url)
        host = (parts.hostname or "").rstrip(".")
        port = DEFAULT_PORTS[parts.scheme] if parts.port is None else parts.port
        literal = _literal(host)
        if port not in self.ports and not (literal and self._is_allowed(literal)):
            raise AddressRefused(f"Port {port} may not be called")
        if parts.scheme == "http" and not self.networks:
            raise AddressRefused("The address must begin with https://")
        if literal is not None:
            self.check(literal, parts.scheme)
        return Target(url, parts.scheme, host, port)

    def check(self, address: Address, scheme: str) -> None:
        """Raise `AddressRefused` unless this machine may be called."""
        if self._is_allowed(address):
            return
        if scheme == "http":
            raise AddressRefused("The address must begin with https://")
        if not is_public(address):
            raise AddressRefused("The address is not a public one")

    def _is_allowed(self, address: Address) -> bool:
        same_kind = (each for each in self.networks if each.version == address.version)
        return any(address in network for network in same_kind)


def is_public(address: Address) -> bool:
    """Whether an address belongs to the public internet, and hides no other address."""
    same_kind = (each for each in HIDING if each.version == address.version)
    hidden = any(address in network for network in same_kind)
    special = address.is_multicast or address.is_reserved or address.is_unspecified
    return address.is_global and not (hidden or special)


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as problem:
        raise AddressRefused("That is not a web address") from problem
    if len(url) > LONGEST_URL or parts.scheme not in DEFAULT_PORTS or not parts.hostname:
        raise AddressRefused("That is not a web address")
    if parts.username is not None or parts.password is not None:
        raise AddressRefused("The address may hold no password; check our signature instead")
    if any(letter.isspace() or not letter.isprintable() for letter in url):
        raise AddressRefused("That is not a web address")
    return parts


def _literal(host: str) -> Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None
