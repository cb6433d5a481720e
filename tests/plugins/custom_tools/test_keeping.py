"""Making tools, changing them, trying them out, and how they do."""

from dataclasses import replace

import pytest

from domain.errors import Forbidden, InvalidInput
from domain.outbox import OutboxEntry
from plugins import settings
from plugins.custom_tools import rules, running, service
from plugins.custom_tools.errors import ToolNameTaken, TooManyTools
from plugins.custom_tools.models import ToolOutcome
from plugins.custom_tools.repository import CustomTools, CustomToolSecrets
from plugins.custom_tools.rules import NAME
from plugins.custom_tools.service import Secret
from plugins.errors import PluginNotEnabled
from plugins.registry import Registry
from tests.factories.tools import parcel
from tests.plugins.custom_tools.conftest import LOOPBACK, found


async def try_out(shop, tool, **inputs):
    errand = await shop.do(service.begin_trial, tool.id, inputs)
    result = await running.ask(errand, shop.out, shop.unit_of_work.clock)
    await shop.do(service.end_trial, errand, result)
    return result


async def test_what_was_made_is_there(shop):
    tool = await shop.make()
    assert tool.created_by == f"member:{shop.scope.actor.id}"
    async with shop.unit_of_work(shop.scope) as uow:
        names = [each.name for each in await CustomTools(uow).enabled()]
        said = await OutboxEntry.filter(tenant_id=uow.tenant_id, name="tool.created").using_db(
            uow.connection
        )
    assert (names, len(said)) == (["parcel_status"], 1)


async def test_the_plugin_must_be_on(shop):
    with pytest.raises(PluginNotEnabled):
        await shop.do(service.create, parcel(), LOOPBACK)
    tool = await shop.make()
    await shop.do(settings.disable, Registry(), NAME)
    with pytest.raises(PluginNotEnabled):
        await try_out(shop, tool, number="AB1234")


async def test_two_tools_have_two_names(shop):
    tool = await shop.make()
    with pytest.raises(ToolNameTaken):
        await shop.make()
    other = await shop.make(name="other")
    with pytest.raises(ToolNameTaken):
        await shop.do(service.update, other.id, LOOPBACK, {"name": tool.name})


async def test_there_are_only_so_many(shop, monkeypatch):
    monkeypatch.setattr(rules, "MOST_TOOLS", 1)
    await shop.make()
    with pytest.raises(TooManyTools):
        await shop.make(name="other")


async def test_whoever_may_only_look_makes_none(shop):
    tool = await shop.make()
    shop.scope = replace(shop.scope, permissions=frozenset({"tools:read"}))
    for deed in (
        lambda: shop.do(service.create, parcel(name="other"), LOOPBACK),
        lambda: shop.do(service.update, tool.id, LOOPBACK, {"enabled": False}),
        lambda: shop.do(service.delete, tool.id),
        lambda: shop.do(service.begin_trial, tool.id, {}),
    ):
        with pytest.raises(Forbidden):
            await deed()


async def test_a_change_has_to_make_sense_as_a_whole(shop):
    tool = await shop.make()
    with pytest.raises(InvalidInput):
        await shop.do(service.update, tool.id, LOOPBACK, {"answers": []})
    changes = {"answers": [], "says": "It is there."}
    changed = await shop.do(service.update, tool.id, LOOPBACK, changes)
    assert (changed.says, changed.answers, changed.purpose) == ("It is there.", [], tool.purpose)


async def test_a_secret_can_be_changed_and_forgotten(shop):
    tool = await shop.make(Secret("X-Key", "one"))
    await shop.do(service.update, tool.id, LOOPBACK, {"secret": Secret("X-Key", "two")})
    errand = await shop.do(service.begin_trial, tool.id, {"number": "AB1234"})
    assert errand.headers["X-Key"] == "two"
    await shop.do(service.update, tool.id, LOOPBACK, {"secret": None})
    async with shop.unit_of_work(shop.scope) as uow:
        assert await CustomToolSecrets(uow).of(tool.id) is None


async def test_a_trial_says_what_a_caller_would_hear(shop, address):
    tool = await shop.make(enabled=False)
    result = await try_out(shop, tool, number="AB1234")
    assert (result.outcome, result.status) == (ToolOutcome.ANSWERED, 200)
    assert result.said == "Your parcel is on its way. It comes on Friday, November 20."
    [run] = await shop.runs()
    assert (run.conversation_id, run.sealed_under) == (None, shop.scope.tenant_id)


@pytest.mark.parametrize("inputs", [{}, {"number": "1"}, {"number": "AB1234", "more": 1}])
async def test_a_trial_wants_what_the_schema_wants(shop, address, inputs):
    tool = await shop.make()
    with pytest.raises(InvalidInput):
        await try_out(shop, tool, **inputs)
    assert address.asked == []


async def test_how_a_tool_does_is_seen_from_its_last_runs(shop, address):
    tool = await shop.make()

    async def health(*, enabled=True):
        standing = await shop.do(service.standing, tool.id, enabled=enabled)
        return standing.health, standing.last_error

    assert await health() == ("ok", "")
    address.answers = [found(status=500)]
    await try_out(shop, tool, number="AB1234")
    assert await health() == ("failing", "Status 500")
    address.answers = [found()]
    await try_out(shop, tool, number="AB1234")
    assert await health() == ("degraded", "Status 500")
    assert (await health(enabled=False))[0] == "off"


async def test_a_tool_goes_with_all_that_hangs_on_it(shop, address):
    tool = await shop.make(Secret("X-Key", "one"))
    await try_out(shop, tool, number="AB1234")
    await shop.do(service.delete, tool.id)
    assert await shop.runs() == []
    async with shop.unit_of_work(shop.scope) as uow:
        assert await CustomToolSecrets(uow).of(tool.id) is None
