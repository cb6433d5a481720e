"""Where a wish to be deleted meets whoever erases."""

from domain import erasure
from domain.erasure.errors import ErasureHeld
from domain.erasure.models import ErasureState
from domain.erasure.repository import Erasures
from domain.handlers import HandlerContext
from domain.rights.ports import Erasing

# What others have not confirmed is on the certificate; here nothing is left.
GONE = frozenset({ErasureState.ERASED, ErasureState.OPEN})


class EraserOnRequest:
    """Erases callers when the desk is told to; accounts go with their closing."""

    async def erase(self, whom: Erasing, context: HandlerContext) -> bool:
        """Whether nothing is left that must go; while a hold lasts the request stays open."""
        async with context.unit_of_work() as uow:
            known = await Erasures(uow).for_request(whom.request_id)
        if known is None and whom.contact_id is not None:
            new = erasure.NewErasure(
                whom.contact_id, cancel_visits=True, request_id=whom.request_id
            )
            try:
                async with context.unit_of_work() as uow:
                    known = await erasure.erase_contact(uow, new)
            except ErasureHeld:
                return False
        return known is not None and known.state in GONE
