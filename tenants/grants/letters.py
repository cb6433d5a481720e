"""Letters about grants: to a business that is asked for one, and to owners whose house was entered.

A token is made when its letter is sent; a letter that is sent again has another one, and the first
works no more.
"""

from dataclasses import dataclass
from uuid import UUID

from domain.events import Event
from domain.handlers import HandlerContext, HandlerFunction, serves
from domain.messages.ports import Mail, message_id_of
from domain.privacy.purposes import Purpose
from domain.scope import TenantKind
from domain.work import UnitOfWork
from tenants.grants.events import AccessGranted, AccessInvited
from tenants.grants.models import AccessGrant, AccessInvitation
from tenants.grants.repository import AccessInvitations, Grants
from tenants.grants.rules import SENSITIVE
from tenants.grants.service import read
from tenants.service import owner_addresses
from tenants.tokens import hashed, new_token

# A page of whoever offers one; it sends the token on to `accessGrantAccept`.
GRANT = "/grant"


@dataclass(frozen=True)
class AccessLetters:
    """Writes to businesses; `public_url` has no final slash."""

    public_url: str

    @property
    def handlers(self) -> tuple[tuple[type[Event], HandlerFunction], ...]:
        """What to subscribe."""
        return ((AccessInvited, self.send_request), (AccessGranted, self.tell_of_entry))

    @serves(Purpose.SERVICE_MESSAGES)
    async def send_request(self, event: AccessInvited, context: HandlerContext) -> None:
        """Ask a business for a grant, unless the house has thought better of it."""
        async with context.unit_of_work() as uow:
            row = await AccessInvitations(uow).lock(event.invitation_id)
            if row.revoked_at is not None or row.expires_at <= uow.now:
                return
            token = new_token()
            await AccessInvitations(uow).save(row, token_hash=hashed(token))
        # Behind a #, a browser keeps the token from servers and their logs.
        link = f"{self.public_url}{GRANT}#{token}"
        subject = f"{context.tenant.name} asks to look after your business"
        await self._send(context, (row.email,), subject, _request(row, context, link))

    @serves(Purpose.SECURITY)
    async def tell_of_entry(self, event: AccessGranted, context: HandlerContext) -> None:
        """Tell the owners at once that somebody of the operator can come in, why, and till when."""
        if event.kind != TenantKind.OPERATOR:
            return
        async with context.unit_of_work() as uow:
            grant = await Grants(uow).get(event.grant_id)
            to = await owner_addresses(uow)
            text = await _notice(uow, grant, context)
        if to:
            await self._send(context, to, f"The operator opened {context.tenant.name}", text)

    async def _send(
        self, context: HandlerContext, to: tuple[str, ...], subject: str, text: str
    ) -> None:
        await context.mailer.send(Mail(to, subject, text, message_id_of(context.delivery_id)))


def _request(row: AccessInvitation, context: HandlerContext, link: str) -> str:
    asked = "\n".join(f"  {permission}" for permission in row.permissions)
    return (
        f"{context.tenant.name} offers to look after your business, and asks for access to it:\n\n"
        f"{asked}\n\n"
        f"An owner decides, here, until {row.expires_at:%d %B %Y}:\n{link}\n\n"
        "What you give you can change and take back at any time. If you did not expect this"
        " letter, there is nothing to do.\n"
    )


async def _notice(uow: UnitOfWork, grant: AccessGrant, context: HandlerContext) -> str:
    grants, who = Grants(uow), UUID(read(grant.created_by).id)
    houses, people = await grants.houses([grant.grantee_id]), await grants.staff([who])
    words = sorted(SENSITIVE & frozenset(grant.permissions))
    entered = f"{people.get(who, 'Somebody')} of {houses.get(grant.grantee_id, 'the operator')}"
    heard = f"AMONG IT: {', '.join(words)}.\n\n" if words else "No recording and no transcript.\n\n"
    return (
        f"{entered} has access to"
        f" {context.tenant.name} until {grant.expires_at:%d %B %Y, %H:%M} UTC.\n\n"
        f"Why: {grant.reason}\n\n"
        f"What for: {', '.join(grant.permissions)}.\n{heard}"
        "What they touch is in your staff-access log, where you can also end this at once.\n"
    )
