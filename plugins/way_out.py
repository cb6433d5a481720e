"""The way out for what plugins ask: the bounded one, and `Unavailable` where nobody answers."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from domain.errors import Unavailable
from integrations.http_out import AddressRefused, Answer, Asked, NoAnswer, Outbound

# A year of a full calendar, as text.
MOST_ANSWER = 8 * 1024 * 1024
# A page of people.
MOST_FOUND = 1024 * 1024


@dataclass(frozen=True)
class ToCalendars:
    """Requests to calendars that tenants named."""

    out: Outbound

    @classmethod
    def by(cls, out: Outbound) -> "ToCalendars":
        """The same way, for longer answers."""
        return cls(replace(out, most=MOST_ANSWER))

    async def ask(self, method: str, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """Send a request. Raises `Unavailable`."""
        try:
            return await self.out.ask(url, Asked(method, headers, body or None))
        except (AddressRefused, NoAnswer) as fault:
            raise Unavailable("The calendar does not answer") from fault


@dataclass(frozen=True)
class ToCustomerFiles:
    """Requests to customer files, at addresses that the operator chose."""

    out: Outbound

    @classmethod
    def by(cls, out: Outbound) -> "ToCustomerFiles":
        """The same way, for longer answers."""
        return cls(replace(out, most=MOST_FOUND))

    async def ask(self, method: str, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """Send a request. Raises `Unavailable`."""
        try:
            return await self.out.ask(url, Asked(method, headers, body or None))
        except (AddressRefused, NoAnswer) as fault:
            raise Unavailable("The customer file does not answer") from fault
