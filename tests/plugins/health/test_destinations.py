"""Where health data is protected: every event at every destination, letter by letter."""

import ast
import dataclasses
import types
import typing
from datetime import UTC, datetime
from enum import Enum
from uuid import UUID, uuid4

import pytest

from domain import contacts, conversations, messages
from domain.audit.repository import AuditEntries
from domain.business import versions
from domain.calls.events import CallFinalized
from domain.conversations.models import Channel, Outcome
from domain.messages.models import Priority
from domain.personal import Source
from domain.privacy.purposes import Purpose
from integrations.http_out import Outbound
from plugins import settings
from plugins.catalogue import every_event
from plugins.registry import Registry
from plugins.webhooks import service
from plugins.webhooks.rules import NAME
from plugins.webhooks.sending import NEWS, UNCONCERNED
from plugins.webhooks.service import NewEndpoint
from tenants.agreements import service as agreements
from tenants.agreements.repository import Agreements
from tenants.life_cycle.events import TenantClosed
from tenants.service import job_scope
from tests.architecture.source import ROOT
from tests.factories.policies import agree, promise
from tests.fakes.mailer import Postbox
from tests.plugins.webhooks.conftest import LOOPBACK, receiver

PHONE, WORDS = "+12125550142", "my biopsy came back positive"
SECRETS = ("Zebulon", "Quick", PHONE, "2125550142", "biopsy", "positive")
MARK = "of-a-patient"
# An account that is closed stops its endpoints, and the relay's own test is for one of them.
ELSEWHERE = {TenantClosed.name}
receiver = receiver  # noqa: PLW0127  # a fixture of the neighbours


@pytest.fixture
def postbox():
    return Postbox()


@pytest.fixture
async def way(road, postbox):
    """A practice in HIPAA mode with both plugins on."""
    made = road(Registry(), postbox, http=Outbound(LOOPBACK, patience=5.0))
    await promise(made.unit_of_work, made.scope, preset="healthcare")
    async with made.unit_of_work(await protected(made)) as uow:
        await settings.configure(uow, made.registry, "notify", {})
        for name in ("notify", NAME):
            await settings.enable(uow, made.registry, name)
    return made


async def protected(way):
    """A scope of the practice as it is promised now."""
    return await job_scope(way.scope.tenant_id, "tests")


async def endpoint(way, url, *events, covered=False):
    async with way.unit_of_work(way.scope) as uow:
        made = (await service.create(uow, NewEndpoint(url, events or ("*",)), LOOPBACK)).endpoint
        if covered:
            await agree(uow, f"webhook:{made.id}", party="Cloud EHR", purpose=Purpose.SERVICE)
        return made


def happened(event):
    """Some event of a kind, with a mark in every word of it."""
    hints = typing.get_type_hints(event)
    return event(**{field.name: value_of(hints[field.name]) for field in dataclasses.fields(event)})


def value_of(hint):
    origin, members = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):
        return value_of(members[0])
    if origin is tuple:
        return (value_of(members[0]),)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return next(iter(hint))
    samples = {UUID: uuid4(), str: MARK, int: 7, bool: True, float: 1.5}
    return samples.get(hint, datetime(2026, 11, 16, tzinfo=UTC))


@pytest.mark.law("L42")
@pytest.mark.promise("P113")
async def test_no_event_tells_an_address_more_than_that_there_is_news(way, receiver):
    open_to_all = await endpoint(way, f"{receiver.url}/uncovered")
    await endpoint(way, f"{receiver.url}/covered", covered=True)
    kinds = [kind for kind in every_event() if kind.name not in ELSEWHERE | UNCONCERNED]
    made = {kind.name: happened(kind) for kind in kinds}
    await way.travel()
    receiver.heard.clear()
    async with way.unit_of_work(await protected(way)) as uow:
        for event in made.values():
            uow.record(event)
    await way.travel()
    told = {"uncovered": {}, "covered": {}}
    for heard in receiver.heard:
        where = heard.path.rpartition("/")[2]
        told[where][heard.message["type"]] = heard.message
    assert made.keys() <= told["uncovered"].keys()
    for name, event in made.items():
        assert told["uncovered"][name]["data"] == NEWS, name
        assert MARK not in str(told["uncovered"][name]), name
        assert str(event.key) not in str(told["uncovered"][name]), name
        assert told["covered"][name]["data"] == event.payload(), name
    assert open_to_all.enabled


@pytest.mark.law("L40")
async def test_every_disclosure_is_accounted_for(way, receiver):
    await endpoint(way, f"{receiver.url}/covered", "contact.*", covered=True)
    await endpoint(way, f"{receiver.url}/uncovered", "contact.*")
    anna = await patient(way)
    await way.travel()
    assert len(receiver.heard) == 2
    found = await disclosures(way)
    assert [(entry.object_type, entry.object_id, entry.discloses) for entry in found] == [
        ("contact", anna.id, True)
    ]
    told = found[0].details.load()
    assert (told["to"], told["purpose"]) == ("Cloud EHR", "service")


async def test_an_agreement_that_ended_opens_nothing(way, receiver):
    made = await endpoint(way, f"{receiver.url}/covered", "contact.*", covered=True)
    async with way.unit_of_work(way.scope) as uow:
        standing = await Agreements(uow).in_force(f"webhook:{made.id}")
        await agreements.end(uow, standing.id, "We use it no more")
    await patient(way)
    await way.travel()
    assert [heard.message["data"] for heard in receiver.heard] == [NEWS]
    assert await disclosures(way) == []


async def test_a_document_of_a_subscriber_is_not_answered(way, receiver):
    document = "query { event { __typename } }"
    async with way.unit_of_work(way.scope) as uow:
        new = NewEndpoint(receiver.url, ("contact.*",), payload=document)
        await service.create(uow, new, LOOPBACK)
    await patient(way)
    await way.travel()
    [heard] = receiver.heard
    assert heard.message["data"] == NEWS
    assert "errors" not in heard.message


@pytest.mark.law("L42")
@pytest.mark.promise("P113")
@pytest.mark.parametrize(
    ("channel", "priority", "subject", "text"),
    [
        (
            Channel.VOICE,
            Priority.NORMAL,
            "A new call: log in to see it",
            "There is a new call at {business}. Log in to see it.\n",
        ),
        (
            Channel.VOICE,
            Priority.EMERGENCY,
            "URGENT: A new call: log in to see it",
            "There is a new call at {business}. Log in to see it.\n",
        ),
        (
            Channel.CHAT,
            Priority.NORMAL,
            "A new chat: log in to see it",
            "There is a new chat at {business}. Log in to see it.\n",
        ),
        (
            Channel.SMS,
            Priority.NORMAL,
            "A new text conversation: log in to see it",
            "There is a new text conversation at {business}. Log in to see it.\n",
        ),
    ],
)
async def test_a_letter_says_no_more_than_that_there_is_news(
    way, postbox, channel, priority, subject, text
):
    await converse(way, channel, priority)
    await way.travel()
    [mail] = postbox.letters
    assert mail.subject == subject
    assert mail.text == text.format(business=way.scope.tenant.name)
    assert not [secret for secret in SECRETS if secret in str(mail)]


@pytest.mark.parametrize("channel", [Channel.CHAT, Channel.VOICE])
async def test_letters_under_an_agreement_say_it_all(way, postbox, channel):
    async with way.unit_of_work(way.scope) as uow:
        await agree(uow, agreements.MAIL, party="Mail Ltd", purpose=Purpose.CALL_DELIVERY)
    held = await converse(way, channel)
    await way.travel()
    [mail] = postbox.letters
    # What the policy masks for letters is masked all the same.
    assert "came back positive" in mail.text
    assert "Zebulon Quick" in mail.text
    assert [entry.object_id for entry in await disclosures(way)] == [held.id]


@pytest.mark.law("L42")
def test_no_other_letter_knows_of_callers():
    known = {"appointments", "calls", "contacts", "conversations", "leads", "recordings"}
    # The port through which letters leave stands among the messages.
    about_callers = {f"domain.{name}" for name in known} | {"domain.messages.repository"}
    found = {}
    for room in ("tenants", "plugins", "api", "domain", "deskbell"):
        for path in (ROOT / room).rglob("*.py"):
            text = path.read_text()
            if "mailer.send(" in text:
                imported = {
                    node.module or ""
                    for node in ast.walk(ast.parse(text))
                    if isinstance(node, ast.ImportFrom)
                }
                found[str(path.relative_to(ROOT))] = {
                    name for name in imported if name.startswith(tuple(about_callers))
                }
    assert len(found) > 5
    assert {path for path, names in found.items() if names} == {"plugins/notify/handlers.py"}


async def patient(way):
    async with way.unit_of_work(await protected(way)) as uow:
        details = contacts.Details(name="Zebulon Quick", phone=PHONE)
        return await contacts.add(uow, details, source=Source.CALLER)


async def converse(way, channel, priority=Priority.NORMAL):
    """A finished conversation with a patient, who left a message."""
    someone = await patient(way)
    async with way.unit_of_work(await protected(way)) as uow:
        version, _ = await versions.pin(uow)
        opening = conversations.Opening(channel, "en", version.id, "1", "1", contact_id=someone.id)
        held = await conversations.start(uow, opening)
        new = messages.NewMessage(held.id, WORDS, callback_number=PHONE, priority=priority)
        await messages.leave(uow, new)
        findings = conversations.Findings(WORDS, Outcome.MESSAGE, success=True, extracted={})
        await conversations.keep_findings(uow, held.id, findings)
        if channel is Channel.VOICE:
            uow.record(CallFinalized(call_id=uuid4(), conversation_id=held.id))
    return held


async def disclosures(way):
    async with way.unit_of_work(way.scope) as uow:
        entries = AuditEntries(uow)
        return await entries.page(entries.all().filter(action="phi.disclosed").order_by("id"))
