"""Apps that register themselves (RFC 7591), where a deployment lets them."""

import hmac
import logging
from dataclasses import dataclass, field
from typing import Any, Literal

import orjson
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api.bearer import bearer_of
from api.oauth.client import NONE
from api.oauth.endpoints import REGISTER, Gate
from domain.errors import InvalidInput, LimitReached
from domain.work import UnitsOfWork
from tenants.apps import rules, service
from tenants.apps.service import Issued, NewApp
from tenants.service import job_scope, tenant_of_slug

log = logging.getLogger(__name__)

# Of one address.
REGISTERED_AT_ONCE = 10
REGISTERED_PER_SECOND = 1 / 600
JOB = "apps.register"

AuthMethod = Literal["none", "client_secret_basic", "client_secret_post"]


class Metadata(BaseModel):
    """What an app says of itself; what we do not know is left out of the answer, not refused."""

    model_config = ConfigDict(extra="ignore", strict=True)

    client_name: str = Field(min_length=1, max_length=rules.LONGEST_NAME)
    redirect_uris: list[str] = Field(min_length=1, max_length=rules.MOST_URIS)
    scope: str = Field(default="", max_length=2000)
    token_endpoint_auth_method: AuthMethod = Field(default="client_secret_basic")
    grant_types: list[Literal["authorization_code", "refresh_token"]] = [
        "authorization_code",
        "refresh_token",
    ]
    response_types: list[Literal["code"]] = ["code"]


@dataclass(frozen=True)
class Refused(Exception):
    """What is wrong, as RFC 7591 says it."""

    error: str
    words: str
    status: int = 400


@dataclass(frozen=True)
class Registration:
    """The route at which apps register; they live at the business called `home`."""

    unit_of_work: UnitsOfWork
    gate: Gate
    home: str
    token: str = field(default="", repr=False)
    """Whoever registers must send it; empty lets everybody register."""

    def routes(self) -> list[Route]:
        """`POST /oauth/register`, if apps may."""
        return [Route(REGISTER, self.register, methods=["POST"])] if self.home else []

    async def register(self, request: Request) -> Response:
        """Make an app of whoever asks; on our page it says that nobody has checked whose it is."""
        await self.gate.admit(request, "register", REGISTERED_AT_ONCE, REGISTERED_PER_SECOND)
        try:
            self._admit(request)
            metadata = await _metadata(request)
            issued = await self._made(metadata)
        except Refused as refused:
            body = {"error": refused.error, "error_description": refused.words}
            headers = {"WWW-Authenticate": "Bearer"} if refused.status == 401 else {}
            return _json(body, refused.status, headers)
        return _json(described(metadata, issued), 201, {})

    def _admit(self, request: Request) -> None:
        given = bearer_of(request) or ""
        if self.token and not hmac.compare_digest(given.encode(), self.token.encode()):
            raise Refused("invalid_token", "Send the initial access token", 401)

    async def _made(self, metadata: Metadata) -> Issued:
        home_id = await tenant_of_slug(self.home)
        if home_id is None:
            log.error("There is no business %s for apps to register at", self.home)
            raise Refused("temporarily_unavailable", "Nobody can register now", 503)
        new = NewApp(
            name=metadata.client_name,
            permissions=tuple(metadata.scope.split()),
            redirect_uris=tuple(metadata.redirect_uris),
            confidential=metadata.token_endpoint_auth_method != NONE,
            self_registered=True,
        )
        try:
            async with self.unit_of_work(await job_scope(home_id, JOB)) as uow:
                return await service.create(uow, new)
        except InvalidInput as wrong:
            about_uris = any(problem.path == "redirect_uris" for problem in wrong.problems)
            error = "invalid_redirect_uri" if about_uris else "invalid_client_metadata"
            raise Refused(error, wrong.message) from wrong
        except LimitReached as full:
            raise Refused("temporarily_unavailable", "Nobody can register now", 503) from full


def described(metadata: Metadata, issued: Issued) -> dict[str, Any]:
    """What was registered, with the secret: shown this once."""
    app = issued.app
    told: dict[str, Any] = {
        "client_id": str(app.id),
        "client_id_issued_at": int(app.created_at.timestamp()),
        "client_name": app.name,
        "grant_types": ["authorization_code", "refresh_token"],
        "redirect_uris": app.redirect_uris,
        "response_types": ["code"],
        "scope": " ".join(app.permissions),
        "token_endpoint_auth_method": metadata.token_endpoint_auth_method,
    }
    secret = {"client_secret": issued.secret, "client_secret_expires_at": 0}
    return told | (secret if issued.secret else {})


async def _metadata(request: Request) -> Metadata:
    body = await request.body()
    if b"\\u0000" in body:
        raise Refused("invalid_client_metadata", "There is a NUL in it")
    try:
        return Metadata.model_validate_json(body)
    except ValidationError as wrong:
        named = {str(error["loc"][0]) for error in wrong.errors() if error["loc"]}
        if named == {"redirect_uris"}:
            raise Refused("invalid_redirect_uri", "Name where answers may go") from wrong
        listed = ", ".join(sorted(named)) or "the body"
        raise Refused("invalid_client_metadata", f"Missing or wrong: {listed}") from wrong


def _json(body: dict[str, Any], status: int, headers: dict[str, str]) -> Response:
    headers = {"Cache-Control": "no-store", **headers}
    return Response(orjson.dumps(body), status, headers, media_type="application/json")
