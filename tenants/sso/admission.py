"""Who somebody is here whom the tenant's provider has named: known, joining, or not let in."""

from dataclasses import dataclass
from uuid import UUID

from domain.work import UnitOfWork
from tenants.errors import EmailTaken
from tenants.members.events import MemberJoined, MemberRoleChanged
from tenants.members.repository import Invitations
from tenants.members.rights import Assigned
from tenants.models import Membership, Role, User
from tenants.repository import Memberships, Users
from tenants.sso import rules
from tenants.sso.events import SsoLinked
from tenants.sso.models import SsoConnection
from tenants.sso.ports import Named
from tenants.sso.repository import SsoConnections, SsoDomains, SsoIdentities
from tenants.sso.rules import Refusal


@dataclass(frozen=True)
class Admitted:
    """A member, and whether the provider vouches for a second factor."""

    user: User
    vouched: bool


async def admit(uow: UnitOfWork, issuer: str, named: Named) -> Admitted:
    """The member whom the provider has named; a newcomer joins. Raises `Refusal`.

    After the first time a person is known by their subject alone: an address may pass on to
    somebody else at the provider, and what it led to here must not.
    """
    uow.require("account:write")
    # Held, so that of two first visits of one person the second finds what the first has made.
    connection = await SsoConnections(uow).own(lock=True)
    if connection is None or not connection.enabled or connection.issuer != issuer:
        raise Refusal("switched_off")
    email = rules.address_in(named, trust_email=connection.trust_email)
    if not await SsoDomains(uow).holds(rules.domain_of(email)):
        raise Refusal("foreign_domain")
    member = await _member(uow, connection, named, email)
    user = await Users(uow).get(member.user_id)
    if user.disabled_at is not None:
        raise Refusal("disabled")
    if not await SsoDomains(uow).holds(rules.domain_of(user.email)):
        raise Refusal("foreign_domain")
    return Admitted(user, connection.trust_mfa and rules.is_vouched(named))


async def _member(
    uow: UnitOfWork, connection: SsoConnection, named: Named, email: str
) -> Membership:
    mapped = rules.role_in(named, connection.role_claim, connection.role_map)
    known = await SsoIdentities(uow).of_subject(connection.issuer, named.subject)
    if known is None:
        return await _link(uow, connection, named, email, mapped)
    member = await Memberships(uow).of(known.user_id)
    if member is None:
        raise Refusal("removed")
    return await _follow(uow, member, mapped)


async def _link(
    uow: UnitOfWork, connection: SsoConnection, named: Named, email: str, mapped: Role | None
) -> Membership:
    """Bind a subject to whoever has that address, here or anywhere, or to a new person."""
    user_id = await Invitations.account_of(email) or await _new_user(uow, named, email)
    if await SsoIdentities(uow).of_user(connection.issuer, user_id):
        raise Refusal("subject_changed")
    member = await Memberships(uow).of(user_id)
    if member is None:
        member = await _join(uow, user_id, connection, mapped)
    else:
        member = await _follow(uow, member, mapped)
    identity = await SsoIdentities(uow).add(
        issuer=connection.issuer, subject=named.subject, user_id=user_id, created_at=uow.now
    )
    uow.record(SsoLinked(identity_id=identity.id, user_id=user_id))
    return member


async def _new_user(uow: UnitOfWork, named: Named, email: str) -> UUID:
    """A person without a password; the letter that sets one anew gives them their first."""
    users = Users(uow)
    name = rules.name_in(named, email)
    # Somebody may have signed up with that address a moment ago.
    async with users.refusing(user_email_key=EmailTaken()):
        return (await users.add(email=email, name=name, password_hash="")).id


async def _join(
    uow: UnitOfWork, user_id: UUID, connection: SsoConnection, mapped: Role | None
) -> Membership:
    uow.require("members:write")
    given = Assigned(mapped) if mapped else Assigned(connection.role, connection.custom_role_id)
    member = await Memberships(uow).add(user_id=user_id, created_at=uow.now, **vars(given))
    uow.record(MemberJoined(member_id=member.id, user_id=user_id, role=given.role))
    return member


async def _follow(uow: UnitOfWork, member: Membership, mapped: Role | None) -> Membership:
    """Give a member the role that the provider says; an owner stays what they are."""
    if mapped is None or member.role in (mapped, Role.OWNER):
        return member
    uow.require("members:write")
    await Memberships(uow).save(member, role=mapped, custom_role_id=None)
    uow.record(
        MemberRoleChanged(
            member_id=member.id, user_id=member.user_id, role=mapped, custom_role_id=None
        )
    )
    return member
