"""The door: passwords and second factors in, sessions out.

An unknown address, a wrong password and a person who works for nobody get the same answer, after
the same work.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from domain.errors import Forbidden, NotFound
from domain.scope import Scope
from domain.work import UnitOfWork, UnitsOfWork
from tenants import factors, letters, passkeys, passwords, sessions
from tenants.devices import Origin
from tenants.errors import EmailUnverified, SsoRequired, WrongCode, WrongCredentials
from tenants.events import UserSignedIn
from tenants.factors import Answer, Factors
from tenants.models import LetterPurpose, Session, SignInMethod, Stage
from tenants.passkeys import RelyingParty
from tenants.repository import Sessions, Users
from tenants.sessions import Begun, Lifetimes, Standing
from tenants.throttle import Throttle
from tenants.watch.lookout import Lookout

CREDENTIALS = "SELECT * FROM credentials_by_email($1, $2, $3)"
# Enough to find the telephone.
PENDING_LASTS = timedelta(minutes=10)


@dataclass(frozen=True)
class Entered:
    """A session, or half of one: `methods` are the second factors of which one is to come."""

    session: Begun
    methods: list[str] = field(default_factory=list)
    enrol: bool = False
    """Whether the business wants a second factor, and there is none yet."""

    @property
    def pending(self) -> bool:
        """Whether a second factor is still to come."""
        return self.session.stage is Stage.PENDING


@dataclass(frozen=True)
class Door:
    """Lets people in; made once by the wiring."""

    unit_of_work: UnitsOfWork
    party: RelyingParty
    throttle: Throttle = field(default_factory=Throttle)
    lifetimes: Lifetimes = field(default_factory=Lifetimes)
    lookout: Lookout = field(default_factory=Lookout)

    async def sign_in(self, email: str, password: str, origin: Origin) -> Entered:
        """Begin a session at the first of the user's tenants that takes a password.

        Raises `WrongCredentials`, `EmailUnverified`, `SsoRequired` and `RateLimited`.
        """
        found = await sessions.ask(CREDENTIALS, email.strip(), origin.network, origin.device)
        known = found[0] if found else None
        been_here = known is not None and known["known_network"]
        await self.throttle.sign_in(email, origin, been_here=been_here)
        verdict = await passwords.check(password, known["password_hash"] if known else None)
        if known is None or not verdict.right:
            self.lookout.wrong_password(known["user_id"] if known else None, origin)
            raise WrongCredentials
        scope = await self._first_workplace(known["user_id"])
        if not known["verified"]:
            await self._remind(scope, email)
            raise EmailUnverified
        return await self._begin(scope, known, verdict.renewed, origin)

    async def pending(self, token: str) -> Standing:
        """The sign-in that waits for a second factor. Raises `SessionEnded`."""
        return await sessions.resume(token, self.unit_of_work.clock.now(), Stage.PENDING)

    async def finish(
        self, standing: Standing, answer: Answer, origin: Origin | None = None
    ) -> Begun:
        """Finish a sign-in with a second factor. Raises `WrongCode` and `RateLimited`."""
        await self.throttle.code(standing.user_id)
        async with self._watched(standing, origin), self.unit_of_work(standing.scope) as uow:
            rows = Sessions(uow)
            session = await rows.lock(standing.id)
            await factors.prove(uow, session, answer, self.party)
            new = not await _been_here(uow, session)
            opened = self.opened(uow, session.method)
            token = await sessions.rotate(uow, **opened)
            greet(uow, session.user_id, session.id, new_device=new)
            return Begun(token, standing.scope, opened["expires_at"])

    async def step_up(
        self,
        standing: Standing,
        password: str | None,
        answer: Answer,
        origin: Origin | None = None,
    ) -> Begun:
        """Prove anew who one is. Raises `WrongCredentials`, `WrongCode` and `RateLimited`.

        Who visits is refused: what they are known by is kept at home.
        """
        if standing.stage is Stage.VISITING:
            raise Forbidden("Go home to prove who you are")
        await self.throttle.code(standing.user_id)
        async with self._watched(standing, origin), self.unit_of_work(standing.scope) as uow:
            session = await Sessions(uow).lock(standing.id)
            if password is not None:
                await prove_password(uow, session.user_id, password)
            else:
                await factors.prove(uow, session, answer, self.party)
            token = await sessions.rotate(uow, proved_at=uow.now)
            return Begun(token, standing.scope, session.expires_at)

    async def ask_passkey(self, standing: Standing) -> Any:
        """What a browser needs to answer with a passkey; None if the person has none."""
        async with self.unit_of_work(standing.scope) as uow:
            return await passkeys.ask(uow, await Sessions(uow).lock(standing.id), self.party)

    @asynccontextmanager
    async def _watched(self, standing: Standing, origin: Origin | None) -> AsyncIterator[None]:
        """Have a wrong code or password of somebody half in, or in, seen."""
        try:
            yield
        except (WrongCode, WrongCredentials):
            self.lookout.wrong_code(standing.scope.tenant_id, standing.user_id, origin or Origin())
            raise

    async def _first_workplace(self, user_id: UUID) -> Scope:
        """Where somebody joined first, of all places that take a password from them."""
        places = await sessions.workplaces(user_id)
        by_password = [place for place in places if not place.wants_sso]
        if places and not by_password:
            raise SsoRequired
        for place in by_password:
            with suppress(NotFound):
                return await sessions.scope_at(place.tenant_id, user_id)
        raise WrongCredentials

    async def _begin(
        self, scope: Scope, known: dict[str, Any], renewed: str | None, origin: Origin
    ) -> Entered:
        user_id, generation = known["user_id"], known["generation"]
        async with self.unit_of_work(scope) as uow:
            if renewed is not None:
                users = Users(uow)
                await users.save(await users.lock(user_id), password_hash=renewed)
            there = await factors.of(uow, user_id)
            values = self.pending_values(uow) if there.enrolled else self.opened(uow)
            token, session = await sessions.add(
                uow, user_id, origin, generation=generation, **values
            )
            if not there.enrolled:
                greet(uow, user_id, session.id, new_device=not known["known_device"])
        begun = Begun(token, scope, session.expires_at, session.stage)
        return _entered(begun, there)

    def pending_values(self, uow: UnitOfWork) -> dict[str, Any]:
        """How a session begins of which a second factor is still to come."""
        until = uow.now + PENDING_LASTS
        return {"stage": Stage.PENDING, "idle_until": until, "expires_at": until}

    def opened(
        self, uow: UnitOfWork, method: SignInMethod = SignInMethod.PASSWORD
    ) -> dict[str, Any]:
        """How a session begins of which everything was proved just now."""
        lasts, idle = self.lifetimes.of(method, hipaa=uow.scope.tenant.privacy.hipaa)
        return {
            "stage": Stage.OPEN,
            "proved_at": uow.now,
            "seen_at": uow.now,
            "idle_until": uow.now + idle,
            "expires_at": uow.now + lasts,
        }

    async def _remind(self, scope: Scope, email: str) -> None:
        """Send the letter again to somebody who knows the password and has not followed it."""
        if not await self.throttle.may_write(email):
            return
        async with self.unit_of_work(scope) as uow:
            await letters.request(uow, UUID(scope.actor.id), LetterPurpose.VERIFY_EMAIL)


async def prove_password(uow: UnitOfWork, user_id: UUID, password: str) -> None:
    """Check somebody's own password. Raises `WrongCredentials`."""
    user = await Users(uow).get(user_id)
    if not (await passwords.check(password, user.password_hash)).right:
        raise WrongCredentials


async def _been_here(uow: UnitOfWork, session: Session) -> bool:
    """Whether somebody had a session with the same device in the same network before."""
    user = await Users(uow).get(session.user_id)
    [known] = await sessions.ask(CREDENTIALS, user.email, session.network, session.device)
    return bool(known["known_device"])


def greet(uow: UnitOfWork, user_id: UUID, session_id: UUID, *, new_device: bool) -> None:
    """Record that somebody signed in."""
    uow.record(UserSignedIn(user_id=user_id, session_id=session_id, new_device=new_device))


def _entered(begun: Begun, there: Factors) -> Entered:
    enrol = begun.scope.tenant.mfa_required and not there.enrolled
    return Entered(begun, there.methods if there.enrolled else [], enrol)
