"""How people and apps come in: the cookies, the door, the sign-up, the authorisation server."""

from datetime import timedelta
from urllib.parse import urlsplit

from api.auth import CookieSettings, SessionCookies
from api.oauth.app import OAuthSettings
from api.sign_in import Desk
from api.sign_up import Registrar
from deskbell.bootstrap import Wiring
from deskbell.settings import Settings
from deskbell.settings import SignUp as WhoMay
from integrations.redis_bucket import BucketsInRedis
from tenants.apps.rules import Lifetimes as AppLifetimes
from tenants.door import Door
from tenants.passkeys import RelyingParty
from tenants.sessions import Lifetimes
from tenants.sign_up import SignUp
from tenants.throttle import Throttle
from tenants.watch.lookout import Lookout


def desk(wiring: Wiring) -> Desk:
    """Where people come and go."""
    settings, work = wiring.deployment.settings, wiring.unit_of_work
    lasts, idle = timedelta(days=settings.session_days), timedelta(days=settings.session_idle_days)
    lifetimes = Lifetimes(lasts=lasts, idle=idle)
    kept = CookieSettings(wiring.deployment.secret("sessions"), settings.production)
    throttle = Throttle(BucketsInRedis(wiring.redis))
    door = Door(work, party_of(settings.public_url), throttle, lifetimes, Lookout(work))
    return Desk(SessionCookies(kept, work, lifetimes), door)


def registrar(wiring: Wiring, at: Desk) -> Registrar:
    """Where accounts begin."""
    return Registrar(SignUp(at.door, is_open=wiring.deployment.settings.sign_up is WhoMay.OPEN))


def oauth_settings(settings: Settings) -> OAuthSettings:
    """How the authorisation server is set."""
    lifetimes = AppLifetimes(
        timedelta(minutes=settings.app_access_minutes),
        timedelta(days=settings.app_idle_days),
        timedelta(days=settings.app_grant_days),
    )
    token = settings.app_registration_token.get_secret_value()
    return OAuthSettings(settings.public_url, lifetimes, settings.app_registration, token)


def party_of(public_url: str) -> RelyingParty:
    """For whom passkeys are made: they are bound to the host of our own pages."""
    parts = urlsplit(public_url)
    return RelyingParty(parts.hostname or "", f"{parts.scheme}://{parts.netloc}")
