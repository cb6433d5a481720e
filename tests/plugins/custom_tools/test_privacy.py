"""What of callers leaves with a tool, what is kept of it, and what becomes of that."""

import pytest

from domain import contacts
from domain.consent.terms import Outcome
from domain.conversations.models import Channel
from domain.errors import NotFound
from domain.forgetting.events import ChildErased
from domain.personal import DataClass, Source
from domain.privacy.policy import Destination, Sensitive, StorageMode
from domain.receptionist.offers import Situation
from plugins import register, settings
from plugins.custom_tools import errands, service
from plugins.custom_tools.errors import ToolShut
from plugins.custom_tools.personal import TOLD, Runs
from plugins.custom_tools.repository import CustomToolRuns
from plugins.custom_tools.rules import NAME
from plugins.registry import Registry
from tenants.records.routes.errors import RouteOutside
from tests.factories.policies import agree
from tests.factories.tools import parcel
from tests.plugins.custom_tools.conftest import LOOPBACK
from tests.plugins.custom_tools.test_using import NUMBER, PHONE, WANTED

WHY = {
    "input_schema": {
        "type": "object",
        "properties": {"why": {"type": "string"}},
        "required": ["why"],
    },
    "inputs": [{"key": "why", "ask": "What is it about?", "data": "inquiry"}],
}


class Context:
    """As much of a handler's context as answering for people needs."""

    def __init__(self, shop) -> None:
        self.unit_of_work = lambda: shop.unit_of_work(shop.scope)


async def prepared(shop, tool, why="a leak", **situation):
    """An errand for a caller, as the tool makes it ready."""
    given = {"conversation_id": tool.id, "contact_id": None, "written": True, "kept": True}
    async with shop.unit_of_work(shop.scope) as uow:
        about = Situation(**given | {"at": uow.now} | situation)
        return await errands.for_caller(uow, tool, {"why": why}, about)


async def kept_of(shop, errand):
    [run] = [each for each in await shop.runs() if each.id == errand.run_id]
    return run


async def test_an_address_outside_the_region_is_refused_when_it_is_made(shop):
    shop.promising(region="EU")
    with pytest.raises(RouteOutside):
        await shop.make(**WHY, country="US", transfer="standard_clauses")
    await shop.make(**WHY, country="DE", transfer="not_needed")


async def test_one_that_is_told_nothing_of_callers_may_lie_anywhere(shop):
    shop.promising(region="EU")
    assert (await shop.make(country="US")).country == "US"


async def test_a_region_that_was_pinned_later_shuts_it(shop):
    tool = await shop.make(**WHY, country="US", transfer="standard_clauses")
    shop.promising(region="EU")
    with pytest.raises(ToolShut):
        await prepared(shop, tool)
    assert await shop.runs() == []


@pytest.mark.law("L42")
async def test_health_data_leaves_under_an_agreement_only(shop):
    tool = await shop.make(**WHY)
    shop.promising(hipaa=True)
    with pytest.raises(ToolShut):
        await prepared(shop, tool)
    async with shop.unit_of_work(shop.scope) as uow:
        await agree(uow, f"tool:{tool.id}", party="Cloud EHR")
    errand = await prepared(shop, tool)
    async with shop.unit_of_work(shop.scope) as uow:
        disclosed = await uow.connection.execute_query_dict(
            "SELECT object_id FROM audit_entry WHERE action = 'phi.disclosed' AND discloses"
        )
    # It was on record before anything left.
    assert [each["object_id"] for each in disclosed] == [errand.run_id]


async def test_whoever_is_told_stands_in_the_register(shop):
    await shop.make(**WHY, country="US", transfer="standard_clauses")
    async with shop.unit_of_work(shop.scope) as uow:
        entries = await register.register(uow, Registry(), ())
    [entry] = [each for each in entries if each.source == NAME]
    assert (entry.recipient.name, entry.recipient.standing) == ("Parcels Inc", "chosen")
    assert entry.recipient.data == {DataClass.INQUIRY}


async def test_whoever_is_told_nothing_stands_in_none(shop):
    await shop.make()
    async with shop.unit_of_work(shop.scope) as uow:
        assert await register.recipients(uow, Registry(), ()) == []


async def test_what_the_business_masks_does_not_leave(shop):
    tool = await shop.make(**WHY)
    masked = {Destination.WEBHOOK: frozenset({Sensitive.HEALTH})}
    shop.promising(masked=masked)
    errand = await prepared(shop, tool, "my diabetes, and card 4111 1111 1111 1111")
    assert b"diabetes" not in errand.body
    assert b"4111" not in errand.body


async def test_words_of_somebody_who_does_not_agree_are_not_kept(shop):
    tool = await shop.make(**WHY)
    run = await kept_of(shop, await prepared(shop, tool, kept=False))
    assert (run.inputs, run.outcome) == (None, "started")


@pytest.mark.parametrize(
    ("storage", "words", "conversation"),
    [
        (StorageMode.EVERYTHING, True, True),
        (StorageMode.NO_IDENTIFIERS, False, True),
        (StorageMode.METADATA_ONLY, False, True),
        (StorageMode.ZERO, False, False),
    ],
)
async def test_no_more_is_kept_than_was_promised(shop, storage, words, conversation):
    tool = await shop.make(**WHY)
    shop.promising(storage=storage)
    run = await kept_of(shop, await prepared(shop, tool))
    assert (run.inputs is not None, run.conversation_id is not None) == (words, conversation)


async def test_consent_is_a_condition(shop):
    tool = await shop.make(conditions=["consent_given"], **WHY)
    assert (await prepared(shop, tool)).body == b'{"why":"a leak"}'
    await shop.arrive(Channel.VOICE)
    conversation = shop.welcome.conversation
    conversation.state = conversation.state.to(consent=Outcome.DECLINED)
    assert "What is it about?" not in await shop.say(WANTED)


async def test_runs_are_answered_for(shop, address):
    await shop.make(conditions=["caller_proven"])
    async with shop.unit_of_work(shop.scope) as uow:
        details = contacts.Details(name="Anna Lee", phone=PHONE)
        anna = await contacts.add(uow, details, source=Source.OWNER)
    await shop.arrive(Channel.SMS, PHONE)
    await shop.say(WANTED, NUMBER)
    context, runs = Context(shop), Runs()
    [told] = (await runs.export(anna.id, context))["runs"]
    assert (told["outcome"], told["inputs"]) == ("answered", '{"number":"AB1234"}')
    receipt = await runs.erase(anna.id, context)
    assert (receipt.rows, receipt.note) == (1, TOLD)
    assert await shop.runs() == []
    assert (await runs.erase(anna.id, context)).rows == 0


async def test_a_secret_is_sealed_and_goes_to_no_other_address(shop):
    tool = await shop.make(service.Secret("Authorization", "Bearer sesame"))
    async with shop.unit_of_work(shop.scope) as uow:
        [row] = await uow.connection.execute_query_dict("SELECT secret FROM custom_tool_secret")
        assert b"sesame" not in bytes(row["secret"])
    errand = await shop.do(service.begin_trial, tool.id, {"number": "AB1234"})
    assert errand.headers["Authorization"] == "Bearer sesame"
    assert "sesame" not in repr(errand)
    await shop.do(service.update, tool.id, LOOPBACK, {"url": "http://127.0.0.1:1/other"})
    errand = await shop.do(service.begin_trial, tool.id, {"number": "AB1234"})
    assert "Authorization" not in errand.headers


async def test_another_tenants_tool_is_not_there(shop, other_scope):
    tool = await shop.make()
    async with shop.unit_of_work(other_scope) as uow:
        await settings.enable(uow, Registry(), NAME)
    deeds = (
        lambda uow: service.update(uow, tool.id, LOOPBACK, {"enabled": False}),
        lambda uow: service.delete(uow, tool.id),
        lambda uow: service.begin_trial(uow, tool.id, {"number": "AB1234"}),
    )
    for deed in deeds:
        with pytest.raises(NotFound):
            async with shop.unit_of_work(other_scope) as uow:
                await deed(uow)
    async with shop.unit_of_work(other_scope) as uow:
        assert await CustomToolRuns(uow).of_tool(tool.id).count() == 0
        # A name is taken at one business only.
        assert (await service.create(uow, parcel(), LOOPBACK)).name == tool.name


async def test_what_a_child_said_is_not_kept_here_either(shop, address, road):
    await shop.make()
    await shop.say(WANTED, NUMBER)
    conversation_id = shop.welcome.conversation.id
    way = road(Registry())
    async with way.unit_of_work(way.scope) as uow:
        uow.record(ChildErased(conversation_id=conversation_id))
    await way.travel()
    [run] = await shop.runs()
    assert (run.inputs, run.said, run.outcome) == (None, None, "answered")
