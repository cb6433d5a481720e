"""Agreeing to news, stopping them with one click, and whom a letter may go to.

A letter of advertising is a `Leaflet`, and goes to an `AccountHolder`; only `audience` makes those,
from people with an account who agreed. A contact cannot become one.
"""

from dataclasses import dataclass
from uuid import UUID

from domain.errors import Forbidden
from domain.messages.ports import Mail
from domain.scope import ActorKind
from domain.words import fitting
from domain.work import UnitOfWork
from tenants.records.marketing.events import MarketingAllowed, MarketingStopped
from tenants.records.marketing.links import UnsubscribeLinks
from tenants.records.marketing.models import MarketingConsent
from tenants.records.marketing.repository import MarketingConsents
from tenants.repository import Memberships, Users

ACCOUNT = "account:write"
LONGEST_DISCLOSURE = 2000


@dataclass(frozen=True)
class AccountHolder:
    """Somebody with an account who agreed to be sent news."""

    tenant_id: UUID
    user_id: UUID
    name: str
    email: str


@dataclass(frozen=True)
class Leaflet:
    """A letter of advertising."""

    subject: str
    text: str

    def to(self, holder: AccountHolder, links: UnsubscribeLinks, message_id: str) -> Mail:
        """The letter for one account holder, with the one click that stops them all."""
        link = links.url(holder.tenant_id, holder.user_id)
        text = f"{self.text.rstrip()}\n\nNo more of these: {link}\n"
        return Mail((holder.email,), self.subject, text, message_id, unsubscribe=link)


async def agree(uow: UnitOfWork, disclosure: str) -> MarketingConsent:
    """Agree to news, for oneself; a second time changes nothing. Raises `InvalidInput`."""
    uow.require(ACCOUNT)
    consents, user_id = MarketingConsents(uow), _person(uow)
    words = fitting("disclosure", disclosure, LONGEST_DISCLOSURE)
    known = await consents.of(user_id)
    if known is not None:
        return known
    row = await consents.add(user_id=user_id, disclosure=words, given_at=uow.now)
    uow.record(MarketingAllowed(marketing_consent_id=row.id))
    return row


async def stop(uow: UnitOfWork) -> MarketingConsent | None:
    """Want no more news, for oneself; without a consent there is nothing to stop."""
    uow.require(ACCOUNT)
    return await unsubscribe(uow, _person(uow))


async def unsubscribe(uow: UnitOfWork, user_id: UUID) -> MarketingConsent | None:
    """The same for whoever holds a link: at once, without a sign-in or a question (RFC 8058)."""
    consents = MarketingConsents(uow)
    row = await consents.of(user_id)
    if row is not None:
        await consents.save(row, withdrawn_at=uow.now)
        uow.record(MarketingStopped(marketing_consent_id=row.id))
    return row


async def audience(uow: UnitOfWork) -> list[AccountHolder]:
    """Everybody of this tenant to whom news may be sent."""
    agreed = [row.user_id for row in await MarketingConsents(uow).standing()]
    members = Memberships(uow).all().filter(user_id__in=agreed)
    ids = [UUID(str(id)) for id in await members.values_list("user_id", flat=True)]
    return [
        AccountHolder(uow.tenant_id, user.id, user.name, user.email)
        for user in sorted(await Users(uow).many(ids), key=lambda user: user.id)
    ]


def _person(uow: UnitOfWork) -> UUID:
    if uow.scope.actor.kind is not ActorKind.MEMBER:
        raise Forbidden("Only a person agrees to news, and only for themselves")
    return UUID(uow.scope.actor.id)
