"""Whoever was erased at their own wish and has been told so: their request forgets them too."""

from uuid import UUID

from domain import disposal
from domain.disposal.models import LeftoverKind
from domain.rights.kinds import RequestKind, RequestState
from domain.rights.repository import PrivacyRequests
from domain.sealed import sealed_fields
from domain.work import UnitOfWork


async def part(uow: UnitOfWork, id: UUID) -> bool:
    """Forget who asked to be deleted, for good, once the last letter to them is sent.

    That somebody asked, when, and what became of it stays as evidence. Tells whether it did.
    """
    requests = PrivacyRequests(uow)
    request = await requests.lock(id)
    if request.kind is not RequestKind.DELETION or request.state is not RequestState.FULFILLED:
        return False
    named = [name for name in sealed_fields(requests.model) if getattr(request, name) is not None]
    if named or request.place is not None:
        await requests.save(request, place=None, **dict.fromkeys(named))
    # What is left of it in backups is noise without the key.
    await disposal.leave(uow, id, [(LeftoverKind.LAST_KEY, str(id))])
    return True
