"""The REST side of the fake carrier: call control, as a Starlette app to serve over TLS."""

from dataclasses import dataclass, field
from typing import Any

import jwt
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from integrations.vonage.fake.leg import Replaced


@dataclass
class Command:
    """One accepted call command."""

    leg: str
    body: dict[str, Any]


@dataclass
class FakeCallControl:
    """Accepts commands for running calls, and answers errors on demand."""

    public_key: str
    commands: list[Command] = field(default_factory=list)
    failures: list[int] = field(default_factory=list)
    """Status codes to answer with first."""
    _running: dict[str, Replaced] = field(default_factory=dict)

    def begin(self, leg: str, replaced: Replaced) -> None:
        """A call is running; it is told when a command ends its websocket leg."""
        self._running[leg] = replaced

    def app(self) -> Starlette:
        """PUT /v1/calls/{leg}, as Vonage documents it."""
        return Starlette(routes=[Route("/v1/calls/{leg}", self._put, methods=["PUT"])])

    async def _put(self, request: Request) -> Response:
        if self.failures:
            return JSONResponse({"title": "scripted"}, self.failures.pop(0))
        if not self._authorised(request):
            return JSONResponse({"title": "Unauthorized"}, 401)
        leg = request.path_params["leg"]
        if leg not in self._running:
            return JSONResponse({"title": "Not Found"}, 404)
        body = await request.json()
        self.commands.append(Command(leg, body))
        self._running.pop(leg).by(body.get("destination", {}).get("ncco", []))
        return Response(status_code=204)

    def _authorised(self, request: Request) -> bool:
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        try:
            claims = jwt.decode(token, self.public_key, algorithms=["RS256"])
        except jwt.InvalidTokenError:
            return False
        return {"application_id", "jti", "exp"} <= claims.keys()
