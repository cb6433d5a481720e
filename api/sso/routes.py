"""The routes of single sign-on, and its two pages: one more factor, and that it did not work."""

import re
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, quote
from uuid import UUID

from pydantic import Field
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from api import forms
from api.access import access_of
from api.auth import SessionCookies
from api.forms import Form
from api.middleware import PAGE_HEADERS
from api.problems import BadRequest, told
from api.sign_in import answered, origin_of
from tenants.errors import SessionEnded
from tenants.sessions import Standing
from tenants.sso.errors import SsoRefused
from tenants.sso.front import VISIT_LASTS, Arrived, FrontDoor, Visitor
from tenants.sso.ports import Return

HERE = Path(__file__).parent
VIA = "sso"
BROWSER = re.compile(r"[A-Za-z0-9_-]{43}")
SECOND_STEP = "/auth/sso/second-step"


class Wish(Form):
    """Where to go on afterwards: a path of ours."""

    return_to: str | None = Field(None, max_length=300)


class Address(Wish):
    """Whose provider is looked for, by the domain."""

    email: str = Field(min_length=3, max_length=254)


@dataclass(frozen=True)
class SingleSignOn:
    """The routes by which people come in through their business's provider."""

    cookies: SessionCookies
    front: FrontDoor

    @property
    def cookie(self) -> str:
        """The cookie that binds a visit to a browser; all tabs of a browser share it."""
        return "__Host-deskbell_sso" if self.cookies.settings.production else "deskbell_sso"

    def routes(self) -> list[BaseRoute]:
        """`/auth/sso…`."""
        return [
            Route("/auth/sso", self.ask, methods=["POST"]),
            Route("/auth/sso/step-up", self.step_up, methods=["POST"]),
            Route("/auth/sso/start", self.start, methods=["GET"]),
            Route("/auth/sso/callback/{tenant_id:uuid}", self.callback, methods=["GET"]),
            Route("/auth/sso/logout/{tenant_id:uuid}", self.log_out, methods=["POST"]),
            Route(SECOND_STEP, _page("second_step.html", "text/html"), methods=["GET"]),
            Route(f"{SECOND_STEP}.js", _page("second_step.js", "text/javascript"), methods=["GET"]),
        ]

    async def ask(self, request: Request) -> Response:
        """Where to go to sign in; null if the domain of that address has no provider here.

        The answer depends on the domain alone, never on whether somebody has that address.
        """
        given = await forms.read(request, Address)
        visitor = self._visitor(request)
        tenant_id = await self.front.of_address(given.email, visitor)
        if tenant_id is None:
            return answered({"redirectUrl": None})
        url = await self.front.begin(tenant_id, visitor, given.return_to, given.email)
        return self._bound(answered({"redirectUrl": url}), visitor)

    async def step_up(self, request: Request) -> Response:
        """Where to go to prove anew who one is."""
        given = await forms.read(request, Wish)
        standing = await self.cookies.standing(request)
        if standing is None:
            raise SessionEnded
        visitor = self._visitor(request)
        url = await self.front.begin_step_up(standing, visitor, given.return_to)
        return self._bound(answered({"redirectUrl": url}), visitor)

    async def start(self, request: Request) -> Response:
        """Go to the provider of a business that is named: for its own pages and bookmarks."""
        asked, visitor = request.query_params, self._visitor(request)

        async def leave() -> Response:
            tenant_id = await self.front.of_slug(asked.get("tenant", ""), visitor)
            url = await self.front.begin(tenant_id, visitor, asked.get("returnTo"))
            return self._bound(_go(url), visitor)

        return await _shown(request, leave)

    async def callback(self, request: Request) -> Response:
        """Come back from a provider: a session, or a page that asks for one more factor."""
        asked = request.query_params
        came = Return(
            state=asked.get("state", ""),
            code=asked.get("code"),
            issuer=asked.get("iss"),
            error=asked.get("error"),
        )

        async def arrive() -> Response:
            standing, visitor = await self._standing(request), self._visitor(request)
            return self._let_in(await self.front.finish(_tenant(request), came, visitor, standing))

        return await _shown(request, arrive)

    async def log_out(self, request: Request) -> Response:
        """End what a provider's logout token names; providers call this themselves."""
        form = parse_qs((await request.body()).decode("ascii", "replace"))
        [token] = form.get("logout_token", [""])[:1]
        if not token:
            raise BadRequest("Send a logout_token")
        try:
            await self.front.log_out(_tenant(request), token, self._visitor(request))
        except SsoRefused as refused:
            # The specification wants a 400 whatever is wrong.
            response = told(BadRequest(refused.message))
            response.headers["Cache-Control"] = "no-store"
            return response
        return Response(status_code=200, headers={"Cache-Control": "no-store"})

    def _let_in(self, arrived: Arrived) -> Response:
        if arrived.pending:
            # After the # it stays in the browser: no server on the way writes it into a log.
            waits = f"{arrived.session.token}&{quote(arrived.return_to, safe='/')}"
            return _go(f"{SECOND_STEP}#{waits}")
        response = _go(arrived.return_to)
        self.cookies.give(response, arrived.session.token)
        return response

    async def _standing(self, request: Request) -> Standing | None:
        try:
            return await self.cookies.standing(request)
        except SessionEnded:
            return None

    def _visitor(self, request: Request) -> Visitor:
        kept = request.cookies.get(self.cookie, "")
        browser = kept if BROWSER.fullmatch(kept) else secrets.token_urlsafe(32)
        return Visitor(browser, origin_of(request), access_of(request, VIA))

    def _bound(self, response: Response, visitor: Visitor) -> Response:
        """Let the browser keep its secret; it comes along when the provider sends it back."""
        response.set_cookie(
            self.cookie,
            visitor.browser,
            max_age=int(VISIT_LASTS.total_seconds()),
            path="/",
            secure=self.cookies.settings.production,
            httponly=True,
            samesite="lax",
        )
        return response


async def _shown(request: Request, deed: Callable[[], Awaitable[Response]]) -> Response:
    """What a browser is shown; whatever went wrong, it looks the same."""
    try:
        return await deed()
    except SsoRefused as refused:
        if "text/html" not in request.headers.get("Accept", ""):
            return told(refused)
        return FileResponse(HERE / "refused.html", 401, PAGE_HEADERS, "text/html")


def _go(url: str) -> Response:
    return RedirectResponse(url, 303, {"Cache-Control": "no-store"})


def _tenant(request: Request) -> UUID:
    tenant_id: UUID = request.path_params["tenant_id"]
    return tenant_id


def _page(name: str, media_type: str) -> Callable[[Request], Awaitable[Response]]:
    async def page(request: Request) -> Response:
        return FileResponse(HERE / name, headers=PAGE_HEADERS, media_type=media_type)

    return page
