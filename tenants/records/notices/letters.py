"""The letters of a notice: one to each account holder, and each on record when it has left."""

from dataclasses import dataclass

from domain.events import Event
from domain.handlers import HandlerContext, HandlerFunction, serves
from domain.messages.ports import Mail, message_id_of
from domain.privacy.purposes import Purpose
from tenants.models import User
from tenants.records.notices.events import NoticeAnnounced
from tenants.records.notices.models import Notice
from tenants.records.notices.repository import NoticeLetters, Notices


@dataclass(frozen=True)
class NoticeLetterWriter:
    """Writes to account holders; `public_url` has no final slash."""

    public_url: str

    @property
    def handlers(self) -> tuple[tuple[type[Event], HandlerFunction], ...]:
        """What to subscribe."""
        return ((NoticeAnnounced, self.write_letters),)

    @serves(Purpose.SERVICE_MESSAGES)
    async def write_letters(self, event: NoticeAnnounced, context: HandlerContext) -> None:
        """Write to everybody who has not been written to; a repeated delivery goes on there."""
        async with context.unit_of_work() as uow:
            notice = await Notices(uow).get(event.notice_id)
            told = await NoticeLetters(uow).told(notice.id)
            waiting = [
                user for user in await Notices(uow).addressees(notice) if user.id not in told
            ]
        for user in waiting:
            mail = self._mail(notice, user, context)
            await context.mailer.send(mail)
            async with context.unit_of_work() as uow:
                await NoticeLetters(uow).add(
                    notice_id=notice.id,
                    user_id=user.id,
                    message_id=mail.message_id,
                    sent_at=uow.now,
                )

    def _mail(self, notice: Notice, user: User, context: HandlerContext) -> Mail:
        parts = [f"Hello {user.name},", notice.words]
        if notice.applies_from is not None:
            parts.append(f"It applies from {notice.applies_from:%d %B %Y}.")
        if notice.objection_until is not None:
            parts.append(
                f"You can object until {notice.objection_until:%d %B %Y}, under privacy in your"
                " settings."
            )
        text = "\n\n".join([*parts, self.public_url]) + "\n"
        number = message_id_of(context.delivery_id, user.id.hex)
        return Mail((user.email,), notice.subject, text, number)
