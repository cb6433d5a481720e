"""What is done about events and by the clock: look, tell, and freeze where that is wished."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from domain.events import Event
from domain.handlers import HandlerContext, HandlerFunction, serves
from domain.privacy.purposes import Purpose
from domain.work import UnitOfWork
from tenants.api_keys.events import ApiKeyMoved
from tenants.events import SessionMoved, UserMfaChanged, UserSignedIn
from tenants.members.events import MemberJoined, MemberRoleChanged, OwnershipTransferred
from tenants.models import Role
from tenants.watch import alerts, looking, signs
from tenants.watch.ports import Nowhere, Places
from tenants.watch.rules import Finding, Rule

log = logging.getLogger(__name__)

# The names of the timers that the system sets.
LOOK = "watch.look"
TRAIL_BROKEN = "watch.trail_broken"
POWERFUL = {Role.ADMIN, Role.OWNER}

Read = Callable[[UnitOfWork], Awaitable[Sequence[Finding]]]


@dataclass(frozen=True)
class Watch:
    """Watches over businesses, one at a time; made once by the wiring."""

    places: Places = field(default_factory=Nowhere)

    @property
    def handlers(self) -> tuple[tuple[type[Event], HandlerFunction], ...]:
        """What to subscribe."""
        return (
            (UserSignedIn, self.signed_in),
            (SessionMoved, self.session_moved),
            (UserMfaChanged, self.factor_changed),
            (ApiKeyMoved, self.key_moved),
            (MemberJoined, self.power_given),
            (MemberRoleChanged, self.power_given),
            (OwnershipTransferred, self.owner_changed),
        )

    @property
    def jobs(self) -> tuple[HandlerFunction, ...]:
        """What the clock asks for."""
        return (self.look, self.trail_broken)

    @serves(Purpose.SECURITY)
    async def signed_in(self, event: UserSignedIn, context: HandlerContext) -> None:
        """Look at where somebody signed in from, and with what."""
        await _settle(context, lambda uow: signs.of_sign_in(uow, event, self.places))

    @serves(Purpose.SECURITY)
    async def session_moved(self, event: SessionMoved, context: HandlerContext) -> None:
        """Look at how far a session went, and how fast."""
        await _settle(context, lambda uow: signs.of_move(uow, event, self.places))

    @serves(Purpose.SECURITY)
    async def factor_changed(self, event: UserMfaChanged, context: HandlerContext) -> None:
        """Tell of a second factor that came or went."""
        await _settle(context, lambda uow: _ready(signs.of_factor(uow, event)))

    @serves(Purpose.SECURITY)
    async def key_moved(self, event: ApiKeyMoved, context: HandlerContext) -> None:
        """Tell of a key in a network that is new for it."""
        await _settle(context, lambda uow: signs.of_key_move(uow, event))

    @serves(Purpose.SECURITY)
    async def power_given(
        self, event: MemberJoined | MemberRoleChanged, context: HandlerContext
    ) -> None:
        """Tell of another owner or administrator."""
        powerful = event.role in POWERFUL
        await _settle(
            context,
            lambda uow: _ready(signs.of_power(uow, event.user_id, event.role) if powerful else []),
        )

    @serves(Purpose.SECURITY)
    async def owner_changed(self, event: OwnershipTransferred, context: HandlerContext) -> None:
        """Tell of another owner."""
        who = event.to_user_id
        await _settle(context, lambda uow: _ready(signs.of_power(uow, who, Role.OWNER)))

    @serves(Purpose.SECURITY)
    async def secret_rotated(self, event: Event, context: HandlerContext) -> None:
        """Tell of a webhook that signs with another key; the event is of a plugin."""
        rule, subject = Rule.SECRET_ROTATED, f"webhook:{event.key}"
        await _settle(context, lambda uow: _ready([Finding(rule, subject, uow.now)]))

    @serves(Purpose.SECURITY)
    async def look(self, payload: dict[str, Any], context: HandlerContext) -> None:
        """Look through what happened since the last look."""
        await _settle(context, looking.look)

    @serves(Purpose.SECURITY)
    async def trail_broken(self, payload: dict[str, Any], context: HandlerContext) -> None:
        """Tell of an audit trail that is not what was sealed; `payload` is its evidence."""

        async def found(uow: UnitOfWork) -> Sequence[Finding]:
            return [Finding(Rule.TRAIL_BROKEN, f"tenant:{uow.tenant_id}", uow.now, 1, payload)]

        await _settle(context, found)


async def _settle(context: HandlerContext, read: Read) -> None:
    """Make alerts of what is found, once."""
    async with context.settle() as uow:
        for finding in await read(uow):
            await alerts.tell(uow, finding)


async def _ready(found: Sequence[Finding]) -> Sequence[Finding]:
    return found
