"""Opening an account by oneself: signing up, proving an address, setting another password.

Whoever asks learns nothing of who has an account: what follows from asking happens after the
answer has left, and arrives by letter.
"""

import re
import secrets
import unicodedata
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain.errors import InvalidInput, NotFound
from domain.words import fitting
from domain.work import UnitOfWork, UnitsOfWork
from tenants import letters, passwords, sessions
from tenants.details import checked
from tenants.devices import Origin
from tenants.door import Door
from tenants.errors import EmailTaken, SignUpClosed, TokenInvalid, WrongCredentials
from tenants.events import PasswordChanged, UserVerified
from tenants.models import LetterPurpose
from tenants.repository import AccountLetters, Users
from tenants.service import NewOwner, NewTenant, job_scope, open_business, opening_scope
from tenants.tokens import hashed

ADDRESS = re.compile(r"[^@\s,]+@[^@\s,]+")
LONGEST_ADDRESS = 254
LONGEST_NAME = 100
KNOWN = "SELECT * FROM credentials_by_email($1, '', '')"
LETTER = "SELECT * FROM letter_by_hash($1, $2)"
NOT_A_SLUG = re.compile(r"[^a-z0-9]+")
JOB = "sign-up"


@dataclass(frozen=True)
class Application:
    """A business that wants to be opened, its owner, and the hash of their password."""

    business: NewTenant
    owner: NewOwner
    password_hash: str


@dataclass(frozen=True)
class SignUp:
    """Opens accounts; `is_open` lets anybody have one."""

    door: Door
    is_open: bool = False

    @property
    def _unit_of_work(self) -> UnitsOfWork:
        return self.door.unit_of_work

    async def check(self, business: NewTenant, owner: NewOwner, origin: Origin) -> Application:
        """An application that can be carried out, whoever has an account already.

        Raises `SignUpClosed`, `InvalidInput` and `RateLimited`.
        """
        if not self.is_open:
            raise SignUpClosed
        await self.door.throttle.sign_up(origin)
        checked(vars(business))
        address_of(owner.email)
        fitting("owner_name", owner.name, LONGEST_NAME)
        hashed = await passwords.hashed(
            owner.password, owner.email, owner.name, business.name, path="password"
        )
        return Application(business, owner, hashed)

    async def open(self, application: Application) -> None:
        """Open the business and write to its owner, or to whoever has that address already."""
        business, owner = application.business, application.owner
        work = self._unit_of_work
        opening = opening_scope(work.ids.new(work.clock.now()), business, JOB)
        may_write = await self.door.throttle.may_write(owner.email)
        try:
            async with work(opening) as uow:
                opened = await open_business(
                    uow, business, owner, application.password_hash, verified_at=None
                )
                if may_write:
                    await letters.request(uow, opened.owner.id, LetterPurpose.VERIFY_EMAIL)
        except EmailTaken:
            await self._write(owner.email, LetterPurpose.ALREADY_KNOWN)

    async def ask_for_reset(self, email: str) -> None:
        """Write to whoever has that address; nothing happens if nobody has."""
        await self._write(email, LetterPurpose.RESET_PASSWORD)

    async def verify(self, token: str, password: str, origin: Origin) -> None:
        """Prove an address with its letter, and the account with its password.

        The password is asked for so that nobody proves the address of an account that somebody
        else has opened in their name. Raises `TokenInvalid` and `WrongCredentials`.
        """
        await self.door.throttle.token(origin)
        letter = await self._letter(token, LetterPurpose.VERIFY_EMAIL)
        verdict = await passwords.check(password, letter["password_hash"])
        if not verdict.right:
            raise WrongCredentials
        async with self._unit_of_work(await job_scope(letter["tenant_id"], JOB)) as uow:
            await _use(uow, letter["letter_id"])
            users = Users(uow)
            user = await users.lock(letter["user_id"])
            await users.save(user, verified_at=uow.now)
            uow.record(UserVerified(user_id=user.id))

    async def reset(self, token: str, password: str, origin: Origin) -> None:
        """Set a password by letter; every session ends, and the address is proved.

        Raises `TokenInvalid` and `InvalidInput`.
        """
        await self.door.throttle.token(origin)
        purposes = (LetterPurpose.RESET_PASSWORD, LetterPurpose.ALREADY_KNOWN)
        letter = await self._letter(token, *purposes)
        hashed = await passwords.hashed(password, letter["email"], letter["name"])
        async with self._unit_of_work(await job_scope(letter["tenant_id"], JOB)) as uow:
            await _use(uow, letter["letter_id"])
            await sessions.end_all(uow, letter["user_id"])
            users = Users(uow)
            user = await users.lock(letter["user_id"])
            verified = user.verified_at or uow.now
            await users.save(user, password_hash=hashed, verified_at=verified)
            uow.record(PasswordChanged(user_id=user.id))

    async def _letter(self, token: str, *purposes: LetterPurpose) -> dict[str, Any]:
        now = self._unit_of_work.clock.now()
        found = await sessions.ask(LETTER, hashed(token), now)
        if not found or found[0]["purpose"] not in purposes:
            raise TokenInvalid
        return found[0]

    async def _write(self, email: str, purpose: LetterPurpose) -> None:
        may_write = await self.door.throttle.may_write(email)
        found = await sessions.ask(KNOWN, email.strip())
        places = await sessions.workplaces(found[0]["user_id"]) if found else []
        if not places or not may_write:
            return
        async with self._unit_of_work(await job_scope(places[0].tenant_id, JOB)) as uow:
            await letters.request(uow, found[0]["user_id"], purpose)


def address_of(email: str) -> str:
    """An e-mail address, as far as that can be told. Raises `InvalidInput`."""
    email = email.strip()
    if len(email) > LONGEST_ADDRESS or not ADDRESS.fullmatch(email):
        raise InvalidInput.at("email", f"{email!r} is not an e-mail address")
    return email


def slug_of(name: str) -> str:
    """A short name that nobody has: one that could be taken would tell who signed up before."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = NOT_A_SLUG.sub("-", plain).strip("-")[:40].strip("-")
    return f"{words}-{secrets.token_hex(4)}" if words[:1].isalpha() else f"b-{secrets.token_hex(4)}"


async def _use(uow: UnitOfWork, letter_id: UUID) -> None:
    """Spend a letter; of two who come at once one is too late. Raises `TokenInvalid`."""
    rows = AccountLetters(uow)
    try:
        letter = await rows.lock(letter_id)
    except NotFound as gone:
        raise TokenInvalid from gone
    if letter.used_at is not None:
        raise TokenInvalid
    await rows.save(letter, used_at=uow.now)
