"""The way out to services: the bounded one, with failures in the words of OAuth."""

from collections.abc import Mapping
from dataclasses import dataclass

from integrations.http_out import AddressRefused, Answer, NoAnswer, Outbound
from integrations.oauth import ProviderAway


@dataclass(frozen=True)
class ToServices:
    """Requests to the addresses of services, which the operator chose."""

    out: Outbound

    async def get(self, url: str, headers: Mapping[str, str]) -> Answer:
        """Ask for something. Raises `ProviderAway`."""
        try:
            return await self.out.get(url, headers)
        except (AddressRefused, NoAnswer) as fault:
            raise ProviderAway("no_answer") from fault

    async def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """Send something. Raises `ProviderAway`."""
        try:
            return await self.out.post(url, headers, body)
        except (AddressRefused, NoAnswer) as fault:
            raise ProviderAway("no_answer") from fault
