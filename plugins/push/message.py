"""What a push says: that there is something, or what, to whoever wants that on their screen."""

import hashlib
import json
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from domain.ids import global_id
from domain.reminders.repository import Reminders
from domain.texts import catalogue
from domain.work import UnitOfWork
from integrations.web_push import Push, Urgency
from plugins.letter import letter
from plugins.replies import answered
from plugins.report import Report, report
from tenants.notifications.models import News
from tenants.notifications.pushing import DAILY, TRY

# News is old after half a day; what is urgent is told after a night, too.
LASTS, LASTS_URGENT, LASTS_TRIED = timedelta(hours=12), timedelta(days=1), timedelta(minutes=10)
LONGEST_TITLE, LONGEST_BODY = 120, 400
TITLES = {
    News.CALLS.value: "push_calls",
    News.CHATS.value: "push_chats",
    News.REPLIES.value: "push_replies",
    DAILY: "push_daily",
    TRY: "push_try",
}


@dataclass(frozen=True)
class Told:
    """What one device is to be told, before it is locked up."""

    kind: str
    """A kind of news, or what else there is to tell."""
    about: UUID
    title: str
    body: str = ""
    node: str = ""
    """The id, in GraphQL, of what a tap shows."""
    urgent: bool = False

    def push(self, opens: str) -> Push:
        """As it is sent to a device whose taps open an address."""
        topic = hashlib.sha256(f"{self.kind}:{self.about}".encode()).hexdigest()[:32]
        told = {"title": self.title, "tag": topic, "urgent": self.urgent}
        if self.body:
            told["body"] = self.body
        if opens:
            told["url"] = opens.replace("{id}", self.node)
        return Push(
            json.dumps(told).encode(), topic, self._lasts, _urgency(self.kind, urgent=self.urgent)
        )

    @property
    def _lasts(self) -> timedelta:
        if self.kind == TRY:
            return LASTS_TRIED
        return LASTS_URGENT if self.urgent else LASTS


async def told_of(uow: UnitOfWork, kind: str, about: UUID, *, urgent: bool, details: bool) -> Told:
    """What there is to tell; with details only where they are wanted and may be shown.

    Raises `NotFound` and `KeyDestroyed` once it has been erased.
    """
    say = catalogue(uow.scope.tenant.locale).say
    title = say("push_urgent", title=say(TITLES[kind])) if urgent else say(TITLES[kind])
    if kind not in set(News):
        return Told(kind, about, title)
    # A screen that is locked shows it to whoever is there; health data never is.
    details = details and not uow.scope.tenant.privacy.hipaa
    if kind == News.REPLIES:
        return await _reply(uow, kind, about, title, details=details)
    found, node = await report(uow, about), global_id("Conversation", about)
    if not details:
        return Told(kind, about, title, node=node, urgent=urgent)
    headline, _ = letter(found)
    body = _cut(_main(found), LONGEST_BODY)
    return Told(kind, about, _cut(headline, LONGEST_TITLE), body, node, urgent)


async def _reply(uow: UnitOfWork, kind: str, about: UUID, title: str, *, details: bool) -> Told:
    row = await Reminders(uow).get(about)
    node = global_id("Appointment", row.appointment_id)
    if not details:
        return Told(kind, about, title, node=node)
    headline, body = (await answered(uow, row)).words(uow.scope.tenant)
    return Told(kind, about, _cut(headline, LONGEST_TITLE), _cut(body.strip(), LONGEST_BODY), node)


def _main(found: Report) -> str:
    """The first message that was left, or the summary."""
    return next((note.body for note in found.notes), found.summary)


def _cut(words: str, longest: int) -> str:
    return words if len(words) <= longest else f"{words[: longest - 1]}…"


def _urgency(kind: str, *, urgent: bool) -> Urgency:
    if urgent or kind == TRY:
        return Urgency.HIGH
    return Urgency.LOW if kind == DAILY else Urgency.NORMAL
