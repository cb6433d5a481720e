"""People who make use of their rights, and the desk that answers them."""

import re
from uuid import UUID

from domain import archives, rights
from domain.archives.writer import Packer
from domain.rights import choices
from domain.rights.erasing import ErasureDesk
from domain.rights.handlers import HANDLERS
from domain.rights.jobs import JOBS
from domain.rights.kinds import Intake, RequestKind
from domain.rights.repository import PrivacyRequests
from plugins.delivery import Deliverer
from plugins.registry import Registry
from tenants.rights.letters import RightsLetters
from tests.fakes.mailer import Postbox
from tests.plugins.conftest import PACE, Road

PUBLIC_URL = "https://desk.example"
CODE = re.compile(r"\b\d{6}\b")


async def own_rights(uow, caller, mark) -> dict[str, UUID]:
    """A request, a choice and an archive; `mark` is in all their words."""
    asked = rights.Asked(
        RequestKind.RESTRICTION,
        Intake.PORTAL,
        name=mark,
        words=mark,
        contact_id=caller.contact_id,
    )
    request = await rights.ask(uow, asked)
    choice = await choices.choose(uow, caller.contact_id, RequestKind.SALE_OPT_OUT)
    archive = await archives.start_for_contact(uow, caller.contact_id)
    await archives.cancel(uow, archive.id)
    return {
        "Archive": archive.id,
        "PrivacyChoice": choice.id,
        "PrivacyRequest": request.id,
    }


class RightsDesk:
    """A business, its workers, and everybody's letter box."""

    def __init__(self, unit_of_work, scope, urls, store, eraser=None):
        self.box = Postbox()
        self.packer = Packer(store)
        erasures = ErasureDesk(eraser)
        letters = RightsLetters(PUBLIC_URL)
        registry = Registry(
            (*HANDLERS, *letters.handlers, *self.packer.handlers, *erasures.handlers),
            (*JOBS, *self.packer.jobs, *erasures.jobs),
            plugins=(),
        )
        deliverer = Deliverer(registry, unit_of_work, self.box, PACE)
        self.way = Road(registry, unit_of_work, scope, urls, deliverer)

    async def do(self, deed, *given, scope=None, **named):
        async with self.way.unit_of_work(scope or self.way.scope) as uow:
            return await deed(uow, *given, **named)

    async def ask(self, kind, intake=Intake.PORTAL, scope=None, **said):
        asked = rights.Asked(RequestKind(kind), intake, **said)
        request = await self.do(rights.ask, asked, scope=scope)
        await self.work()
        return request

    async def work(self):
        """Let workers go on until nothing is due."""
        while await self.way.travel():
            pass

    async def look(self, id):
        async with self.way.unit_of_work(self.way.scope) as uow:
            return await PrivacyRequests(uow).get(id)

    async def prove(self, id):
        """Show the code of the letter that came last."""
        return await self.do(rights.prove, id, self.code())

    async def opened(self, kind, *given, **said):
        """A request whose asker has proved who they are."""
        request = await self.ask(kind, *given, **said)
        await self.do(rights.vouch, request.id)
        await self.work()
        self.box.letters.clear()
        return request

    def code(self):
        """The code in the letter that came last."""
        text = next(mail.text for mail in reversed(self.box.letters) if CODE.search(mail.text))
        return CODE.search(text).group()

    def letter(self, subject):
        """The letter with a subject; there is one."""
        [mail] = [mail for mail in self.box.letters if subject in mail.subject]
        return mail
