"""The letters that go to those who are asked to join, and to both sides of a transfer."""

from dataclasses import dataclass

from domain.events import Event
from domain.handlers import HandlerContext, HandlerFunction, serves
from domain.messages.ports import Mail, message_id_of
from domain.privacy.purposes import Purpose
from domain.work import UnitOfWork
from tenants.brand import dressed, inherited
from tenants.members import invitations
from tenants.members.events import InvitationIssued, OwnershipTransferred
from tenants.members.models import Invitation
from tenants.members.repository import Invitations
from tenants.models import Role
from tenants.repository import CustomRoles, Users

JOIN = "/join"


@dataclass(frozen=True)
class MemberLetters:
    """Writes to people; `public_url` has no final slash."""

    public_url: str

    @property
    def handlers(self) -> tuple[tuple[type[Event], HandlerFunction], ...]:
        """What to subscribe."""
        return (
            (InvitationIssued, self.send_invitation),
            (OwnershipTransferred, self.tell_of_transfer),
        )

    @serves(Purpose.SERVICE_MESSAGES)
    async def send_invitation(self, event: InvitationIssued, context: HandlerContext) -> None:
        """Write to whoever is invited, unless that has been overtaken."""
        async with context.unit_of_work() as uow:
            found = Invitations(uow).all().filter(id=event.invitation_id)
            row = await Invitations(uow).maybe(found)
            if row is None or _is_overtaken(row, event, uow):
                return
            role = await _role_name(uow, row)
            token = await invitations.token_of(uow, row.id, row.letter)
            brand = await inherited(uow)
        # After the # it stays in the browser: no server on the way writes it into a log.
        link = f"{self.public_url}{JOIN}#{token}"
        text = (
            f"{context.tenant.name} invites you to join as {role}.\n\n"
            f"Open this link to accept. It is good once, until {row.expires_at:%d %B %Y}:\n"
            f"{link}\n\n"
            "If you did not expect this letter, there is nothing to do.\n"
        )
        subject = f"Join {context.tenant.name}"
        mail = Mail((row.email,), subject, text, message_id_of(context.delivery_id))
        await context.mailer.send(dressed(mail, brand))

    @serves(Purpose.SERVICE_MESSAGES)
    async def tell_of_transfer(self, event: OwnershipTransferred, context: HandlerContext) -> None:
        """Write to the old owner and the new one."""
        async with context.unit_of_work() as uow:
            both = await Users(uow).many([event.from_user_id, event.to_user_id])
            brand = await inherited(uow)
        names = {user.id: user.name for user in both}
        before, after = (
            names.get(id, "A former member") for id in (event.from_user_id, event.to_user_id)
        )
        text = (
            f"{before} has made {after} an owner of {context.tenant.name},"
            f" and is an administrator now.\n\n"
            "If this is not what you agreed on, write to your operator at once.\n"
        )
        to = tuple(sorted(user.email for user in both))
        if to:
            subject = f"{context.tenant.name} has a new owner"
            mail = Mail(to, subject, text, message_id_of(context.delivery_id))
            await context.mailer.send(dressed(mail, brand))


def _is_overtaken(row: Invitation, event: InvitationIssued, uow: UnitOfWork) -> bool:
    over = row.accepted_at or row.revoked_at or row.expires_at <= uow.now
    return bool(over) or row.letter != event.letter


async def _role_name(uow: UnitOfWork, row: Invitation) -> str:
    if row.role is not Role.CUSTOM or row.custom_role_id is None:
        return row.role.value
    return (await CustomRoles(uow).get(row.custom_role_id)).name
