"""Whoever does not want something any more is not reached for it from then on."""

from domain import rights
from domain.contacts.repository import Contacts
from domain.handlers import HandlerContext, serves
from domain.outreach import agreements, outbound
from domain.outreach.agreements.models import Form, Route
from domain.privacy.purposes import Purpose
from domain.rights.events import ChoiceMade
from domain.rights.kinds import RequestKind


@serves(Purpose.LEGAL)
async def leave_alone(event: ChoiceMade, context: HandlerContext) -> None:
    """Withdraw the consents that a choice ends, and what waits on their strength."""
    async with context.settle() as uow:
        if not await Contacts(uow).many([event.contact_id]):
            # Whoever is gone by now is reached by nobody.
            return
        purposes = _ended(event)
        await agreements.withdraw_all(uow, event.contact_id, purposes)
        if Purpose.SCHEDULING in purposes:
            # Letters about visits need no consent that could be withdrawn.
            await agreements.decline(uow, _no_letters(event))
        await outbound.withhold_all(uow, event.contact_id, purposes)


def _no_letters(event: ChoiceMade) -> agreements.Answer:
    made = f"A choice that was made at the rights desk: {event.kind}"
    about = (event.contact_id, Route.EMAIL, Purpose.SCHEDULING)
    return agreements.Answer(*about, Form.EXPRESS, made, "choice")


def _ended(event: ChoiceMade) -> frozenset[Purpose]:
    kind, purpose = RequestKind(event.kind), Purpose(event.purpose) if event.purpose else None
    # To be reached for anything at all is a consent too, so whoever takes back all takes it back.
    if kind is RequestKind.CONSENT_WITHDRAWAL and purpose is None:
        return frozenset(Purpose) - {Purpose.LEGAL}
    return rights.ended_by(kind, purpose)


HANDLERS = ((ChoiceMade, leave_alone),)
