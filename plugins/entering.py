"""Being let in as an account that a business has connected."""

from dataclasses import dataclass, field
from uuid import UUID

from plugins.capability import Capability
from plugins.connections.accounts import Pass
from plugins.connections.errors import NeedsConsent
from plugins.context import PluginContext


@dataclass
class Entering:
    """Tokens of one account; made for one call, request or job."""

    context: Capability | PluginContext = field(repr=False)
    service: str
    """What the service is called where accounts are connected."""
    account: UUID | None = None
    """The oldest one, if none is named."""
    _pass: Pass | None = field(default=None, repr=False)

    async def enter(self, refused: str = "") -> Pass:
        """What lets a request in. Raises `NotConnected`, `NeedsConsent` and `Unavailable`."""
        if self._pass is None or refused:
            accounts, open = self.context.accounts, self.context.unit_of_work
            self._pass = await accounts.enter(open, self.service, self.account, refused)
        return self._pass

    async def lapse(self, token: str) -> None:
        """The account has to be connected again, of which its owner is told.

        Raises `NotConnected` and `NeedsConsent`.
        """
        accounts, open = self.context.accounts, self.context.unit_of_work
        await accounts.refused(open, self.service, self.account, token)
        raise NeedsConsent
