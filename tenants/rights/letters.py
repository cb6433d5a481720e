"""The letters of the rights desk: they go to the address on file, or to whoever looks after it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from domain import rights
from domain.archives.repository import Archives
from domain.archives.service import LINK_LASTS, link_of
from domain.events import Event
from domain.handlers import HandlerContext, HandlerFunction, serves
from domain.messages.ports import Mail, Mailer, message_id_of
from domain.privacy.purposes import Purpose
from domain.rights.events import (
    CodeRequested,
    RequestDueSoon,
    RequestExtended,
    RequestFulfilled,
    RequestHappening,
    RequestOverdue,
    RequestReceived,
    RequestRefused,
)
from domain.rights.kinds import COPIES, Means
from domain.rights.models import PrivacyRequest
from domain.rights.ports import Messenger, Note
from domain.rights.repository import PrivacyRequests, VerificationCodes
from domain.rights.verification import LETTER_LASTS, written
from domain.work import UnitOfWork
from tenants.repository import Users
from tenants.rights.account import promises_to
from tenants.rights.wording import Letter, Wording
from tenants.service import owner_addresses

PAGE, COPY = "/privacy", "/my-copy"
DESK = "/requests"


@dataclass(frozen=True)
class Post:
    """Brings notes by e-mail."""

    mailer: Mailer
    means: Means = Means.EMAIL

    async def bring(self, note: Note) -> None:
        """Send a letter."""
        message_id = message_id_of(note.key)
        await self.mailer.send(Mail((note.to,), note.subject, note.text, message_id))


@dataclass(frozen=True)
class RightsLetters:
    """Writes to whoever asked, and to whoever answers; `public_url` has no final slash."""

    public_url: str
    messenger: Callable[[Mailer], Messenger] = Post

    @property
    def handlers(self) -> tuple[tuple[type[Event], HandlerFunction], ...]:
        """What to subscribe."""
        return (
            (CodeRequested, self.send_code),
            (RequestDueSoon, self.alarm),
            (RequestExtended, self.tell_of_extension),
            (RequestFulfilled, self.tell_of_answer),
            (RequestOverdue, self.alarm),
            (RequestReceived, self.tell_of_receipt),
            (RequestRefused, self.tell_of_refusal),
        )

    @serves(Purpose.LEGAL)
    async def tell_of_receipt(self, event: RequestReceived, context: HandlerContext) -> None:
        """Say that it has arrived."""
        await self._tell(event, context, Wording.receipt)

    @serves(Purpose.LEGAL)
    async def tell_of_extension(self, event: RequestExtended, context: HandlerContext) -> None:
        """Say that it takes longer."""
        await self._tell(event, context, Wording.extension)

    @serves(Purpose.LEGAL)
    async def tell_of_refusal(self, event: RequestRefused, context: HandlerContext) -> None:
        """Say why it is not done."""
        await self._tell(event, context, Wording.refusal)

    @serves(Purpose.LEGAL)
    async def send_code(self, event: CodeRequested, context: HandlerContext) -> None:
        """Make a code and send it; one that was used or replaced meanwhile is not sent."""
        if event.means != Means.EMAIL.value:
            return
        async with context.unit_of_work() as uow:
            wording, to = await self._about(uow, event.privacy_request_id)
            codes = VerificationCodes(uow)
            code = await codes.lock(event.code_id)
            if code.used_at is not None or code.expires_at <= uow.now or to is None:
                return
            digits = await written(uow, code)
        slug = context.tenant.slug
        # Behind a #, a browser keeps it from servers and their logs.
        link = f"{self.public_url}{PAGE}/{slug}#request={event.privacy_request_id}"
        hours = LETTER_LASTS // timedelta(hours=1)
        await self._bring(context, to, wording.code(digits, link, hours))

    @serves(Purpose.LEGAL)
    async def tell_of_answer(self, event: RequestFulfilled, context: HandlerContext) -> None:
        """Say that it is done, with a link to what was asked for; the gone are then forgotten."""
        async with context.unit_of_work() as uow:
            wording, to = await self._about(uow, event.privacy_request_id)
            extra = await self._copy(uow, wording) if wording.request.kind in COPIES else ""
        if to is not None:
            await self._bring(context, to, wording.answer(extra))
        async with context.settle() as uow:
            await rights.part(uow, event.privacy_request_id)

    @serves(Purpose.LEGAL)
    async def alarm(self, event: RequestDueSoon | RequestOverdue, context: HandlerContext) -> None:
        """Write to whoever looks after it, or else to the privacy contact, or to the owners."""
        async with context.unit_of_work() as uow:
            wording, _ = await self._about(uow, event.privacy_request_id)
            to = await _responsible(uow, wording)
        link = f"{self.public_url}{DESK}/{event.privacy_request_id}"
        letter = wording.alarm(link, overdue=isinstance(event, RequestOverdue))
        mail = Mail(to, letter.subject, letter.text, message_id_of(context.delivery_id))
        await context.mailer.send(mail)

    async def _tell(
        self, event: RequestHappening, context: HandlerContext, say: Callable[[Wording], Letter]
    ) -> None:
        async with context.unit_of_work() as uow:
            wording, to = await self._about(uow, event.privacy_request_id)
        if to is not None:
            await self._bring(context, to, say(wording))

    async def _bring(self, context: HandlerContext, to: str, letter: Letter) -> None:
        note = Note(to, letter.subject, letter.text, context.delivery_id)
        await self.messenger(context.mailer).bring(note)

    async def _about(self, uow: UnitOfWork, id: UUID) -> tuple[Wording, str | None]:
        request = await PrivacyRequests(uow).get(id)
        wording = Wording(request, uow.scope.tenant, await promises_to(uow, request))
        return wording, await _address(uow, request)

    async def _copy(self, uow: UnitOfWork, wording: Wording) -> str:
        archives = Archives(uow)
        archive = await archives.one(
            archives.all().filter(privacy_request_id=wording.request.id).order_by("-created_at")
        )
        secret = await link_of(uow, archive)
        token = f"{uow.tenant_id.hex}.{archive.id.hex}.{secret}"
        link = f"{self.public_url}{COPY}#{token}"
        return wording.copy(link, min(uow.now + LINK_LASTS, archive.expires_at))


async def _address(uow: UnitOfWork, request: PrivacyRequest) -> str | None:
    if request.user_id is not None:
        user = await Users(uow).maybe(Users(uow).all().filter(id=request.user_id))
        return user.email if user else None
    return request.email.read() if request.email is not None else None


async def _responsible(uow: UnitOfWork, wording: Wording) -> tuple[str, ...]:
    request, promises = wording.request, wording.promises
    if request.assignee_id is not None:
        users = Users(uow)
        user = await users.maybe(users.all().filter(id=request.assignee_id, disabled_at=None))
        if user is not None:
            return (user.email,)
    if promises.privacy_contact.is_reachable:
        return (promises.privacy_contact.email,)
    return await owner_addresses(uow)
