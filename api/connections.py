"""Where services send people back to who allowed us something."""

from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from api.auth import SessionCookies
from domain.errors import Unauthenticated
from plugins.connections.desk import CALLBACK, Came, ConnectionDesk
from plugins.connections.errors import VisitRefused


@dataclass(frozen=True)
class Connecting:
    """The route by which people come back; the session that left must be the one that returns."""

    cookies: SessionCookies
    desk: ConnectionDesk

    def routes(self) -> list[BaseRoute]:
        """`/plugins/connections/callback/<provider>`."""
        return [Route(CALLBACK, self.callback, methods=["GET"])]

    async def callback(self, request: Request) -> Response:
        """Keep what somebody brought back, and let them go on where they began."""
        standing = await self.cookies.standing(request)
        if standing is None:
            raise Unauthenticated("Sign in first, then connect the account again")
        asked = request.query_params
        # Services with several data centres say which one a person is at (Zoho).
        words = ("state", "code", "error", "accounts-server")
        came = Came(*(asked.get(word, "") for word in words))
        try:
            made = await self.desk.finish(standing.scope, request.path_params["provider"], came)
        except VisitRefused as refused:
            return _go(refused.return_to, connectionError=refused.reason)
        return _go(made.return_to, connected=str(made.connection_id))


def _go(path: str, **told: str) -> Response:
    joint = "&" if "?" in path else "?"
    url = f"{path}{joint}{urlencode(told)}"
    return RedirectResponse(url, 303, {"Cache-Control": "no-store"})
