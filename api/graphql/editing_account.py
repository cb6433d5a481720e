"""Changing one's own account. What gives a session more rights gives it another cookie too."""

from collections.abc import Awaitable, Callable
from typing import Annotated, TypeVar

import strawberry
from strawberry.scalars import JSON

from api.graphql.account import Mfa, Passkey
from api.graphql.context import Context, Info
from api.graphql.errors import InvalidInputError
from api.graphql.ids import read_id
from api.graphql.people_errors import (
    AlreadyEnrolledError,
    MfaNotEnrolledError,
    TooManyPasskeysError,
)
from domain.errors import InvalidInput
from plugins.graphql_kit import InUnitOfWork, Needs
from tenants import account, sessions
from tenants.account import Changed

WRITE = "account:write"

P = TypeVar("P", bound="MfaChanged")


@strawberry.input
class SessionRevokeInput:
    """A session of one's own to end."""

    id: strawberry.ID


@strawberry.type
class SessionRevokePayload:
    """That it has ended."""

    ended: bool = True


SessionRevokeResult = Annotated[SessionRevokePayload, strawberry.union("SessionRevokeResult")]


@strawberry.input
class SessionsRevokeOthersInput:
    """That all others are to end, at every business one works for."""

    confirm: bool


@strawberry.type
class SessionsRevokeOthersPayload:
    """That all others have ended."""

    ended: bool = True


SessionsRevokeOthersResult = Annotated[
    SessionsRevokeOthersPayload | InvalidInputError, strawberry.union("SessionsRevokeOthersResult")
]


@strawberry.input
class PasswordChangeInput:
    """The password one has, and the one to have."""

    current_password: str
    new_password: str


@strawberry.type
class PasswordChangePayload:
    """That it was changed; every other session has ended."""

    changed: bool = True


PasswordChangeResult = Annotated[
    PasswordChangePayload | InvalidInputError, strawberry.union("PasswordChangeResult")
]


@strawberry.input
class TotpBeginInput:
    """What the app is to call the account; one's e-mail address if empty."""

    label: str = ""


@strawberry.type
class TotpBeginPayload:
    """What an authenticator app must know; shown once, and good when a code of it is confirmed."""

    secret: str
    uri: str = strawberry.field(description="The same as an otpauth:// address, for a QR code.")


TotpBeginResult = Annotated[
    TotpBeginPayload | InvalidInputError | AlreadyEnrolledError, strawberry.union("TotpBeginResult")
]


@strawberry.input
class TotpConfirmInput:
    """The code that the app shows."""

    code: str


@strawberry.type
class MfaChanged:
    """What one proves oneself with now."""

    mfa: Mfa
    recovery_codes: list[str] | None = strawberry.field(
        description="Shown once, when there was no second factor before."
    )


@strawberry.type
class TotpConfirmPayload(MfaChanged):
    """What one proves oneself with, now that the app is asked for."""


TotpConfirmResult = Annotated[
    TotpConfirmPayload | InvalidInputError | AlreadyEnrolledError | MfaNotEnrolledError,
    strawberry.union("TotpConfirmResult"),
]


@strawberry.input
class PasskeyBeginInput:
    """Where the passkey is to be: true for the device one sits at, false for a security key."""

    this_device: bool | None = None


@strawberry.type
class PasskeyBeginPayload:
    """What `navigator.credentials.create` wants as `publicKey`, in JSON."""

    options: JSON


PasskeyBeginResult = Annotated[
    PasskeyBeginPayload | TooManyPasskeysError, strawberry.union("PasskeyBeginResult")
]


@strawberry.input
class PasskeyFinishInput:
    """What the browser made of it (`credential.toJSON()`), and what to call the device."""

    credential: JSON
    name: str


@strawberry.type
class PasskeyFinishPayload(MfaChanged):
    """The new passkey."""

    passkey: Passkey


PasskeyFinishResult = Annotated[
    PasskeyFinishPayload | InvalidInputError, strawberry.union("PasskeyFinishResult")
]


@strawberry.input
class PasskeyRemoveInput:
    """A passkey of one's own to forget."""

    id: strawberry.ID


@strawberry.type
class PasskeyRemovePayload(MfaChanged):
    """What one proves oneself with, now that the passkey is forgotten."""


PasskeyRemoveResult = Annotated[PasskeyRemovePayload, strawberry.union("PasskeyRemoveResult")]


@strawberry.input
class RecoveryCodesRenewInput:
    """That the codes one has are to be worth nothing any more."""

    confirm: bool


@strawberry.type
class RecoveryCodesRenewPayload:
    """New codes, shown once."""

    recovery_codes: list[str]


RecoveryCodesRenewResult = Annotated[
    RecoveryCodesRenewPayload | InvalidInputError | MfaNotEnrolledError,
    strawberry.union("RecoveryCodesRenewResult"),
]


@strawberry.input
class MfaDisableInput:
    """That a password alone is to be enough again."""

    confirm: bool


@strawberry.type
class MfaDisablePayload(MfaChanged):
    """That nothing is left beside the password."""


MfaDisableResult = Annotated[
    MfaDisablePayload | InvalidInputError | MfaNotEnrolledError,
    strawberry.union("MfaDisableResult"),
]


Confirmed = SessionsRevokeOthersInput | RecoveryCodesRenewInput | MfaDisableInput


@strawberry.type
class AccountMutations:
    """Deeds around one's own account."""

    @strawberry.mutation(extensions=[Needs(WRITE)])
    async def session_revoke(self, info: Info, input: SessionRevokeInput) -> SessionRevokeResult:
        """End one of one's own sessions."""
        id = read_id("Session", input.id)
        await info.context.close()
        await sessions.revoke(info.context.unit_of_work, info.context.scope, id)
        return SessionRevokePayload()

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def sessions_revoke_others(
        self, info: Info, input: SessionsRevokeOthersInput
    ) -> SessionsRevokeOthersResult:
        """End all of one's own sessions but this one."""
        _confirmed(input)
        await sessions.revoke_others(info.context.uow)
        return SessionsRevokeOthersPayload()

    @strawberry.mutation(extensions=[Needs(WRITE)])
    async def password_change(self, info: Info, input: PasswordChangeInput) -> PasswordChangeResult:
        """Change one's password; every other session ends."""
        context = info.context
        await context.desk.door.throttle.code(context.scope.actor.id)
        given = (input.current_password, input.new_password)
        await _changed(context, lambda: account.change_password(context.uow, *given))
        return PasswordChangePayload()

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def totp_begin(self, info: Info, input: TotpBeginInput) -> TotpBeginResult:
        """Make a secret for an authenticator app."""
        made = await account.begin_totp(info.context.uow, input.label)
        return TotpBeginPayload(secret=made.secret, uri=made.uri)

    @strawberry.mutation(extensions=[Needs(WRITE)])
    async def totp_confirm(self, info: Info, input: TotpConfirmInput) -> TotpConfirmResult:
        """Show that the app works; it is asked for from now on."""
        context = info.context
        await context.desk.door.throttle.code(context.scope.actor.id)
        done = await _changed(context, lambda: account.confirm_totp(context.uow, input.code))
        return await _payload(TotpConfirmPayload, context, done)

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def passkey_begin(self, info: Info, input: PasskeyBeginInput) -> PasskeyBeginResult:
        """Begin to make a passkey in one's browser."""
        party = info.context.desk.door.party
        options = await account.begin_passkey(
            info.context.uow, party, this_device=input.this_device
        )
        return PasskeyBeginPayload(options=options)

    @strawberry.mutation(extensions=[Needs(WRITE)])
    async def passkey_finish(self, info: Info, input: PasskeyFinishInput) -> PasskeyFinishResult:
        """Keep the passkey that the browser made."""
        context, party = info.context, info.context.desk.door.party
        made: object = input.credential
        if not isinstance(made, dict):
            raise InvalidInput.at("credential", "Send what the browser returned")
        row, done = await context.write(
            lambda: account.finish_passkey(context.uow, party, made, input.name)
        )
        context.renew(done.token)
        return PasskeyFinishPayload(
            mfa=await _mfa(context), recovery_codes=done.recovery_codes, passkey=Passkey.of(row)
        )

    @strawberry.mutation(extensions=[Needs(WRITE)])
    async def passkey_remove(self, info: Info, input: PasskeyRemoveInput) -> PasskeyRemoveResult:
        """Forget a passkey."""
        context, id = info.context, read_id("Passkey", input.id)
        done = await _changed(context, lambda: account.remove_passkey(context.uow, id))
        return await _payload(PasskeyRemovePayload, context, done)

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def recovery_codes_renew(
        self, info: Info, input: RecoveryCodesRenewInput
    ) -> RecoveryCodesRenewResult:
        """Make new recovery codes."""
        _confirmed(input)
        codes = await account.renew_recovery_codes(info.context.uow)
        return RecoveryCodesRenewPayload(recovery_codes=codes)

    @strawberry.mutation(extensions=[Needs(WRITE)])
    async def mfa_disable(self, info: Info, input: MfaDisableInput) -> MfaDisableResult:
        """Forget every second factor of one's own."""
        _confirmed(input)
        context = info.context
        done = await _changed(context, lambda: account.disable_mfa(context.uow))
        return await _payload(MfaDisablePayload, context, done)


async def _changed(context: Context, deed: Callable[[], Awaitable[Changed]]) -> Changed:
    """Do it, and give the browser the cookie that goes with the session's new token."""
    # Asked before: over a socket the new token would be lost.
    assert context.desk
    done: Changed = await context.write(deed)
    context.renew(done.token)
    return done


async def _payload(kind: Callable[..., P], context: Context, done: Changed) -> P:
    return kind(mfa=await _mfa(context), recovery_codes=done.recovery_codes)


async def _mfa(context: Context) -> Mfa:
    there = await account.state(await context.read("account:read"))
    return Mfa.of(there, required=context.scope.tenant.mfa_required)


def _confirmed(input: Confirmed) -> None:
    """What cannot be undone is asked for in so many words. Raises `InvalidInput`."""
    if not input.confirm:
        raise InvalidInput.at("confirm", "Say true if you mean it")
