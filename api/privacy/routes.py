"""The routes of the rights desk. Every answer is the same for known and unknown people."""

import hashlib
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import FileResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from api import forms
from api.access import access_of
from api.middleware import PAGE_HEADERS
from api.privacy.forms import Proof, Token, Wish
from api.problems import incident
from api.recordings import begun
from api.sign_in import answered, origin_of
from domain import archives, rights
from domain.archives.errors import LinkSpent
from domain.archives.writer import Packer
from domain.errors import DomainError, NotFound, RateLimited
from domain.rates import Bucket, RateLimiter, admit
from domain.rights.errors import VerificationRefused
from domain.rights.kinds import Intake
from domain.scope import Actor, ActorKind, Scope
from domain.work import UnitsOfWork
from tenants.service import tenant_facts, tenant_of_slug

PAGES = Path(__file__).parent
FORM, COPY = "/privacy/{slug}", "/my-copy"
MINUTE = 60.0
# A family, or an office, through one network.
WISHES_OF_A_NETWORK, PROOFS_OF_A_NETWORK = 10, 20
# Whoever is written to more often than this is being pestered.
WISHES_FOR_AN_ADDRESS = 3
TOO_OFTEN = "Too many attempts; wait a little"


@dataclass(frozen=True)
class PublicDesk:
    """The form, the proof and the copy; without a limiter nobody is limited."""

    unit_of_work: UnitsOfWork
    packer: Packer
    limiter: RateLimiter | None = None

    def routes(self) -> list[BaseRoute]:
        """`/privacy/{slug}` and `/my-copy`."""
        return [
            Route(FORM, _page("form.html", "text/html"), methods=["GET"]),
            Route("/privacy.js", _page("form.js", "text/javascript"), methods=["GET"]),
            Route(f"{FORM}/requests", self.ask, methods=["POST"]),
            Route(f"{FORM}/proof", self.prove, methods=["POST"]),
            Route(COPY, _page("copy.html", "text/html"), methods=["GET"]),
            Route("/my-copy.js", _page("copy.js", "text/javascript"), methods=["GET"]),
            Route(COPY, self.collect, methods=["POST"]),
        ]

    async def ask(self, request: Request) -> Response:
        """Take a wish down; 202 whoever asks, and whatever is known of them."""
        wish = await forms.read(request, Wish)
        await self._count(request, "wish", WISHES_OF_A_NETWORK)
        response = answered({"received": True}, status=202)
        # It begins when the answer has left, so that its time tells nothing.
        response.background = BackgroundTask(_carry_out, self._take_down(request, wish))
        return response

    async def prove(self, request: Request) -> Response:
        """Show the code of a letter. Raises `VerificationRefused`, whatever is wrong."""
        given = await forms.read(request, Proof)
        await self._count(request, "proof", PROOFS_OF_A_NETWORK)
        scope = await self._scope_of_slug(request)
        if scope is None:
            raise VerificationRefused
        async with self.unit_of_work(scope) as uow:
            proved = await rights.prove(uow, given.request, given.code)
        if not proved:
            raise VerificationRefused
        return answered({"verified": True})

    async def collect(self, request: Request) -> Response:
        """The archive of a link, once. Raises `LinkSpent`."""
        given = await forms.read(request, Token)
        await self._count(request, "copy", PROOFS_OF_A_NETWORK)
        tenant, archive, secret = given.token.split(".")
        try:
            scope = await self._scope(UUID(tenant), request, "link")
        except NotFound as unknown:
            raise LinkSpent from unknown
        async with self.unit_of_work(scope) as uow:
            collection = await archives.collect(uow, UUID(archive), secret)
        body = await begun(self.packer.read(collection))
        headers = {
            "Cache-Control": "private, no-store",
            "Content-Disposition": 'attachment; filename="copy.zip"',
        }
        return StreamingResponse(body, headers=headers, media_type="application/zip")

    async def _take_down(self, request: Request, wish: Wish) -> None:
        scope = await self._scope_of_slug(request)
        if scope is None or not await self._may_write(wish):
            return
        asked = rights.Asked(
            kind=wish.kind,
            intake=Intake.FORM,
            name=wish.name,
            email=wish.email,
            phone=wish.phone,
            words=wish.words,
            place=wish.place or None,
        )
        async with self.unit_of_work(scope) as uow:
            await rights.ask(uow, asked)

    async def _scope_of_slug(self, request: Request) -> Scope | None:
        tenant_id = await tenant_of_slug(request.path_params["slug"])
        return await self._scope(tenant_id, request, "form") if tenant_id else None

    async def _scope(self, tenant_id: UUID, request: Request, way: str) -> Scope:
        """What a stranger may do: ask, and prove who they are."""
        actor, facts = Actor(ActorKind.CALLER, f"privacy-{way}"), await tenant_facts(tenant_id)
        access = access_of(request, way)
        return Scope(tenant_id, actor, facts, frozenset({"privacy:ask"}), access)

    async def _count(self, request: Request, what: str, points: int) -> None:
        if self.limiter is not None:
            network = origin_of(request).network
            bucket = Bucket(f"privacy:{what}:{network}", points, 1 / MINUTE)
            await admit(self.limiter, [bucket], TOO_OFTEN)

    async def _may_write(self, wish: Wish) -> bool:
        """Whether an address has not had too many letters; nobody is told that it has."""
        if self.limiter is None:
            return True
        words = (wish.email or wish.phone).strip().lower().encode()
        name = f"privacy:letter:{hashlib.sha256(words).hexdigest()[:32]}"
        bucket = Bucket(name, WISHES_FOR_AN_ADDRESS, 1 / (10 * MINUTE))
        try:
            await admit(self.limiter, [bucket], TOO_OFTEN)
        except RateLimited:
            return False
        return True


async def _carry_out(deed: Awaitable[None]) -> None:
    try:
        # What is wrong with what somebody typed is theirs to notice, when no letter comes.
        with suppress(DomainError):
            await deed
    except Exception as fault:
        incident(fault)


def _page(name: str, media_type: str) -> Callable[[Request], Awaitable[Response]]:
    async def page(request: Request) -> Response:
        return FileResponse(PAGES / name, media_type=media_type, headers=PAGE_HEADERS)

    return page
