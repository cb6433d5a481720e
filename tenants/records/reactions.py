"""What follows, for the records, from what happens elsewhere."""

from domain.events import Event
from domain.handlers import HandlerContext, HandlerFunction, serves
from domain.privacy.purposes import Purpose
from domain.training import service as training
from tenants.events import UserSignedIn
from tenants.policy.events import PolicyApplied
from tenants.records.policies import accept_by_use


@serves(Purpose.IMPROVEMENT)
async def stop_training(event: PolicyApplied, context: HandlerContext) -> None:
    """Let nothing wait any longer where the policy no longer allows it."""
    async with context.settle() as uow:
        profile = uow.scope.tenant.privacy
        if not profile.training or profile.hipaa:
            await training.stop(uow)


@serves(Purpose.LEGAL)
async def note_use(event: UserSignedIn, context: HandlerContext) -> None:
    """Whoever signs in goes on under what is in force, of which they were told before."""
    async with context.settle() as uow:
        await accept_by_use(uow, event.user_id)


HANDLERS: tuple[tuple[type[Event], HandlerFunction], ...] = (
    (PolicyApplied, stop_training),
    (UserSignedIn, note_use),
)
