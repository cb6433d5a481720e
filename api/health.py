"""Whether the process lives, and whether it can serve."""

from collections.abc import Awaitable, Callable, Mapping

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

Check = Callable[[], Awaitable[None]]
"""Raises if the thing cannot be reached."""


def routes(checks: Mapping[str, Check]) -> list[Route]:
    """`GET /health/live`, and `GET /health/ready`, which tries everything we depend on."""

    async def live(request: Request) -> Response:
        """Say that the process answers."""
        return _answer(200, {"status": "ok"})

    async def ready(request: Request) -> Response:
        """Say what can be reached; 503 unless all of it can."""
        found = {name: await _reached(check) for name, check in checks.items()}
        all_well = all(state == "ok" for state in found.values())
        status = "ok" if all_well else "failing"
        return _answer(200 if all_well else 503, {"status": status, "checks": found})

    return [Route("/health/live", live), Route("/health/ready", ready)]


async def _reached(check: Check) -> str:
    try:
        await check()
    except Exception as failure:  # whatever it is, it is not healthy
        return type(failure).__name__
    return "ok"


def _answer(status: int, body: object) -> Response:
    return Response(
        orjson.dumps(body),
        status,
        media_type="application/json",
        headers={"Cache-Control": "no-store"},
    )
