"""The way out to push services, whose addresses members name: the bounded one."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.errors import Unavailable
from integrations.http_out import AddressRefused, Answer, NoAnswer, Outbound
from integrations.web_push import PushRefused


@dataclass(frozen=True)
class ToPushServices:
    """Posts to them, and says in their words what went wrong."""

    out: Outbound

    async def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """Send a body. Raises `Unavailable`, and `PushRefused` for one that may not be called."""
        try:
            return await self.out.post(url, headers, body)
        except AddressRefused as refused:
            raise PushRefused("ADDRESS") from refused
        except NoAnswer as fault:
            raise Unavailable("The push service does not answer") from fault
