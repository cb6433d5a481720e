"""TXT records, from the name servers of the machine or from those that the operator names."""

from dataclasses import dataclass
from functools import cached_property
from ipaddress import ip_address

import dns.exception
import dns.name
from dns.asyncresolver import Resolver
from dns.resolver import NXDOMAIN, NoAnswer

from domain.ports import port
from tenants.sso.ports import NoNameServer

PATIENCE = 5.0
PORT = 53
# A zone may hold many; a challenge stands at a name of its own.
MOST_RECORDS = 50


@dataclass(frozen=True)
class NameServers:
    """Asks name servers; without any named, those that the machine asks."""

    servers: tuple[tuple[str, int], ...] = ()
    patience: float = PATIENCE
    """Seconds for one question, however many servers it takes."""

    @classmethod
    def parse(cls, written: str) -> "NameServers":
        """From `10.0.0.2:53, 10.0.0.3`. Raises `ValueError`."""
        named = [part.strip() for part in written.split(",") if part.strip()]
        return cls(tuple(map(_server, named)))

    @port
    async def texts(self, name: str) -> list[str]:
        """The TXT records of a name; none if there is no such name. Raises `NoNameServer`."""
        try:
            answer = await self._resolver.resolve(f"{name}.", "TXT", search=False)
        except (NXDOMAIN, NoAnswer, dns.name.LabelTooLong, dns.name.NameTooLong):
            return []
        except (dns.exception.DNSException, OSError) as problem:
            raise NoNameServer from problem
        records = list(answer)[:MOST_RECORDS]
        return [b"".join(record.strings).decode("ascii", "replace") for record in records]

    @cached_property
    def _resolver(self) -> Resolver:
        try:
            resolver = Resolver(configure=not self.servers)
        except (dns.exception.DNSException, OSError) as problem:
            raise NoNameServer from problem
        if self.servers:
            resolver.nameservers = [host for host, _ in self.servers]
            resolver.nameserver_ports = dict(self.servers)
        resolver.lifetime = self.patience
        resolver.cache = None
        return resolver


def _server(written: str) -> tuple[str, int]:
    host, colon, port_ = written.rpartition(":")
    # An address of IPv6 has colons of its own, and brackets where a port follows.
    if colon and (host.count(":") == 0 or host.startswith("[")):
        return str(ip_address(host.strip("[]"))), int(port_)
    return str(ip_address(written)), PORT
