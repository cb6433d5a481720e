"""What a letter about a visit says, and the entry for a calendar that comes with it."""

from dataclasses import dataclass

from domain.calendars.ports import CANCEL, REQUEST, Entry, Invitation, WriteInvitation
from domain.messages.ports import CalendarPart, Mail, message_id_of
from domain.reminders.models import Occasion
from domain.reminders.sending import Ready
from domain.reminders.wording import Facts, facts_of
from domain.work import UnitOfWork
from tenants.agreements import service as agreements
from tenants.brand import dressed, inherited
from tenants.reminders.links import STOP, VisitLinks


@dataclass(frozen=True)
class Writer:
    """Writes letters about visits; `sender` is the address that they come from."""

    links: VisitLinks
    invite: WriteInvitation
    sender: str

    async def write(self, uow: UnitOfWork, ready: Ready) -> Mail:
        """The letter to send: where health data is protected, it may say only that there is news.

        What leaves is accounted for before it does.
        """
        row, visit = ready.reminder, ready.visit
        facts = await facts_of(uow, visit, row)
        link = self.links.url(uow.tenant_id, row.id)
        cleared = await agreements.clearance(uow, agreements.MAIL)
        agreements.account(uow, cleared, "appointment", visit.id)
        subject, text = _words(facts, row.occasion, link, full=cleared.full)
        mail = Mail(
            (ready.permit.to,),
            subject,
            text,
            # The same however often it is sent: whoever carries it knows it again.
            message_id_of(row.id),
            unsubscribe=link + STOP,
            about=str(visit.conversation_id or ""),
            calendar=self._entry(uow, ready, facts) if cleared.full else None,
        )
        return dressed(mail, await inherited(uow))

    def _entry(self, uow: UnitOfWork, ready: Ready, facts: Facts) -> CalendarPart | None:
        """What is put into somebody's calendar; a reminder puts nothing there."""
        row, visit = ready.reminder, ready.visit
        if row.occasion is Occasion.COMING:
            return None
        method = CANCEL if row.occasion is Occasion.CANCELLED else REQUEST
        entry = Entry(
            visit.id,
            visit.starts_at,
            visit.ends_at,
            visit.timezone,
            f"{facts.service} ({facts.business})",
            facts.place,
        )
        business, guest = facts.business, ready.permit.to
        invitation = Invitation(entry, method, row.edition, business, self.sender, guest, uow.now)
        return CalendarPart(method, self.invite(invitation))


def _words(facts: Facts, occasion: Occasion, link: str, *, full: bool) -> tuple[str, str]:
    say, stop = facts.texts.say, link + STOP
    if not full:
        subject = say("reminder_notice_subject", business=facts.business)
        return subject, say("reminder_notice", link=link, stop=stop)
    name = f" {facts.name}" if facts.name else ""
    said, subject = facts.said(occasion), facts.subject(occasion)
    if occasion is Occasion.CANCELLED:
        return subject, say("reminder_letter_off", name=name, said=said, stop=stop)
    place = facts.place
    text = say("reminder_letter", name=name, said=said, place=place, link=link, stop=stop)
    return subject, text
