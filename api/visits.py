"""Going from a house to a tenant that has let it in: people by a visit, programs by a token."""

from dataclasses import dataclass

from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api import forms
from api.auth import Authenticator
from api.forms import Form
from api.sign_in import Desk, answered
from domain.errors import Unauthenticated
from domain.work import UnitsOfWork
from tenants.grants import tokens, visits


class Destination(Form):
    """The short name of a tenant that one's house holds a grant of."""

    tenant: str = Field(max_length=63)


@dataclass(frozen=True)
class Visits:
    """The routes by which those from above come to a tenant."""

    desk: Desk
    authenticator: Authenticator
    unit_of_work: UnitsOfWork

    def routes(self) -> list[Route]:
        """`/auth/visit` and `/auth/organization-token`, both POST."""
        served = {"visit": self.visit, "organization-token": self.exchange}
        return [Route(f"/auth/{path}", serve, methods=["POST"]) for path, serve in served.items()]

    async def visit(self, request: Request) -> Response:
        """Go on at a tenant of one's house; `/auth/switch` leads home again."""
        given = await forms.read(request, Destination)
        standing = await self.desk.standing(request)
        return self.desk.opened(await visits.begin(self.unit_of_work, standing, given.tenant))

    async def exchange(self, request: Request) -> Response:
        """Give a house's program a token for one tenant, against its key."""
        given = await forms.read(request, Destination)
        home = await self.authenticator.scope_of(request)
        if home is None:
            raise Unauthenticated("Send a key")
        issued = await tokens.issue(self.unit_of_work, home, given.tenant)
        body = {"token": issued.token, "expiresAt": issued.expires_at, "tenant": given.tenant}
        return answered(body)
