"""Joining a business by the token of a letter: one route, and the page that the letter opens."""

from collections.abc import Awaitable, Callable
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Route

from api.middleware import PAGE_HEADERS
from api.problems import BadRequest
from domain.errors import FieldProblem, InvalidInput
from domain.work import UnitsOfWork
from tenants.members import invitations
from tenants.members.invitations import Newcomer
from tenants.members.letters import JOIN

ACCEPT = "/auth/accept-invitation"
PAGES = Path(__file__).with_name("join")


class Acceptance(BaseModel):
    """The token of a letter, and how a newcomer wants to be called and sign in."""

    model_config = ConfigDict(extra="forbid", strict=True)

    token: str = Field(min_length=1, max_length=200)
    name: str | None = Field(default=None, max_length=100)
    # Longer ones only cost us time to hash.
    password: str | None = Field(default=None, max_length=1000)

    @property
    def newcomer(self) -> Newcomer | None:
        """Who joins, if they say so; whoever has an account need not."""
        if not self.name and not self.password:
            return None
        return Newcomer(self.name or "", self.password or "")


def routes(unit_of_work: UnitsOfWork) -> list[BaseRoute]:
    """`POST /auth/accept-invitation`, and the page `/join`."""

    async def accept(request: Request) -> Response:
        """Join; 204, after which one signs in as usual."""
        given = await _acceptance(request)
        await invitations.accept(unit_of_work, given.token, given.newcomer)
        return Response(status_code=204, headers={"Cache-Control": "no-store"})

    return [
        Route(ACCEPT, accept, methods=["POST"]),
        Route(JOIN, _page("join.html", "text/html")),
        Route(f"{JOIN}.js", _page("join.js", "text/javascript")),
    ]


def _page(name: str, media_type: str) -> Callable[[Request], Awaitable[Response]]:
    async def page(request: Request) -> Response:
        return FileResponse(PAGES / name, media_type=media_type, headers=PAGE_HEADERS)

    return page


async def _acceptance(request: Request) -> Acceptance:
    # A form on another site can post text, but not JSON: asking for it keeps strangers out.
    if not request.headers.get("Content-Type", "").startswith("application/json"):
        raise BadRequest("Send JSON")
    try:
        return Acceptance.model_validate_json(await request.body())
    except ValidationError as wrong:
        problems = [FieldProblem(str(e["loc"][-1]), e["msg"]) for e in wrong.errors() if e["loc"]]
        raise InvalidInput("Send the token of the letter", *problems) from wrong
