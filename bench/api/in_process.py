"""Requests without a network: the API's own CPU time for each, and nothing else's."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from time import process_time
from typing import Any

from starlette.applications import Starlette

Ask = Callable[[], Awaitable[None]]


class Refused(RuntimeError):
    """What is measured must work."""


@dataclass(frozen=True)
class Client:
    """Sends one body again and again, as one who has these headers."""

    app: Starlette
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)

    async def __call__(self) -> None:
        """Send it once. Raises `Refused`."""
        sent: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": self.body, "more_body": False}

        async def send(message: dict[str, Any]) -> None:
            sent.append(message)

        await self.app(self._scope(), receive, send)
        answered = b"".join(message.get("body", b"") for message in sent)
        if sent[0]["status"] != 200 or b'"errors"' in answered:
            raise Refused(answered[:300])

    def _scope(self) -> dict[str, Any]:
        headers = {"content-type": "application/json", "host": "127.0.0.1", **self.headers}
        return {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": "POST",
            "scheme": "http",
            "path": "/graphql",
            "raw_path": b"/graphql",
            "query_string": b"",
            "headers": [(name.lower().encode(), each.encode()) for name, each in headers.items()],
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 80),
            "state": {},
        }


async def cpu_ms(ask: Ask, times: int) -> float:
    """Milliseconds of this process's CPU time that one request takes."""
    for _ in range(times // 10 + 1):
        await ask()
    before = process_time()
    for _ in range(times):
        await ask()
    return (process_time() - before) / times * 1000
