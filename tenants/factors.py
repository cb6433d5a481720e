"""What a person can prove themselves with beside a password, and whether they did."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.errors import InvalidInput
from domain.work import UnitOfWork
from tenants import passkeys, recovery, totp
from tenants.errors import WrongCode
from tenants.models import Passkey, Session
from tenants.passkeys import Credential, RelyingParty
from tenants.repository import Authenticators, Passkeys


@dataclass(frozen=True)
class Answer:
    """How somebody proves themselves; one of these is given."""

    code: str | None = None
    recovery_code: str | None = None
    passkey: Credential | None = None


@dataclass(frozen=True)
class Factors:
    """The second factors of one person."""

    app_since: datetime | None
    passkeys: list[Passkey]
    recovery_codes: int

    @property
    def enrolled(self) -> bool:
        """Whether there is a second factor to ask for."""
        return self.app_since is not None or bool(self.passkeys)

    @property
    def methods(self) -> list[str]:
        """What can be asked for, in words for programs."""
        there = {
            "totp": self.app_since is not None,
            "passkey": bool(self.passkeys),
            "recovery": self.enrolled and self.recovery_codes > 0,
        }
        return [method for method, can in there.items() if can]


async def of(uow: UnitOfWork, user_id: UUID) -> Factors:
    """What a person can prove themselves with."""
    apps, keys = Authenticators(uow), Passkeys(uow)
    app = await apps.maybe(apps.of(user_id))
    return Factors(
        app_since=app.confirmed_at if app else None,
        passkeys=await keys.page(keys.of(user_id).order_by("created_at", "id")),
        recovery_codes=await recovery.left(uow, user_id),
    )


async def prove(uow: UnitOfWork, session: Session, answer: Answer, party: RelyingParty) -> None:
    """Check a second factor, and use it up. Raises `WrongCode`, and `InvalidInput` for none."""
    user_id = session.user_id
    if answer.passkey is not None:
        right = await passkeys.check(uow, session, party, answer.passkey)
    elif answer.recovery_code is not None:
        right = await recovery.use(uow, user_id, answer.recovery_code)
    elif answer.code is not None:
        right = await totp.check(uow, user_id, answer.code)
    else:
        raise InvalidInput.at("code", "Send a code, a recoveryCode or a passkey")
    if not right:
        raise WrongCode
