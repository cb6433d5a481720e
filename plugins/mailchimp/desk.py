"""Keeping one audience as people want it: who asked for letters stands there, who left does not.

Whoever is looked at is read, Mailchimp is asked how they stand there, and one step is taken. The
numbers of their records are kept, and nothing else (`CrmRecord`), for every audience that they
were ever put on: whoever is erased is deleted in all of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from domain.contacts.models import Contact
from domain.contacts.repository import Contacts
from domain.crm import service
from domain.crm.filing import filled, first_and_last
from domain.crm.models import CrmRecord
from domain.crm.ports import Kind
from domain.crm.repository import CrmRecords
from domain.crm.service import Standing
from domain.crm.wire import Taken, Wire
from domain.errors import Conflict
from domain.outreach import newsletters
from domain.outreach.newsletters import Subscriber
from domain.work import UnitOfWork
from integrations.mailchimp import Entry, Mailchimp, Member, NotTaken, Status, fault
from plugins.capability import Capability
from plugins.context import PluginContext
from plugins.crm_sync import asking
from plugins.entering import Entering
from plugins.errors import Hopeless
from plugins.mailchimp.rules import Step, step_to
from plugins.mailchimp.settings import Settings
from plugins.way_out import MAILING_LIST, WayOut

NAME = "mailchimp"
GONE = "Somebody was deleted from an audience meanwhile"
Context = Capability | PluginContext


class AddressNotTaken(Hopeless):
    """Mailchimp takes this address from the person only, or not at all; the name says why."""


class NoAudience(Conflict):
    """No audience was chosen, or it is not there any more."""

    code = "NO_AUDIENCE"

    def __init__(self) -> None:
        super().__init__("Choose an audience that is there")


@dataclass(frozen=True)
class Listed:
    """Where somebody stands: on which audience, under which record."""

    audience: str
    record: str

    @classmethod
    def of(cls, row: CrmRecord) -> "Listed":
        """As it was kept."""
        audience, _, record = row.record.partition("/")
        return cls(audience, record)

    def __str__(self) -> str:
        return f"{self.audience}/{self.record}"


@dataclass(frozen=True)
class Known:
    """Somebody, as they are known here."""

    places: Sequence[Listed]
    wanted: Subscriber | None
    only_kept: bool


@dataclass(frozen=True)
class Desk:
    """One delivery, and the audience that it is for."""

    context: PluginContext
    there: Mailchimp
    settings: Settings

    @classmethod
    def of(cls, context: PluginContext) -> "Desk":
        """The work of one delivery."""
        return cls(context, account_of(context), settings_of(context))

    async def settle(self, contact_id: UUID, *, returns: bool = False) -> None:
        """See that somebody stands as they want it; elsewhere than on the audience, not at all.

        Raises `PutOff`, `AddressNotTaken` and `Unavailable`.
        """
        async with self.context.unit_of_work() as uow:
            known = await self._known(uow, contact_id)
        if not known.places and not (known.wanted and self.settings.audience):
            return
        try:
            async with asking(self.context):
                await self._settle(contact_id, known, returns=returns)
        except NotTaken as refused:
            raise AddressNotTaken(refused.reason) from refused

    async def add_all(self, subscribers: Sequence[Subscriber]) -> set[UUID]:
        """Put several there at once; returns whom Mailchimp does not take."""
        audience, entries = self.settings.audience, [self.entry(each) for each in subscribers]
        async with asking(self.context):
            made = await self.there.add_all(audience, entries, self._status) if entries else {}
        refused = set()
        for each in subscribers:
            record = made.get(each.email.lower())
            try:
                if record is None:
                    # They stand there already, or we have to hear why they are not taken.
                    await self.settle(each.contact_id)
                else:
                    async with asking(self.context):
                        await self._welcome(each.contact_id, record)
            except AddressNotTaken:
                refused.add(each.contact_id)
        return refused

    async def erase(self, contact_id: UUID) -> int:
        """Delete somebody for good in every audience; how often they stood there."""
        async with self.context.unit_of_work() as uow:
            places = [Listed.of(row) for row in await CrmRecords(uow).about(NAME, contact_id)]
        async with asking(self.context):
            gone = [await self.there.forget(each.audience, each.record) for each in places]
        async with self.context.unit_of_work() as uow:
            await service.forget(uow, NAME, contact_id)
        return sum(gone)

    def entry(self, wanted: Subscriber) -> Entry:
        """What is to stand there of somebody."""
        first, last = first_and_last(wanted.name)
        named = {self.settings.first_name: first, self.settings.last_name: last}
        fields = filled(**{tag: words for tag, words in named.items() if tag})
        return Entry(wanted.email, fields, wanted.language, wanted.asked_at)

    @property
    def _status(self) -> Status:
        return Status.PENDING if self.settings.confirm else Status.SUBSCRIBED

    async def _known(self, uow: UnitOfWork, contact_id: UUID) -> Known:
        contact = await Contacts(uow).maybe(Contacts(uow).all().filter(id=contact_id))
        rows = await CrmRecords(uow).about(NAME, contact_id)
        wanted = await newsletters.subscriber(uow, contact_id)
        only_kept = contact is not None and contact.restricted_at is not None
        return Known([Listed.of(row) for row in rows], wanted, only_kept)

    async def _settle(self, contact_id: UUID, known: Known, *, returns: bool) -> None:
        ours = self.settings.audience
        # Whoever moves to another audience gets letters once.
        moves = bool(known.wanted and ours)
        for place in (each for each in known.places if each.audience != ours):
            if moves or known.wanted is None:
                there = await self.there.member(place.audience, place.record)
                step = step_to(there, None, None, only_kept=known.only_kept or moves)
                await self._take(step, contact_id, place, None)
        if ours:
            await self._settle_here(contact_id, known, returns=returns)

    async def _settle_here(self, contact_id: UUID, known: Known, *, returns: bool) -> None:
        ours = self.settings.audience
        place = next((each for each in known.places if each.audience == ours), None)
        there = await self._stands(place, known.wanted)
        entry = self.entry(known.wanted) if known.wanted else None
        flags = {"only_kept": known.only_kept, "returns": returns}
        step = step_to(there, known.wanted, entry, **flags)
        if there is not None and place is None and known.wanted is not None:
            await self._keep(contact_id, there.record)
        await self._take(step, contact_id, Listed(ours, there.record if there else ""), entry)

    async def _stands(self, place: Listed | None, wanted: Subscriber | None) -> Member | None:
        """How they stand on the audience: by their record, else by their address."""
        if place and (there := await self.there.member(place.audience, place.record)):
            return there
        if wanted is None:
            return None
        return await self.there.by_email(self.settings.audience, wanted.email)

    async def _take(self, step: Step, contact_id: UUID, place: Listed, entry: Entry | None) -> None:
        """Take one step."""
        audience, record = place.audience, place.record
        match step:
            case Step.ARCHIVE:
                await self.there.archive(audience, record)
            case Step.UNSUBSCRIBE:
                await self._change(place, {"status": Status.UNSUBSCRIBED})
            case Step.ASK if entry:
                await self._change(place, entry.values | {"status": Status.PENDING})
            case Step.RETURN if entry:
                await self._change(place, entry.values | {"status": self._status})
            case Step.CORRECT if entry:
                await self._correct(contact_id, place, entry)
            case Step.ADD if entry:
                await self._replace(contact_id, place, entry)

    async def _correct(self, contact_id: UUID, place: Listed, entry: Entry) -> None:
        """Write what is right; where the address stands there already, that record is theirs."""
        try:
            await self.there.change(place.audience, place.record, entry.values)
        except Taken:
            await self._replace(contact_id, place, entry)
        except KeyError:
            self.context.log.info(GONE)

    async def _replace(self, contact_id: UUID, place: Listed, entry: Entry) -> None:
        """Put somebody there; a record of theirs under an address that is wrong now is deleted."""
        if place.record:
            await self.there.forget(place.audience, place.record)
        added = await self.there.add(place.audience, entry, self._status)
        await self._welcome(contact_id, added.record)

    async def _change(self, place: Listed, values: dict[str, Any]) -> None:
        try:
            await self.there.change(place.audience, place.record, values)
        except KeyError:
            self.context.log.info(GONE)

    async def _welcome(self, contact_id: UUID, record: str) -> None:
        """Remember who was put there, and tag them; who left meanwhile is taken off again."""
        audience = self.settings.audience
        if not await self._keep(contact_id, record):
            await self.there.forget(audience, record)
            return
        async with self.context.unit_of_work() as uow:
            known = await self._known(uow, contact_id)
        if known.wanted is None:
            await self._change(Listed(audience, record), {"status": Status.UNSUBSCRIBED})
        elif self.settings.tags:
            await self.there.tag(audience, record, self.settings.tags)

    async def _keep(self, contact_id: UUID, record: str) -> bool:
        """Remember where somebody stands; False if they were erased meanwhile."""
        audience = self.settings.audience
        # Somebody may stand on several audiences, once on each.
        standing = Standing(NAME, Kind.CONTACT, uuid5(contact_id, audience), contact_id)
        async with self.context.unit_of_work() as uow:
            rows = Contacts(uow).all().filter(id=contact_id).select_for_update()
            still_known: Contact | None = await Contacts(uow).maybe(rows)
            if still_known is not None:
                await service.keep(uow, standing, str(Listed(audience, record)))
        return still_known is not None


def account_of(context: Context) -> Mailchimp:
    """The account that a tenant has connected."""
    http = WayOut.to(MAILING_LIST, context.http)
    return Mailchimp(Wire(http, Entering(context, NAME, settings_of(context).account), fault))


def settings_of(context: Context) -> Settings:
    """What the tenant has set."""
    assert isinstance(context.settings, Settings)
    return context.settings
