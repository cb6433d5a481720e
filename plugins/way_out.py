"""The way out for what plugins ask: the bounded one, and `Unavailable` where nobody answers."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from domain.errors import Unavailable
from integrations.http_out import AddressRefused, Answer, Asked, NoAnswer, Outbound


@dataclass(frozen=True)
class Kind:
    """What is asked, in the business's words, and how many bytes of an answer are read."""

    name: str
    most: int


# A year of a full calendar, as text; a page of people.
CALENDAR = Kind("calendar", 8 * 1024 * 1024)
CUSTOMER_FILE = Kind("customer file", 1024 * 1024)
MAILING_LIST = Kind("mailing list", 4 * 1024 * 1024)
BUCKET = Kind("bucket", 64 * 1024)


@dataclass(frozen=True)
class WayOut:
    """Requests to one kind of service."""

    out: Outbound
    kind: Kind

    @classmethod
    def to(cls, kind: Kind, out: Outbound) -> "WayOut":
        """The same way, for longer answers."""
        return cls(replace(out, most=kind.most), kind)

    async def ask(self, method: str, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """Send a request. Raises `Unavailable`."""
        try:
            return await self.out.ask(url, Asked(method, headers, body or None))
        except (AddressRefused, NoAnswer) as fault:
            raise Unavailable(f"The {self.kind.name} does not answer") from fault
