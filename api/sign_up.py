"""Opening an account over plain HTTP. Every answer is the same for known and unknown addresses."""

from collections.abc import Awaitable
from dataclasses import dataclass

from pydantic import Field
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api import forms
from api.forms import Form
from api.problems import incident
from api.sign_in import LONGEST_PASSWORD, answered, origin_of
from tenants.service import NewOwner, NewTenant
from tenants.sign_up import SignUp, slug_of


class Business(Form):
    """A business to be opened; where it is decides how it reads numbers and tells the time."""

    name: str = Field(min_length=1, max_length=100)
    time_zone: str = Field(max_length=64)
    locale: str = Field("en-US", max_length=12)
    region: str = Field("US", max_length=2)
    currency: str = Field("USD", pattern=r"^[A-Z]{3}$")


class Owner(Form):
    """Who will sign in first."""

    email: str = Field(min_length=3, max_length=254)
    name: str = Field(min_length=1, max_length=100)
    password: str = Field(min_length=1, max_length=LONGEST_PASSWORD)


class Application(Form):
    """A business and its owner."""

    business: Business
    owner: Owner


class Verification(Form):
    """The token of a letter, and the password of the account."""

    token: str = Field(max_length=100)
    password: str = Field(min_length=1, max_length=LONGEST_PASSWORD)


class Wish(Form):
    """Whoever forgot a password."""

    email: str = Field(min_length=3, max_length=254)


@dataclass(frozen=True)
class Registrar:
    """The routes by which accounts begin, and passwords are replaced."""

    sign_up: SignUp

    def routes(self) -> list[Route]:
        """`/auth/…`, all of them POST."""
        return [
            Route("/auth/sign-up", self.apply, methods=["POST"]),
            Route("/auth/verify-email", self.verify, methods=["POST"]),
            Route("/auth/password-reset", self.ask_for_reset, methods=["POST"]),
            Route("/auth/password-reset/finish", self.reset, methods=["POST"]),
        ]

    async def apply(self, request: Request) -> Response:
        """Ask for a business to be opened; a letter follows."""
        given = await forms.read(request, Application)
        about = given.business
        business = NewTenant(
            name=about.name.strip(),
            slug=slug_of(about.name),
            timezone=about.time_zone,
            locale=about.locale,
            region=about.region,
            currency=about.currency,
        )
        owner = NewOwner(given.owner.email, given.owner.name.strip(), given.owner.password)
        application = await self.sign_up.check(business, owner, origin_of(request))
        return _taken_up(self.sign_up.open(application))

    async def ask_for_reset(self, request: Request) -> Response:
        """Ask for another password; a letter follows, if that address has an account."""
        given = await forms.read(request, Wish)
        await self.sign_up.door.throttle.ask_for_letter(origin_of(request))
        return _taken_up(self.sign_up.ask_for_reset(given.email))

    async def verify(self, request: Request) -> Response:
        """Prove an address with its letter."""
        given = await forms.read(request, Verification)
        await self.sign_up.verify(given.token, given.password, origin_of(request))
        return answered({"verified": True})

    async def reset(self, request: Request) -> Response:
        """Set another password with a letter; one signs in with it afterwards."""
        given = await forms.read(request, Verification)
        await self.sign_up.reset(given.token, given.password, origin_of(request))
        return answered({"changed": True})


def _taken_up(deed: Awaitable[None]) -> Response:
    """An answer that leaves before the deed begins, so that its time tells nothing."""
    response = answered({"sent": True}, status=202)
    response.background = BackgroundTask(_carry_out, deed)
    return response


async def _carry_out(deed: Awaitable[None]) -> None:
    try:
        await deed
    except Exception as fault:
        incident(fault)
