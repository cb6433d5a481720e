"""What every HTTP request and response goes through."""

import re
from secrets import token_hex

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from structlog.contextvars import bound_contextvars

from api.problems import problem

REQUEST_ID = "X-Request-Id"
_NUMBER = re.compile(r"[A-Za-z0-9_-]{1,64}")

SECURE_HEADERS = {
    # What anybody is told is theirs: no cache keeps it, unless a route knows better.
    "Cache-Control": "no-store",
    # Answers are data; the few pages there are bring a policy of their own.
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
# The few pages of our own load nothing from anywhere else, and run their own script.
PAGE_POLICY = "; ".join(
    (
        "default-src 'none'",
        "base-uri 'none'",
        "connect-src 'self'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "img-src data:",
        "script-src 'self'",
        "style-src 'self'",
    )
)
PAGE_HEADERS = {"Cache-Control": "no-store", "Content-Security-Policy": PAGE_POLICY}
# Browsers heed these over TLS only, and complain elsewhere.
TLS_HEADERS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
}


class SecureHeaders:
    """Adds the headers that keep browsers careful; TLS only, for two years, in production."""

    def __init__(self, app: ASGIApp, *, production: bool = False) -> None:
        self.app = app
        self.headers = SECURE_HEADERS | (TLS_HEADERS if production else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve, and put the headers on the answer."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_with_headers)


class RequestIds:
    """Gives every request a number, or keeps the one it came with; the answer repeats it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve, and let log lines name the request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        given = Headers(scope=scope).get(REQUEST_ID, "")
        number = given if _NUMBER.fullmatch(given) else token_hex(16)

        async def send_with_number(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)[REQUEST_ID] = number
            await send(message)

        with bound_contextvars(request_id=number):
            await self.app(scope, receive, send_with_number)


class BodyTooLarge(Exception):
    """More bytes came than this server takes."""


class LimitBody:
    """Refuses bodies longer than `limit` bytes, announced or not."""

    def __init__(self, app: ASGIApp, *, limit: int = 1_000_000) -> None:
        self.app = app
        self.limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve, unless the body is too long."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        announced = Headers(scope=scope).get("Content-Length", "0")
        try:
            if not announced.isdecimal() or int(announced) > self.limit:
                raise BodyTooLarge
            await self.app(scope, self._counted(receive), send)
        except BodyTooLarge:
            title = f"Send at most {self.limit} bytes"
            await problem(413, "BODY_TOO_LARGE", title)(scope, receive, send)

    def _counted(self, receive: Receive) -> Receive:
        so_far = 0

        async def counted() -> Message:
            nonlocal so_far
            message = await receive()
            so_far += len(message.get("body", b""))
            if so_far > self.limit:
                raise BodyTooLarge
            return message

        return counted
