"""One letter for each conversation, to the right people, with the right words."""

from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from domain import contacts, conversations, messages, transfers
from domain.appointments.models import AppointmentStatus
from domain.business import versions
from domain.calls.events import CallFinalized
from domain.conversations.models import Channel, Outcome
from domain.messages.models import Priority
from domain.personal import Source
from domain.transfers.rules import News
from plugins import settings
from plugins.letter import letter
from plugins.models import DeliveryStatus
from plugins.registry import Registry
from plugins.report import Attempt, Note, Report, Visit, report
from tests.factories import calls as telephones
from tests.factories.business import open_practice
from tests.fakes.mailer import Postbox

PHONE = "+12125550142"


@pytest.fixture
def postbox() -> Postbox:
    return Postbox()


@pytest.fixture
async def way(road, postbox):
    """A tenant that has switched the plugin on."""
    made = road(Registry(), postbox)
    await set_up(made)
    return made


async def set_up(way, **values) -> None:
    async with way.unit_of_work(way.scope) as uow:
        await settings.configure(uow, way.registry, "notify", values)
        await settings.enable(uow, way.registry, "notify")


async def converse(way, channel: Channel):
    """A finished conversation with Anna, who left a message."""
    async with way.unit_of_work(way.scope) as uow:
        details = contacts.Details(name="Anna Lee", phone=PHONE)
        anna = await contacts.add(uow, details, source=Source.CALLER)
        version, _ = await versions.pin(uow)
        opening = conversations.Opening(channel, "en", version.id, "1", "1", contact_id=anna.id)
        held = await conversations.start(uow, opening)
        new = messages.NewMessage(held.id, "Please call about my crown", callback_number=PHONE)
        await messages.leave(uow, new)
        findings = conversations.Findings(
            "Anna asks about her crown.", Outcome.MESSAGE, success=True, extracted={}
        )
        await conversations.keep_findings(uow, held.id, findings)
    return held


async def finalize(way, conversation_id) -> None:
    async with way.unit_of_work(way.scope) as uow:
        uow.record(CallFinalized(call_id=uuid4(), conversation_id=conversation_id))


@pytest.mark.promise("P037", "P128")
async def test_a_call_is_told_of_once_when_final(way, postbox):
    held = await converse(way, Channel.VOICE)
    await way.travel()
    assert postbox.letters == []
    await finalize(way, held.id)
    await way.travel()
    [mail] = postbox.letters
    assert mail.subject == "Call from Anna Lee: message left"
    assert "Anna asks about her crown." in mail.text
    assert "Please call about my crown\nCall back: +12125550142" in mail.text


async def test_a_chat_is_told_of_when_summarised(way, postbox):
    await converse(way, Channel.CHAT)
    await way.travel()
    assert [mail.subject for mail in postbox.letters] == ["Chat from Anna Lee: message left"]


@pytest.mark.promise("P037", "P128")
async def test_the_owner_gets_it_unless_others_are_named(way, postbox):
    await converse(way, Channel.CHAT)
    await way.travel()
    [mail] = postbox.letters
    assert mail.to == (f"owner@{way.scope.tenant.slug}.test",)


async def test_named_recipients_get_it(way, postbox):
    await set_up(way, to=["front@desk.test", "boss@desk.test"])
    await converse(way, Channel.CHAT)
    await way.travel()
    assert postbox.letters[0].to == ("front@desk.test", "boss@desk.test")


async def test_topics_can_be_left_out(way, postbox):
    await set_up(way, about=["calls"])
    await converse(way, Channel.CHAT)
    await way.travel()
    assert postbox.letters == []


class Lossy(Postbox):
    """Sends the first letter, and loses the answer."""

    async def send(self, mail):
        await super().send(mail)
        if len(self.letters) == 1:
            raise ConnectionResetError


async def test_a_repeated_letter_is_recognisable(road):
    lossy = Lossy()
    way = road(Registry(), lossy)
    await set_up(way)
    await converse(way, Channel.CHAT)
    await way.travel()
    way.wait(timedelta(hours=1))
    await way.travel()
    assert len(lossy.letters) == 2
    assert len({mail.message_id for mail in lossy.letters}) == 1


async def test_an_erased_conversation_is_not_told_of(way, postbox):
    held = await converse(way, Channel.CHAT)
    async with way.unit_of_work(way.scope) as uow:
        await uow.keys.destroy([held.id])
    await way.travel()
    assert postbox.letters == []
    statuses = {one.status for one in await way.deliveries()}
    assert statuses == {DeliveryStatus.DONE}


async def test_an_erased_person_is_not_told_of(way, postbox):
    held = await converse(way, Channel.CHAT)
    async with way.unit_of_work(way.scope) as uow:
        await uow.keys.destroy([held.contact_id])
    await way.travel()
    assert postbox.letters == []


def a_report(**changes) -> Report:
    at = datetime(2026, 11, 16, 10, 5, tzinfo=ZoneInfo("America/New_York"))
    values = {
        "business": "Bright Smile Dental",
        "channel": Channel.VOICE,
        "started_at": at,
        "who": "",
        "phone": "",
        "outcome": None,
        "summary": "",
        "visits": (),
        "notes": (),
    }
    return Report(**values | changes)


def test_a_letter_of_hardly_anything():
    assert letter(a_report()) == (
        "Call from somebody unknown: finished",
        "A call for Bright Smile Dental from somebody unknown, Monday 16 November, 10:05 EST.\n",
    )


def test_a_letter_names_the_visit():
    at = datetime(2026, 11, 20, 9, 0, tzinfo=ZoneInfo("America/New_York"))
    visit = Visit("Cleaning", at, AppointmentStatus.REQUESTED)
    _, text = letter(a_report(visits=(visit,)))
    assert (
        "Appointment: Cleaning, Friday 20 November, 09:00 EST (waiting for your approval)" in text
    )


def test_a_letter_tells_who_was_rung():
    attempts = (Attempt("Front desk", talked=False), Attempt("Billing", talked=True))
    _, text = letter(a_report(attempts=attempts))
    assert text.endswith("Front desk could not be reached.\nBilling took the call.\n")


async def test_a_report_knows_who_took_the_call(unit_of_work, scope):
    await open_practice(unit_of_work, scope)
    line = await telephones.answered(unit_of_work, scope)
    async with unit_of_work(scope) as uow:
        targets = [
            await transfers.add_target(uow, label, number)
            for label, number in (("Front desk", "+12125550111"), ("Billing", "+12125550112"))
        ]
    for target, news in zip(targets, (News.UNTAKEN, News.ANSWERED), strict=True):
        async with unit_of_work(line.scope) as uow:
            asked = await transfers.request(uow, line.call.id, target.id)
            await transfers.hear(uow, asked.id, news)
    async with unit_of_work(scope) as uow:
        await transfers.remove_target(uow, targets[0].id)
        found = await report(uow, line.call.conversation_id)
    assert found.attempts == (Attempt("", talked=False), Attempt("Billing", talked=True))


@pytest.mark.parametrize(
    "pressing",
    [
        {"outcome": Outcome.EMERGENCY},
        {"notes": (Note("Water everywhere", "", Priority.EMERGENCY),)},
        {"notes": (Note("Today please", "", Priority.HIGH),)},
    ],
)
def test_what_is_urgent_says_so(pressing):
    subject, _ = letter(a_report(**pressing))
    assert subject.startswith("URGENT: ")


def test_every_outcome_and_channel_has_words():
    for outcome in Outcome:
        for channel in Channel:
            assert letter(a_report(outcome=outcome, channel=channel))
