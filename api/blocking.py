"""One click that blocks a caller, from a daily letter: a GET shows a button, a POST blocks."""

from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from api import bare_pages
from api.access import access_of
from api.bare_pages import HEADERS
from domain import contacts
from domain.contacts.errors import AlreadyListed
from domain.contacts.models import NumberList
from domain.errors import NotFound
from domain.phone import masked
from domain.scope import Scope
from domain.texts import catalogue
from domain.work import UnitOfWork, UnitsOfWork
from plugins.report import report
from tenants.notifications.links import PATH, BlockLinks
from tenants.notifications.repository import Digests
from tenants.repository import Memberships
from tenants.service import job_scope, member_scope

JOB = "block caller"
WRITE = "contacts:write"
# A letter that is older leads nowhere.
LASTS = timedelta(days=30)


@dataclass(frozen=True)
class Blocking:
    """Serves the links of daily letters."""

    unit_of_work: UnitsOfWork
    links: BlockLinks

    def routes(self) -> list[Route]:
        """`/block/<token>`."""
        where = f"{PATH}/{{token}}"
        return [
            Route(where, self.ask, methods=["GET"]),
            Route(where, self.block, methods=["POST"]),
        ]

    async def ask(self, request: Request) -> Response:
        """A page with one button. Raises `NotFound` for a link that is not, or no longer, good."""
        scope, conversation_id = await self._reader(request)
        async with self.unit_of_work(scope, read_only=True) as uow:
            number = masked(await _number(uow, conversation_id))
        say = catalogue(scope.tenant.locale).say
        label = say("block_page_button", number=number)
        return HTMLResponse(bare_pages.one_button(scope.tenant.name, label), headers=HEADERS)

    async def block(self, request: Request) -> Response:
        """Block the caller, in the member's own name; a second time changes nothing."""
        scope, conversation_id = await self._reader(request)
        say = catalogue(scope.tenant.locale).say
        async with self.unit_of_work(scope, read_only=True) as uow:
            number = await _number(uow, conversation_id)
        words = say("block_page_done", number=masked(number))
        try:
            async with self.unit_of_work(scope) as uow:
                why = say("block_reason")
                await contacts.list_number(uow, number, NumberList.BLOCK, reason=why)
        except AlreadyListed:
            words = say("block_page_listed", number=masked(number))
        return HTMLResponse(bare_pages.plain(scope.tenant.name, words), headers=HEADERS)

    async def _reader(self, request: Request) -> tuple[Scope, UUID]:
        """The member to whom the letter went, with what they may do today. Raises `NotFound`."""
        token = request.path_params["token"]
        tenant_id, digest_id, conversation_id = self.links.read(token)
        scope = await job_scope(tenant_id, JOB)
        async with self.unit_of_work(scope, read_only=True) as uow:
            digest = await Digests(uow).get(digest_id)
            member = await Memberships(uow).of(digest.user_id)
            too_old = uow.now - digest.until > LASTS
        if member is None or member.frozen_at is not None or too_old:
            raise NotFound("There is no such link")
        reader = await member_scope(tenant_id, member.user_id, member.role)
        reader.require(WRITE)
        return replace(reader, access=access_of(request, "link")), conversation_id


async def _number(uow: UnitOfWork, conversation_id: UUID) -> str:
    """The number of whoever the conversation was with. Raises `NotFound`."""
    found = await report(uow, conversation_id)
    if not found.phone:
        raise NotFound("There is no such caller")
    return found.phone
