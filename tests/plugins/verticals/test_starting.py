"""A fresh business is set up as its trade usually is, books a first visit, and can go back."""

import pytest

from api.reception import Arrival, Reception
from domain import business, reminders
from domain.appointments.repository import Appointments
from domain.conversations.acts import Disposition, Say
from domain.conversations.models import Channel
from domain.errors import InvalidInput, NotFound
from domain.outreach.agreements.models import Route
from domain.receptionist.ports import Transcript
from domain.reminders.models import RuleKind
from integrations.http_out import Outbound
from plugins import floors, settings, starting
from plugins.abilities import Tools
from plugins.admission import Equipment
from plugins.guard import Breakers
from plugins.registry import Registry
from plugins.setting_up import TemplatePlugins
from tenants.organizations.setting_up import set_up
from tenants.organizations.setup import read
from tenants.service import job_scope
from tests.factories.policies import promise

REGISTRY = Registry()


async def start(unit_of_work, scope, name="home_services"):
    async with unit_of_work(scope) as uow:
        return await starting.apply(uow, REGISTRY, name)


async def profile(unit_of_work, scope):
    async with unit_of_work(scope) as uow:
        return await business.profile(uow)


async def say(conversation, text):
    acts = [act async for act in conversation.hear(Transcript(text), offset_ms=0)]
    return " ".join(act.text for act in acts if isinstance(act, Say))


async def test_looking_at_a_starter_changes_nothing(unit_of_work, scope):
    before = await profile(unit_of_work, scope)
    async with unit_of_work(scope) as uow:
        changes = await starting.preview(uow, REGISTRY, "home_services")
        assert "service Drain cleaning: added" in changes
        assert uow.events == []
    assert await profile(unit_of_work, scope) == before


@pytest.mark.parametrize("name", REGISTRY.verticals)
async def test_a_starter_is_applied_once(unit_of_work, scope, name):
    if REGISTRY.manifest(name).needs_hipaa:
        await promise(unit_of_work, scope, preset="healthcare")
        scope = await job_scope(scope.tenant_id, "tests")
    assert f"plugin {name}: changed" in (await start(unit_of_work, scope, name)).changes
    assert (await start(unit_of_work, scope, name)).changes == []
    services = (await profile(unit_of_work, scope)).services
    assert all(each.resource_ids for each in services if each.bookable)


async def test_a_starter_reaches_a_first_booking(unit_of_work, scope):
    await start(unit_of_work, scope)
    equipment = Equipment(unit_of_work, Outbound())
    tools = Tools(REGISTRY, equipment, Breakers(unit_of_work.clock))
    arrival = Arrival(scope.tenant_id, Channel.VOICE, "+12125550142")
    welcome = await Reception(unit_of_work, tools=tools).welcome(arrival)
    assert [act async for act in welcome.conversation.open()]
    asked = await say(welcome.conversation, "I need drain cleaning tomorrow at 2 pm")
    assert "What is the ZIP code" in asked
    await say(welcome.conversation, "10001")
    await say(welcome.conversation, "Anna Lopez")
    assert "You are booked for a drain cleaning" in await say(welcome.conversation, "yes")
    await welcome.conversation.close(Disposition.CALLER_HANGUP)
    async with unit_of_work(scope) as uow:
        [visit] = await Appointments(uow).page(Appointments(uow).all())
        assert visit.notes.read() == "ZIP 10001"


async def test_a_starter_is_taken_back_by_its_version(unit_of_work, scope):
    async with unit_of_work(scope) as uow:
        await business.add_location(uow, "Main Street", scope.tenant.timezone)
        own = await business.add_service(uow, "Own service", 30)
        await business.change_service(uow, own.id, price_minor=100)
    before = await profile(unit_of_work, scope)
    started = await start(unit_of_work, scope)
    async with unit_of_work(scope) as uow:
        await business.change_service(uow, own.id, price_minor=900)
    async with unit_of_work(scope) as uow:
        assert await business.restore(uow, started.before) > started.after
    assert await profile(unit_of_work, scope) == before


async def rules_of(unit_of_work, scope):
    async with unit_of_work(scope) as uow:
        return [
            (rule.kind.value, rule.route.value, rule.minutes_before, rule.words)
            for rule in await reminders.rules(uow)
        ]


async def test_people_are_told_of_visits_as_in_the_trade(unit_of_work, scope):
    async with unit_of_work(scope) as uow:
        changes = await starting.preview(uow, REGISTRY, "restaurant")
    assert "confirmation by text: added" in changes
    assert "reminder by text 3 hours before: added" in changes
    assert await rules_of(unit_of_work, scope) == []
    started = await start(unit_of_work, scope, "restaurant")
    assert started.changes == changes
    wordings = REGISTRY.verticals["restaurant"].wordings
    confirmed, reminded = wordings[RuleKind.CONFIRMATION], wordings[RuleKind.REMINDER]
    assert await rules_of(unit_of_work, scope) == [
        ("confirmation", "email", None, confirmed),
        ("confirmation", "text", None, confirmed),
        ("reminder", "text", 180, reminded),
    ]


async def test_what_came_with_a_starter_goes_with_it(unit_of_work, scope):
    async with unit_of_work(scope) as uow:
        own = reminders.NewRule(RuleKind.REMINDER, Route.EMAIL, 90, words="Own words")
        same = reminders.NewRule(RuleKind.CONFIRMATION, Route.EMAIL)
        await reminders.add_rule(uow, own)
        kept = await reminders.add_rule(uow, same)
        await reminders.change_rule(uow, kept.id, active=False)
    before = await rules_of(unit_of_work, scope)
    started = await start(unit_of_work, scope)
    assert len(await rules_of(unit_of_work, scope)) > len(before)
    async with unit_of_work(scope) as uow:
        await starting.restore(uow, started.after)
    assert len(await rules_of(unit_of_work, scope)) > len(before)
    async with unit_of_work(scope) as uow:
        await starting.restore(uow, started.before)
    assert await rules_of(unit_of_work, scope) == before


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "reminder"},
        {"kind": "confirmation", "minutes_before": 60},
        {"kind": "confirmation", "route": "call"},
        {"kind": "confirmation", "words": "Hello {stranger}"},
    ],
)
def test_a_setup_tells_people_only_what_can_be_told(wrong):
    with pytest.raises(InvalidInput) as refused:
        read({"reminders": [wrong]})
    assert refused.value.problems[0].path.startswith("content.reminders.0")


async def test_a_reminder_is_of_a_service_that_there_is(unit_of_work, scope):
    setup = read({"reminders": [{"kind": "confirmation", "service": "Tea"}]})
    with pytest.raises(InvalidInput, match="No service is called"):
        async with unit_of_work(scope) as uow:
            await set_up(uow, setup, TemplatePlugins(lambda: REGISTRY))


@pytest.mark.parametrize("name", REGISTRY.verticals)
def test_every_trade_confirms_visits_and_reminds_of_them(name):
    kinds = {rule.kind for rule in REGISTRY.verticals[name].starter.reminders}
    assert kinds == set(RuleKind)


async def test_what_was_removed_since_comes_back(unit_of_work, scope):
    started = await start(unit_of_work, scope)
    there = await profile(unit_of_work, scope)
    async with unit_of_work(scope) as uow:
        await business.remove_service(uow, there.services[0].id)
        await business.remove_resource(uow, there.resources[0].id)
    async with unit_of_work(scope) as uow:
        await business.restore(uow, started.after)
    again = await profile(unit_of_work, scope)
    names = {each.id: each.name for each in again.resources}
    provided = {s.name: {names[id] for id in s.resource_ids} for s in again.services}
    assert provided["Diagnostic visit"] == {"Technician 1", "Technician 2"}
    assert len(again.services) == len(there.services)


async def test_only_what_there_is_can_be_started_or_restored(unit_of_work, scope):
    with pytest.raises(NotFound):
        await start(unit_of_work, scope, "notify")
    with pytest.raises(NotFound):
        await start(unit_of_work, scope, "cakes")
    with pytest.raises(NotFound):
        async with unit_of_work(scope) as uow:
            await business.restore(uow, 99)


async def test_a_setup_names_only_those_there_are(unit_of_work, scope):
    setup = read({"hours": [], "services": [{"name": "Tea", "provided_by": ["Nobody"]}]})
    with pytest.raises(InvalidInput) as refused:
        async with unit_of_work(scope) as uow:
            await set_up(uow, setup, TemplatePlugins(lambda: REGISTRY))
    assert refused.value.problems[0].path == "content.services"


async def test_a_trade_that_is_on_sets_a_floor(unit_of_work, scope):
    async with unit_of_work(scope) as uow:
        assert await floors.floors(uow, REGISTRY) == []
        await settings.enable(uow, REGISTRY, "home_services")
        [floor] = await floors.floors(uow, REGISTRY)
        assert (floor.authority, str(floor.period)) == ("plugin", "P1Y")
