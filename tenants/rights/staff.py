"""Those who look after requests: members of the business, by the promises that bind them."""

from uuid import UUID

from domain import rights
from domain.rights.models import PrivacyRequest
from domain.rights.repository import PrivacyRequests
from domain.work import UnitOfWork
from tenants.repository import Memberships
from tenants.rights.account import promises_to


async def assign(uow: UnitOfWork, id: UUID, member_id: UUID | None) -> PrivacyRequest:
    """Say which member looks after a request, or that nobody does. Raises `NotFound`."""
    member = await Memberships(uow).get(member_id) if member_id is not None else None
    return await rights.assign(uow, id, member.user_id if member else None)


async def extend(uow: UnitOfWork, id: UUID, reason: str) -> PrivacyRequest:
    """Take more time, by the promises of whoever decides. Raises as `rights.extend`."""
    request = await PrivacyRequests(uow).get(id)
    return await rights.extend(uow, id, reason, await promises_to(uow, request))
