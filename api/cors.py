"""Which web pages may read answers: those of origins that the business behind a key has listed.

A browser asks beforehand, without the key, so nobody knows yet whose page it is: any page that
could be listed is told that it may try. What comes back is readable only if the key's business
lists its origin, letter by letter. Cookies are never allowed across origins.
"""

from collections.abc import Sequence

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.access import PURPOSE
from api.auth import Authenticator
from api.bearer import bearer_of
from api.middleware import REQUEST_ID
from domain.errors import DomainError
from tenants.origins import is_origin

# Where programs ask; people sign in on our own pages only.
PATHS = ("/graphql", "/exports/")
METHODS = "GET, POST"
ASKED_WITH = ", ".join(("Accept", "Authorization", "Content-Type", PURPOSE, REQUEST_ID))
SHOWN = ", ".join(("Content-Disposition", "Retry-After", REQUEST_ID))
# Seconds; browsers keep it for two hours at most.
REMEMBERED = "7200"
BEFOREHAND = "Origin, Access-Control-Request-Method, Access-Control-Request-Headers"


class Cors:
    """Answers browsers that ask beforehand, and says which pages may read an answer."""

    def __init__(
        self, app: ASGIApp, *, authenticator: Authenticator, paths: Sequence[str] = PATHS
    ) -> None:
        self.app = app
        self.authenticator = authenticator
        self.paths = tuple(paths)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve, and add what a page of another origin needs."""
        if scope["type"] != "http" or not scope["path"].startswith(self.paths):
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        origin = headers.get("Origin", "")
        if scope["method"] == "OPTIONS" and "Access-Control-Request-Method" in headers:
            await _told_beforehand(origin)(scope, receive, send)
            return
        listed = is_origin(origin) and await self._lists(HTTPConnection(scope), origin)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                _add(MutableHeaders(scope=message), origin if listed else None)
            await send(message)

        await self.app(scope, receive, send_with_headers)

    async def _lists(self, connection: HTTPConnection, origin: str) -> bool:
        """Whether the business behind the key lists the page; whoever is refused lists nothing."""
        if bearer_of(connection) is None:
            return False
        try:
            asked_by = await self.authenticator.scope_of(connection)
        except DomainError:
            return False
        return asked_by is not None and origin in asked_by.tenant.origins


def _add(headers: MutableHeaders, origin: str | None) -> None:
    headers.add_vary_header("Origin")
    if origin is not None:
        headers["Access-Control-Allow-Origin"] = origin
        headers["Access-Control-Expose-Headers"] = SHOWN


def _told_beforehand(origin: str) -> Response:
    headers = {"Vary": BEFOREHAND}
    if is_origin(origin):
        headers |= {
            "Access-Control-Allow-Origin": origin,
            "Access-Control-Allow-Methods": METHODS,
            "Access-Control-Allow-Headers": ASKED_WITH,
            "Access-Control-Max-Age": REMEMBERED,
        }
    return Response(status_code=204, headers=headers)
