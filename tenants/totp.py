"""Authenticator apps: time-based one-time passwords (RFC 6238), each good once."""

import hmac
from dataclasses import dataclass
from uuid import UUID

import pyotp

from domain.errors import InvalidInput
from domain.work import UnitOfWork
from tenants.errors import AlreadyEnrolled, MfaNotEnrolled
from tenants.models import Authenticator
from tenants.repository import Authenticators

LONGEST_LABEL = 254
ISSUER = "Deskbell"
# Steps of 30 seconds that a telephone's clock may be wrong by.
WINDOW = 1


@dataclass(frozen=True)
class Enrolment:
    """What an app must know; shown once."""

    secret: str
    uri: str


async def begin(uow: UnitOfWork, user_id: UUID, account: str) -> Enrolment:
    """Make a secret that counts once a code of it was shown. Raises `AlreadyEnrolled`."""
    if len(account) > LONGEST_LABEL:
        raise InvalidInput.at("label", f"Use at most {LONGEST_LABEL} characters")
    apps = Authenticators(uow)
    found = await apps.maybe(apps.of(user_id).select_for_update())
    if found is not None and found.confirmed_at is not None:
        raise AlreadyEnrolled
    if found is not None:
        await apps.remove(found)
    id, secret = uow.new_id(), pyotp.random_base32()
    async with apps.refusing(authenticator_user_key=AlreadyEnrolled()):
        await apps.add(user_id, id=id, secret=uow.keys.seal_apart(id, secret.encode()))
    uri = pyotp.TOTP(secret).provisioning_uri(name=account, issuer_name=ISSUER)
    return Enrolment(secret, uri)


async def confirm(uow: UnitOfWork, user_id: UUID, code: str) -> bool:
    """Whether the app shows the right code; it counts from now on. Raises `MfaNotEnrolled`."""
    app = await _app(uow, user_id)
    if app is None:
        raise MfaNotEnrolled
    if app.confirmed_at is not None:
        raise AlreadyEnrolled
    if not await _spend(uow, app, code):
        return False
    await Authenticators(uow).save(app, confirmed_at=uow.now)
    return True


async def check(uow: UnitOfWork, user_id: UUID, code: str) -> bool:
    """Whether a code is right and new; it is used now."""
    app = await _app(uow, user_id)
    if app is None or app.confirmed_at is None:
        return False
    return await _spend(uow, app, code)


async def _app(uow: UnitOfWork, user_id: UUID) -> Authenticator | None:
    apps = Authenticators(uow)
    # Locked: two who show the same code at once must not both be let in.
    return await apps.maybe(apps.of(user_id).select_for_update())


async def _spend(uow: UnitOfWork, app: Authenticator, code: str) -> bool:
    secret = uow.keys.open_apart(app.id, app.secret).decode()
    totp, given = pyotp.TOTP(secret), "".join(code.split()).encode()
    this = totp.timecode(uow.now)
    for step in range(this - WINDOW, this + WINDOW + 1):
        right = hmac.compare_digest(totp.generate_otp(step).encode(), given)
        if right and step > app.last_step:
            await Authenticators(uow).save(app, last_step=step)
            return True
    return False
