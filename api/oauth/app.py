"""The authorisation server, put together."""

from dataclasses import dataclass, field

from starlette.routing import BaseRoute

from api.auth import SessionCookies
from api.oauth.consent.routes import ConsentDesk
from api.oauth.endpoints import Endpoints, Gate
from api.oauth.ledger import Ledger
from api.oauth.registration import Registration
from api.oauth.server import Server
from domain.rates import RateLimiter
from domain.work import UnitsOfWork
from tenants.apps.rules import Lifetimes


@dataclass(frozen=True)
class OAuthSettings:
    """What a deployment says of its authorisation server."""

    issuer: str
    """The public address of the API, without a final slash."""
    lifetimes: Lifetimes = field(default_factory=Lifetimes)
    register_at: str = ""
    """The short name of the business at which apps register themselves; empty lets none."""
    register_token: str = field(default="", repr=False)


def routes(
    settings: OAuthSettings,
    unit_of_work: UnitsOfWork,
    cookies: SessionCookies,
    limiter: RateLimiter | None = None,
) -> list[BaseRoute]:
    """Everything under `/oauth/`, and the metadata."""
    gate = Gate(limiter)
    server = Server(Ledger(unit_of_work, settings.lifetimes), settings.issuer)
    registration = Registration(unit_of_work, gate, settings.register_at, settings.register_token)
    return [
        *Endpoints(server, gate, registers=bool(settings.register_at)).routes(),
        *ConsentDesk(server, cookies, gate).routes(),
        *registration.routes(),
    ]
