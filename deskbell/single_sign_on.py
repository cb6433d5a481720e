"""What single sign-on needs: ways out to identity providers and name servers."""

from collections.abc import Mapping
from dataclasses import dataclass

from api.sign_in import Desk
from api.sso import SingleSignOn
from deskbell.bootstrap import Wiring
from deskbell.webhooks import reach
from integrations.http_out import AddressRefused, Answer, NoAnswer, Outbound, TooSlow
from integrations.oidc import Documents, OpenIdClient
from tenants.sso.front import FrontDoor, Outside
from tenants.sso.ports import Unreachable

# Somebody waits at their browser.
PATIENCE = 8.0
# The largest set of keys of a known provider has about 20 kB.
MOST_ANSWER = 256 * 1024


@dataclass(frozen=True)
class ToProviders:
    """Requests to addresses that a tenant, or the provider it named, has chosen."""

    out: Outbound

    async def get(self, url: str, headers: Mapping[str, str]) -> Answer:
        """Ask for something. Raises `Unreachable`."""
        try:
            return self._whole(await self.out.get(url, headers))
        except (AddressRefused, NoAnswer) as fault:
            raise _unreachable(fault) from fault

    async def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """Send something. Raises `Unreachable`."""
        try:
            return self._whole(await self.out.post(url, headers, body))
        except (AddressRefused, NoAnswer) as fault:
            raise _unreachable(fault) from fault

    def _whole(self, answer: Answer) -> Answer:
        if len(answer.body) >= self.out.most:
            raise Unreachable("answer_too_long")
        return answer


def outside(wiring: Wiring) -> Outside:
    """Whom it asks."""
    settings = wiring.deployment.settings
    out = Outbound(reach(settings), patience=PATIENCE, most=MOST_ANSWER)
    provider = OpenIdClient(Documents(ToProviders(out), wiring.clock))
    return Outside(provider, wiring.resolver, settings.public_url)


def single_sign_on(at: Desk, asked: Outside) -> SingleSignOn:
    """Its routes."""
    return SingleSignOn(at.cookies, FrontDoor(at.door, asked))


def _unreachable(fault: AddressRefused | NoAnswer) -> Unreachable:
    if isinstance(fault, AddressRefused):
        return Unreachable("address_refused")
    return Unreachable("too_slow" if isinstance(fault, TooSlow) else "no_answer")
