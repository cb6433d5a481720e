"""Who is at the other end, where proxies of our own stand between."""

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

HEADER = "X-Forwarded-For"


class BehindProxies:
    """Takes the address of a client from `X-Forwarded-For`, as far as our own proxies wrote it.

    Each of `count` proxies adds the address it was called from at the end; what stands before
    those was written by the client and is worth nothing.
    """

    def __init__(self, app: ASGIApp, *, count: int = 0) -> None:
        self.app = app
        self.count = count

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve, with the address of the client in its place."""
        if self.count and scope["type"] in {"http", "websocket"}:
            lines = HTTPConnection(scope).headers.getlist(HEADER)
            hops = [hop.strip() for line in lines for hop in line.split(",")]
            if len(hops) >= self.count:
                scope = dict(scope) | {"client": (hops[-self.count], 0)}
        await self.app(scope, receive, send)
