"""What a browser needs to be pushed to, before anybody signs in: a script, and a public key."""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route

SCRIPT = Path(__file__).with_name("push") / "push.js"
# Browsers look for a new one by themselves once a day; nothing in it belongs to anybody, so that
# pages of other origins may use it.
HEADERS = {
    "Cache-Control": "public, max-age=3600",
    "Cross-Origin-Resource-Policy": "cross-origin",
}


def routes(public_key: str) -> list[BaseRoute]:
    """`/push.js`, the service worker, and `/push/key.json`, the key to subscribe with."""

    async def script(request: Request) -> Response:
        """What shows pushes."""
        return FileResponse(SCRIPT, media_type="text/javascript", headers=HEADERS)

    async def key(request: Request) -> Response:
        """The public key of this deployment (RFC 8292), for `applicationServerKey`."""
        headers = HEADERS | {"Access-Control-Allow-Origin": "*"}
        return JSONResponse({"applicationServerKey": public_key}, headers=headers)

    return [
        Route("/push.js", script, methods=["GET"]),
        Route("/push/key.json", key, methods=["GET"]),
    ]
