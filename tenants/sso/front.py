"""The way in by a tenant's identity provider: out to it, back from it, and proving anew."""

import hmac
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

from domain.errors import DomainError
from domain.scope import Access, Scope
from domain.sealed import Sealed
from domain.trail import Trace, TraceOutcome
from domain.work import UnitOfWork, UnitsOfWork
from tenants import factors, sessions
from tenants.devices import Origin
from tenants.door import CREDENTIALS, Door, greet
from tenants.models import SignInMethod, Stage
from tenants.service import job_scope, tenant_of_slug
from tenants.sessions import Begun, Standing
from tenants.sso import admission, rules, service
from tenants.sso.admission import Admitted
from tenants.sso.errors import SsoRefused
from tenants.sso.models import SsoAttempt, SsoPurpose
from tenants.sso.ports import (
    Challenge,
    Client,
    Finding,
    IdentityProvider,
    Named,
    ProviderFault,
    Resolver,
    Return,
)
from tenants.sso.repository import SsoAttempts, SsoConnections, SsoIdentities, SsoSessions
from tenants.sso.rules import Refusal
from tenants.tokens import hashed

JOB = "sso"
REFUSED = "sso.refused"
# Enough to find a telephone, and to set up a second factor that the provider wants.
VISIT_LASTS = timedelta(minutes=15)
# Clocks of providers are this wrong, and their seconds are whole ones.
SKEW = timedelta(seconds=60)


@dataclass(frozen=True)
class Outside:
    """Whom single sign-on asks outside, and where it is to be found itself."""

    provider: IdentityProvider
    resolver: Resolver
    public_url: str

    async def examine(self, tenant_id: UUID, client: Client) -> list[Finding]:
        """Whether everything is set up at a provider, as far as that can be told."""
        back = service.redirect_uri(tenant_id, self.public_url)
        return await self.provider.examine(replace(client, redirect_uri=back))


@dataclass(frozen=True)
class Visitor:
    """A browser on its way: its own secret, where it is, and how it is known to the trail."""

    browser: str = field(repr=False)
    origin: Origin = field(default_factory=Origin)
    access: Access = field(default_factory=Access)


@dataclass(frozen=True)
class Arrived:
    """A session that has begun, or is waiting for a second factor; and where to go on."""

    session: Begun
    return_to: str

    @property
    def pending(self) -> bool:
        """Whether a second factor is still to come."""
        return self.session.stage is Stage.PENDING


@dataclass(frozen=True)
class Visit:
    """Where somebody was sent, and the secrets they were sent with."""

    attempt: SsoAttempt
    client: Client
    challenge: Challenge


@dataclass(frozen=True)
class FrontDoor:
    """Lets people in by their business's provider; made once by the wiring."""

    door: Door
    outside: Outside

    @property
    def _unit_of_work(self) -> UnitsOfWork:
        return self.door.unit_of_work

    async def of_address(self, email: str, visitor: Visitor) -> UUID | None:
        """The tenant whose provider speaks for the domain of an address, whoever has it.

        Raises `RateLimited`.
        """
        await self.door.throttle.sso(visitor.origin)
        return await SsoConnections.by_domain(rules.domain_of(email))

    async def of_slug(self, slug: str, visitor: Visitor) -> UUID:
        """The tenant with a short name. Raises `SsoRefused` and `RateLimited`."""
        await self.door.throttle.sso(visitor.origin)
        tenant_id = await tenant_of_slug(slug)
        if tenant_id is None:
            raise SsoRefused
        return tenant_id

    async def begin(
        self, tenant_id: UUID, visitor: Visitor, return_to: str | None, email: str = ""
    ) -> str:
        """Where to send a browser to sign in. Raises `SsoRefused`."""
        scope = await self._scope(tenant_id, visitor)
        return await self._send(scope, visitor, SsoPurpose.SIGN_IN, return_to, email=email)

    async def begin_step_up(
        self, standing: Standing, visitor: Visitor, return_to: str | None
    ) -> str:
        """Where to send a browser to prove anew who is there. Raises `SsoRefused`."""
        await self.door.throttle.code(standing.user_id)
        if standing.method is not SignInMethod.SSO:
            raise SsoRefused
        scope = await self._scope(standing.scope.tenant_id, visitor)
        purpose = SsoPurpose.STEP_UP
        return await self._send(scope, visitor, purpose, return_to, session_id=standing.id)

    async def finish(
        self, tenant_id: UUID, came: Return, visitor: Visitor, standing: Standing | None
    ) -> Arrived:
        """Let in whoever came back from their provider. Raises `SsoRefused`, `RateLimited`.

        A state that this tenant never gave away leaves no trace: anybody can make one up.
        """
        await self.door.throttle.sso(visitor.origin)
        found = await SsoAttempts.by_state(hashed(came.state))
        if found is None or found.tenant_id != tenant_id:
            raise SsoRefused
        scope = await self._scope(tenant_id, visitor)
        async with self._telling(scope):
            visit = await self._spend(scope, found.attempt_id, came, visitor)
            named = await self.outside.provider.identify(visit.client, came, visit.challenge)
            if visit.attempt.purpose is SsoPurpose.STEP_UP:
                return await self._proved(visit, named, standing)
            return await self._enter(scope, visit, named, visitor)

    async def log_out(self, tenant_id: UUID, token: str, visitor: Visitor) -> None:
        """End what a provider's logout token names (OpenID Connect Back-Channel Logout).

        Raises `SsoRefused` and `RateLimited`.
        """
        await self.door.throttle.sso(visitor.origin)
        scope = await self._scope(tenant_id, visitor)
        async with self._telling(scope):
            client = await self._client(scope)
            subject, session = await self.outside.provider.logged_out(client, token)
            async with self._unit_of_work(scope) as uow:
                await _end(uow, client.issuer, subject, session)

    async def _send(
        self,
        scope: Scope,
        visitor: Visitor,
        purpose: SsoPurpose,
        return_to: str | None,
        *,
        email: str = "",
        session_id: UUID | None = None,
    ) -> str:
        fresh = purpose is SsoPurpose.STEP_UP
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        challenge = Challenge(state, nonce, verifier, fresh, email)
        async with self._telling(scope):
            client = await self._client(scope)
            address = await self.outside.provider.address(client, challenge)
            async with self._unit_of_work(scope) as uow:
                attempts = SsoAttempts(uow)
                await attempts.forget(uow.now - VISIT_LASTS)
                await attempts.add(
                    purpose=purpose,
                    state_hash=hashed(challenge.state),
                    browser_hash=hashed(visitor.browser),
                    secrets=Sealed.json([challenge.nonce, challenge.verifier]),
                    session_id=session_id,
                    return_to=rules.path_back(return_to),
                    created_at=uow.now,
                    expires_at=uow.now + VISIT_LASTS,
                )
        return address

    async def _client(self, scope: Scope) -> Client:
        async with self._unit_of_work(scope, read_only=True) as uow:
            row = await SsoConnections(uow).own()
            if row is None or not row.enabled:
                raise Refusal("switched_off")
            return service.client_of(row, self.outside.public_url)

    async def _spend(self, scope: Scope, id: UUID, came: Return, visitor: Visitor) -> Visit:
        """Use a visit up, before anything that it brought is looked at. Raises `Refusal`."""
        client = await self._client(scope)
        async with self._unit_of_work(scope) as uow:
            attempts = SsoAttempts(uow)
            attempt = await attempts.lock(id)
            if not hmac.compare_digest(attempt.browser_hash, hashed(visitor.browser)):
                raise Refusal("other_browser")
            if attempt.used_at is not None:
                raise Refusal("state_used")
            await attempts.save(attempt, used_at=uow.now)
            late = attempt.expires_at <= uow.now
        if late:
            raise Refusal("too_late")
        nonce, verifier = attempt.secrets.load()
        fresh = attempt.purpose is SsoPurpose.STEP_UP
        return Visit(attempt, client, Challenge(came.state, nonce, verifier, fresh))

    async def _enter(self, scope: Scope, visit: Visit, named: Named, visitor: Visitor) -> Arrived:
        async with self._unit_of_work(scope) as uow:
            admitted = await admission.admit(uow, visit.client.issuer, named)
            user = admitted.user
            values = await self._values(uow, admitted, named)
            new = await _is_new(user.email, visitor.origin)
            token, session = await sessions.add(
                uow, user.id, visitor.origin, generation=user.generation, **values
            )
            if session.stage is Stage.OPEN:
                greet(uow, user.id, session.id, new_device=new)
        there = await sessions.scope_at(scope.tenant_id, user.id)
        begun = Begun(token, there, session.expires_at, session.stage)
        return Arrived(begun, visit.attempt.return_to)

    async def _values(self, uow: UnitOfWork, admitted: Admitted, named: Named) -> dict[str, object]:
        enrolled = (await factors.of(uow, admitted.user.id)).enrolled
        session = hashed(named.session) if named.session else None
        how = {"method": SignInMethod.SSO, "vouched": admitted.vouched, "provider_session": session}
        if enrolled and not admitted.vouched:
            return self.door.pending_values(uow) | how
        proved_at = rules.proved_at(named, uow.now)
        return self.door.opened(uow, SignInMethod.SSO) | how | {"proved_at": proved_at}

    async def _proved(self, visit: Visit, named: Named, standing: Standing | None) -> Arrived:
        """The same person at the same session, asked anew by their provider. Raises `Refusal`."""
        if standing is None or standing.id != visit.attempt.session_id:
            raise Refusal("other_session")
        if not _is_fresh(named, visit.attempt.created_at):
            raise Refusal("not_fresh")
        async with self._unit_of_work(standing.scope) as uow:
            known = await SsoIdentities(uow).of_subject(visit.client.issuer, named.subject)
            if known is None or known.user_id != standing.user_id:
                raise Refusal("other_person")
            session = await sessions.locked(uow)
            token = await sessions.rotate(uow, proved_at=uow.now)
        begun = Begun(token, standing.scope, session.expires_at)
        return Arrived(begun, visit.attempt.return_to)

    async def _scope(self, tenant_id: UUID, visitor: Visitor) -> Scope:
        try:
            scope = await job_scope(tenant_id, JOB)
        except DomainError as unknown:
            raise SsoRefused from unknown
        return replace(scope, access=visitor.access)

    @asynccontextmanager
    async def _telling(self, scope: Scope) -> AsyncIterator[None]:
        """Put on the tenant's record why somebody was not let in; they themselves are not told."""
        try:
            yield
        except (Refusal, ProviderFault) as refused:
            reason, cause = refused.reason, refused
        except DomainError as refused:
            reason, cause = refused.code.lower(), refused  # type: ignore[assignment]
        else:
            return
        async with self._unit_of_work(scope, read_only=True) as uow:
            details = {"reason": reason}
            uow.trace(Trace(REFUSED, outcome=TraceOutcome.REFUSED, details=details))
        raise SsoRefused from cause


async def _is_new(email: str, origin: Origin) -> bool:
    """Whether nobody has signed in with that address by such a device from there."""
    found = await sessions.ask(CREDENTIALS, email, origin.network, origin.device)
    return not (found and found[0]["known_device"])


def _is_fresh(named: Named, since: datetime) -> bool:
    """Whether somebody was asked who they are after they were sent to be asked."""
    return named.auth_time is not None and named.auth_time >= since - SKEW


async def _end(uow: UnitOfWork, issuer: str, subject: str | None, session: str | None) -> None:
    """End the sessions that a provider names, by its own name for them or for their person."""
    only: dict[str, object] = {}
    if session is not None:
        only["provider_session"] = hashed(session)
    if subject is not None:
        known = await SsoIdentities(uow).of_subject(issuer, subject)
        if known is None:
            return
        only["user_id"] = known.user_id
    await SsoSessions(uow).end(**only)
