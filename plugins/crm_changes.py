"""What was changed in a customer file about people who are known here.

The rule, where both sides have changed somebody: what is on its way from here wins; else whatever
was changed later. A telephone number is never taken over: callers are recognised by it.
"""

from collections.abc import Iterable

from domain import contacts
from domain.contacts.errors import ContactExists
from domain.contacts.events import ContactChanged
from domain.contacts.models import Contact
from domain.contacts.repository import Contacts
from domain.crm import files
from domain.crm.models import CrmRecord
from domain.crm.ports import Change, CrmProvider, FieldThere
from domain.crm.repository import CrmFiles, CrmRecords
from domain.errors import DomainError, InvalidInput
from domain.outbox import EntryKind
from domain.sealed import Sealed
from domain.work import UnitOfWork
from plugins.context import PluginContext
from plugins.crm_sync import Desk
from plugins.models import DeliveryStatus
from plugins.repository import Deliveries, OutboxEntries

# Pages that are read at one look.
MOST_PAGES = 5
# Of one person, as far back as one of them can be on its way.
MOST_CORRECTIONS = 50


async def look(context: PluginContext, desk: Desk, *, takes_over: bool) -> None:
    """See whether the mapped fields are there, and take over what was changed."""
    plugin, wanted = desk.wishes.plugin, desk.wishes.fields.values()
    async with context.unit_of_work() as uow:
        row = await CrmFiles(uow).held(plugin)
        comparing = bool(wanted) and (row is None or files.is_to_compare(row, uow.now))
        mended = not wanted and row is not None and bool(row.missing)
        if row is not None:
            await files.revive(uow, row)
        if mended:
            await files.compared(uow, plugin, [])
    try:
        if comparing:
            missing = missing_fields(wanted, await desk.provider.fields())
            async with context.unit_of_work() as uow:
                await files.compared(uow, plugin, missing)
        if takes_over:
            await _read(context, desk.provider, plugin)
    except DomainError as failed:
        async with context.unit_of_work() as uow:
            await files.missed(uow, plugin, getattr(failed, "reason", failed.code.lower()))


def missing_fields(wanted: Iterable[str], there: Iterable[FieldThere]) -> list[str]:
    """Which fields are not there, or take no words from us."""
    usable = {each.name for each in there if each.is_text and each.writable}
    return sorted(set(wanted) - usable)


async def _read(context: PluginContext, provider: CrmProvider, plugin: str) -> None:
    async with context.unit_of_work() as uow:
        place = await files.place(uow, plugin)
    taken = 0
    for _ in range(MOST_PAGES):
        changes = list(await provider.changes(place, ()))
        for change in changes:
            async with context.unit_of_work() as uow:
                taken += await take(uow, plugin, change)
        place = files.beyond(place, changes)
        if not changes:
            break
    async with context.unit_of_work() as uow:
        await files.looked(uow, plugin, place, taken)


async def take(uow: UnitOfWork, plugin: str, change: Change) -> bool:
    """Take one change over, if it is about somebody known and is the later one."""
    record = await CrmRecords(uow).of_record(plugin, change.record)
    if record is None or change.at <= record.written_at:
        return False
    rows = Contacts(uow).all().filter(id=record.thing_id).select_for_update()
    contact = await Contacts(uow).maybe(rows)
    if contact is None or contact.restricted_at is not None:
        return False
    if await _is_on_its_way(uow, plugin, record):
        return False
    details = _news(contact, change)
    if details == contacts.Details():
        return False
    try:
        await contacts.update(uow, contact.id, details)
        await CrmRecords(uow).save(record, taken_at=uow.now)
    except (ContactExists, InvalidInput):
        # The address is somebody else's here, or none.
        return False
    return True


def _news(contact: Contact, change: Change) -> contacts.Details:
    """What is another there than here; what is empty there clears nothing here."""
    name, email = _read_words(contact.name), _read_words(contact.email)
    return contacts.Details(
        name=change.name if change.name not in ("", name) else None,
        email=change.email if change.email.lower() not in ("", email.lower()) else None,
    )


async def _is_on_its_way(uow: UnitOfWork, plugin: str, record: CrmRecord) -> bool:
    """Whether somebody was corrected here, and that does not stand there yet."""
    entries, key = OutboxEntries(uow), str(record.thing_id)
    told = entries.all().filter(kind=EntryKind.EVENT, name=ContactChanged.name, key=key)
    last = await entries.page(told.order_by("-recorded_at").limit(MOST_CORRECTIONS))
    # What was taken over from there is no news there.
    ours = [each for each in last if each.recorded_at != record.taken_at]
    if any(each.done_at is None for each in ours):
        return True
    owed = (
        Deliveries(uow)
        .all()
        .filter(
            handler=f"{plugin}:note_correction",
            status=DeliveryStatus.WAITING,
            event_id__in=[each.id for each in ours],
        )
    )
    return await owed.exists()


def _read_words(sealed: Sealed | None) -> str:
    return sealed.read() if sealed is not None else ""
