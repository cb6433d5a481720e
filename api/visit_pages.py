"""Answering a letter about a visit: no account, no cookie; a GET changes nothing, a POST does."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import parse_qs
from uuid import UUID

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from api import bare_pages, visit_html
from api.access import access_of
from api.bare_pages import HEADERS
from api.sign_in import origin_of
from domain.errors import Conflict, DomainError, NotFound
from domain.rates import Bucket, RateLimiter, admit
from domain.reminders import answering
from domain.reminders.errors import ProofWanted, VisitLinkSpent
from domain.reminders.proofs import Proof
from domain.scope import Scope
from domain.texts import catalogue
from domain.work import UnitOfWork, UnitsOfWork
from plugins.identities import asks_birth_dates
from plugins.registry import Registry
from tenants.reminders.links import PATH, STOP, VisitLinks
from tenants.service import job_scope

JOB = "visit link"
OK, REFUSED, GONE = 200, 409, 410
# What one network may post in a minute: guessing digits is for nobody.
POSTS = 20
MINUTE = 60.0
TOO_OFTEN = "Too many tries from here: wait a moment"
MOST_FIELDS = 5
DONE = {
    "cancel": "visit_page_cancelled",
    "confirm": "visit_page_confirmed",
    "move": "visit_page_moved",
}


@dataclass(frozen=True)
class Guest:
    """Whoever holds a link, and which letter it came with."""

    scope: Scope
    reminder_id: UUID
    asks_born: bool = False

    @property
    def title(self) -> str:
        """What their page is called."""
        return self.say("visit_page_title", business=self.scope.tenant.name)

    def say(self, key: str, **values: object) -> str:
        """A text in the language of the business."""
        return catalogue(self.scope.tenant.locale).say(key, **values)


@dataclass(frozen=True)
class Wish:
    """What was posted."""

    deed: str
    starts_at: str
    proof: Proof

    @classmethod
    def read(cls, body: bytes, *, asks_born: bool) -> "Wish":
        """The fields of a form; what cannot be read says nothing."""
        try:
            fields = parse_qs(body.decode("ascii"), max_num_fields=MOST_FIELDS)
        except ValueError:
            fields = {}
        said = {name: values[0] for name, values in fields.items()}
        proof = Proof(said.get("digits", ""), said.get("born", "").strip(), asks_born)
        return cls(said.get("do", ""), said.get("startsAt", ""), proof)


@dataclass(frozen=True)
class VisitPages:
    """Serves the links of letters about visits."""

    unit_of_work: UnitsOfWork
    links: VisitLinks
    registry: Registry
    limiter: RateLimiter | None = None

    def routes(self) -> list[Route]:
        """`/appointments/<token>`, and below it `/stop`."""
        page = f"{PATH}/{{token}}"
        return [
            Route(page, self.show, methods=["GET"]),
            Route(page, self.act, methods=["POST"]),
            Route(page + STOP, self.ask_to_stop, methods=["GET"]),
            Route(page + STOP, self.stop, methods=["POST"]),
        ]

    async def show(self, request: Request) -> Response:
        """The visit, and what can be done about it."""
        return await self._answered(
            request, lambda guest: self._page(guest, Proof(asks_born=guest.asks_born))
        )

    async def act(self, request: Request) -> Response:
        """Confirm, move or cancel it, or show it to whoever proves that it is theirs."""
        await self._count(request)
        body = await request.body()
        return await self._answered(
            request,
            lambda guest: self._act(guest, Wish.read(body, asks_born=guest.asks_born)),
        )

    async def ask_to_stop(self, request: Request) -> Response:
        """A page with one button."""

        async def ask(guest: Guest) -> Response:
            label = guest.say("visit_page_stop")
            return _html(bare_pages.one_button(guest.title, label))

        return await self._answered(request, ask)

    async def stop(self, request: Request) -> Response:
        """Send no more letters about visits; the button of mail programs comes here too."""

        async def stop(guest: Guest) -> Response:
            async with self.unit_of_work(guest.scope) as uow:
                await answering.decline(uow, guest.reminder_id)
            return _html(bare_pages.plain(guest.title, guest.say("visit_page_stopped")))

        return await self._answered(request, stop)

    async def _answered(
        self, request: Request, deed: Callable[[Guest], Awaitable[Response]]
    ) -> Response:
        guest = None
        try:
            guest = await self._guest(request)
            return await deed(guest)
        except ProofWanted as wanted:
            assert guest is not None
            texts = catalogue(guest.scope.tenant.locale)
            page = visit_html.asking(
                guest.title, texts, wrong=wanted.wrong, asks_born=guest.asks_born
            )
            return _html(page)
        except VisitLinkSpent:
            return _over(guest)

    async def _guest(self, request: Request) -> Guest:
        """Who holds the link. Raises `VisitLinkSpent`."""
        tenant_id, reminder_id = self.links.read(request.path_params["token"])
        try:
            scope = await job_scope(tenant_id, JOB)
        except NotFound as gone:
            raise VisitLinkSpent from gone
        scope = replace(scope, access=access_of(request, "link"))
        async with self.unit_of_work(scope, read_only=True) as uow:
            contact_id = await answering.whose(uow, reminder_id)
            asks_born = await asks_birth_dates(uow, self.registry)
        return Guest(answering.guest_scope(scope, contact_id), reminder_id, asks_born)

    async def _page(self, guest: Guest, proof: Proof, told: str = "", status: int = OK) -> Response:
        async with self.unit_of_work(guest.scope, read_only=True) as uow:
            page = await answering.show(uow, guest.reminder_id, proof)
        return _html(visit_html.visit(guest.title, page, proof, told), status)

    async def _act(self, guest: Guest, wish: Wish) -> Response:
        if wish.proof.is_said and guest.scope.tenant.privacy.hipaa:
            async with self.unit_of_work(guest.scope) as uow:
                right = await answering.prove(uow, guest.reminder_id, wish.proof)
            if not right:
                raise ProofWanted(wrong=True)
        if wish.deed not in DONE:
            return await self._page(guest, wish.proof)
        try:
            async with self.unit_of_work(guest.scope) as uow:
                await _do(uow, guest.reminder_id, wish)
        except (ProofWanted, VisitLinkSpent):
            raise
        except (Conflict, ValueError) as refused:
            reason = refused.message if isinstance(refused, DomainError) else wish.starts_at
            told = guest.say("visit_page_refused", reason=reason)
            return await self._page(guest, wish.proof, told, REFUSED)
        told = guest.say(DONE[wish.deed])
        if wish.deed == "cancel":
            return _html(bare_pages.plain(guest.title, told))
        return await self._page(guest, wish.proof, told)

    async def _count(self, request: Request) -> None:
        if self.limiter is not None:
            network = origin_of(request).network
            bucket = Bucket(f"visit:{network}", POSTS, POSTS / MINUTE)
            await admit(self.limiter, [bucket], TOO_OFTEN)


async def _do(uow: UnitOfWork, id: UUID, wish: Wish) -> None:
    if wish.deed == "cancel":
        await answering.cancel(uow, id, wish.proof)
    elif wish.deed == "confirm":
        await answering.confirm(uow, id, wish.proof)
    else:
        starts_at = datetime.fromisoformat(wish.starts_at)
        if starts_at.tzinfo is None:
            raise ValueError("A time needs a zone")
        await answering.move(uow, id, starts_at, wish.proof)


def _over(guest: Guest | None) -> Response:
    """What was good once; whoever made a link up learns no more."""
    business = guest.scope.tenant.name if guest else "us"
    words = catalogue(guest.scope.tenant.locale if guest else "en").say(
        "visit_page_over", business=business
    )
    return _html(bare_pages.plain(guest.title if guest else "Deskbell", words), GONE)


def _html(text: str, status: int = OK) -> Response:
    return HTMLResponse(text, status, HEADERS)
