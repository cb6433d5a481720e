"""What somebody who works for a business asks of the operator about their own account."""

from uuid import UUID

from domain import rights
from domain.errors import Forbidden
from domain.privacy.policy import Profile
from domain.rights.intake import Asked
from domain.rights.kinds import Party
from domain.rights.models import PrivacyRequest
from domain.rights.repository import PrivacyRequests
from domain.scope import ActorKind
from domain.work import UnitOfWork
from tenants.policy.repository import of_operator


async def ask(uow: UnitOfWork, asked: Asked) -> PrivacyRequest:
    """Ask the operator, as whoever is signed in. Raises `Forbidden` for programs."""
    uow.require("account:write")
    if uow.scope.actor.kind is not ActorKind.MEMBER:
        raise Forbidden("Only a person has an account")
    return await rights.ask_about_account(
        uow, asked, UUID(uow.scope.actor.id), await of_operator(uow)
    )


async def own(uow: UnitOfWork) -> list[PrivacyRequest]:
    """What whoever is signed in has asked of the operator, the newest in front."""
    uow.require("account:read")
    requests = PrivacyRequests(uow)
    mine = requests.all().filter(party=Party.ACCOUNT, user_id=UUID(uow.scope.actor.id))
    return await requests.page(mine.order_by("-received_at", "-id"))


async def promises_to(uow: UnitOfWork, request: PrivacyRequest) -> Profile:
    """The promises by which a request is answered: the operator's, or those of the business."""
    return await of_operator(uow) if request.party is Party.ACCOUNT else uow.scope.tenant.privacy
