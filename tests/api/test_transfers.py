"""What an owner sees of callers who were put through."""

from datetime import timedelta

from domain import transfers
from domain.transfers.rules import News
from tests.factories import calls as telephones
from tests.factories.business import open_practice

CALLS = """{ tenant { calls(first: 5) { edges { node { transfers {
  state reason requestedAt settledAt bridgedAt endedAt target { label } } } } } } }"""


async def told(owner):
    [edge] = (await owner.ask(CALLS))["tenant"]["calls"]["edges"]
    return edge["node"]["transfers"]


async def test_attempts_are_listed_in_order_with_what_came_of_them(
    owner, unit_of_work, scope, clock
):
    await open_practice(unit_of_work, scope)
    line = await telephones.answered(unit_of_work, scope)
    assert await told(owner) == []
    async with unit_of_work(scope) as uow:
        desk = await transfers.add_target(uow, "Front desk", "+12125550111")
        billing = await transfers.add_target(uow, "Billing", "+12125550112")
    async with unit_of_work(line.scope) as uow:
        first = await transfers.request(uow, line.call.id, desk.id, reason="A broken tooth")
    async with unit_of_work(line.scope) as uow:
        await transfers.hear(uow, first.id, News.UNTAKEN)
    clock.advance(timedelta(seconds=20))
    async with unit_of_work(line.scope) as uow:
        second = await transfers.request(uow, line.call.id, billing.id)
        await transfers.hear(uow, second.id, News.ANSWERED)
    unanswered, answered = await told(owner)
    assert (unanswered["state"], unanswered["reason"]) == ("RETURNED", "A broken tooth")
    assert unanswered["target"] == {"label": "Front desk"}
    assert (unanswered["bridgedAt"], unanswered["endedAt"]) == (None, None)
    assert (answered["state"], answered["reason"]) == ("BRIDGED", None)
    assert answered["bridgedAt"] == answered["requestedAt"] > unanswered["settledAt"]


async def test_a_target_that_was_removed_leaves_its_transfers(owner, unit_of_work, scope):
    await open_practice(unit_of_work, scope)
    line = await telephones.answered(unit_of_work, scope)
    async with unit_of_work(scope) as uow:
        desk = await transfers.add_target(uow, "Front desk", "+12125550111")
    async with unit_of_work(line.scope) as uow:
        await transfers.request(uow, line.call.id, desk.id)
    async with unit_of_work(scope) as uow:
        await transfers.remove_target(uow, desk.id)
    [transfer] = await told(owner)
    assert (transfer["state"], transfer["target"]) == ("REQUESTED", None)
