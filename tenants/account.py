"""What somebody changes of their own account: password and second factors."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain.errors import InvalidInput
from domain.work import UnitOfWork
from tenants import factors, passkeys, passwords, recovery, sessions, totp
from tenants.door import prove_password
from tenants.errors import MfaNotEnrolled, WrongCredentials
from tenants.events import PasswordChanged, UserMfaChanged
from tenants.factors import Factors
from tenants.models import Passkey, User
from tenants.passkeys import Credential, RelyingParty
from tenants.repository import Authenticators, Passkeys, RecoveryCodes, Users
from tenants.sessions import Workplace
from tenants.step_up import proof_of, proof_of_own, require_fresh
from tenants.totp import Enrolment


@dataclass(frozen=True)
class Changed:
    """The session's new token; and recovery codes if this made the first second factor."""

    token: str
    recovery_codes: list[str] | None = None


async def state(uow: UnitOfWork) -> Factors:
    """The actor's own second factors."""
    uow.require("account:read")
    return await factors.of(uow, _me(uow))


async def workplaces(uow: UnitOfWork) -> list[Workplace]:
    """The tenants that the actor works for, in the order they joined."""
    uow.require("account:read")
    found = await sessions.workplaces(_me(uow))
    return [place for place in found if sessions.reaches(uow, place.tenant_id)]


async def change_password(uow: UnitOfWork, current: str, wanted: str) -> Changed:
    """Set another password; every other session ends. Raises `InvalidInput`, `NotBySso`."""
    uow.require("account:write")
    session_id = proof_of_own(uow).session_id
    try:
        await prove_password(uow, _me(uow), current)
    except WrongCredentials as wrong:
        message = "This is not your password"
        raise InvalidInput.at("current_password", message, "WRONG_PASSWORD") from wrong
    users = Users(uow)
    user = await users.lock(_me(uow))
    hashed = await passwords.hashed(wanted, user.email, user.name, path="new_password")
    await users.save(user, password_hash=hashed)
    await sessions.end_all(uow, user.id, spare=session_id)
    uow.record(PasswordChanged(user_id=user.id))
    return Changed(await sessions.rotate(uow))


async def begin_totp(uow: UnitOfWork, label: str = "") -> Enrolment:
    """Make a secret for an authenticator app. Raises `AlreadyEnrolled`, `StepUpRequired`."""
    user = await _allowed(uow)
    return await totp.begin(uow, user.id, label.strip() or user.email)


async def confirm_totp(uow: UnitOfWork, code: str) -> Changed:
    """Count an app that shows the right code as a second factor. Raises `InvalidInput`."""
    user = await _allowed(uow)
    if not await totp.confirm(uow, user.id, code):
        raise InvalidInput.at("code", "This is not the code that the app shows now", "WRONG_CODE")
    return await _changed(uow, "totp_added")


async def begin_passkey(
    uow: UnitOfWork, party: RelyingParty, *, this_device: bool | None = None
) -> Any:
    """What a browser needs to make a passkey. Raises `TooManyPasskeys`, `StepUpRequired`.

    `this_device` asks for the device one sits at, or for a security key; None leaves it open.
    """
    user = await _allowed(uow)
    return await passkeys.begin(
        uow, await sessions.locked(uow), user, party, this_device=this_device
    )


async def finish_passkey(
    uow: UnitOfWork, party: RelyingParty, credential: Credential, name: str
) -> tuple[Passkey, Changed]:
    """Keep the passkey that a browser made. Raises `InvalidInput`."""
    await _allowed(uow)
    made = await passkeys.finish(uow, await sessions.locked(uow), party, credential, name)
    return made, await _changed(uow, "passkey_added")


async def remove_passkey(uow: UnitOfWork, id: UUID) -> Changed:
    """Forget one of one's own passkeys. Raises `NotFound`, `StepUpRequired`."""
    user = await _allowed(uow)
    keys = Passkeys(uow)
    await keys.remove(await keys.one(keys.of(user.id).filter(id=id)))
    return await _changed(uow, "passkey_removed")


async def renew_recovery_codes(uow: UnitOfWork) -> list[str]:
    """Make new recovery codes in place of the old. Raises `MfaNotEnrolled`, `StepUpRequired`."""
    user = await _allowed(uow)
    if not (await factors.of(uow, user.id)).enrolled:
        raise MfaNotEnrolled
    codes = await recovery.renew(uow, user.id)
    uow.record(UserMfaChanged(user_id=user.id, change="recovery_codes_renewed"))
    return codes


async def disable_mfa(uow: UnitOfWork) -> Changed:
    """Forget every second factor. Raises `MfaNotEnrolled`, `StepUpRequired`."""
    user = await _allowed(uow)
    if not (await factors.of(uow, user.id)).enrolled:
        raise MfaNotEnrolled
    await Passkeys(uow).of(user.id).delete()
    await Authenticators(uow).of(user.id).delete()
    return await _changed(uow, "disabled")


async def _allowed(uow: UnitOfWork) -> User:
    uow.require("account:write")
    proof_of_own(uow)
    require_fresh(uow)
    return await Users(uow).get(_me(uow))


async def _changed(uow: UnitOfWork, change: str) -> Changed:
    """What follows from every change: an event, another token, codes if there are none yet."""
    user_id = _me(uow)
    uow.record(UserMfaChanged(user_id=user_id, change=change))
    token = await sessions.rotate(uow)
    if not (await factors.of(uow, user_id)).enrolled:
        await RecoveryCodes(uow).of(user_id).delete()
        return Changed(token)
    had_codes = await RecoveryCodes(uow).of(user_id).exists()
    return Changed(token, None if had_codes else await recovery.renew(uow, user_id))


def _me(uow: UnitOfWork) -> UUID:
    """The actor behind a session. Raises `NobodySignedIn` for keys, jobs and callers."""
    proof_of(uow)
    return UUID(uow.scope.actor.id)
