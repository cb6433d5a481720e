"""An account over a year: used, forgotten, put away; closed, taken up again, erased."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from domain import calls, contacts, phone_numbers
from domain.errors import Forbidden, InvalidInput, StepUpRequired, Unavailable
from domain.personal import Source
from domain.phone_numbers import tenant_of_number
from domain.phone_numbers.repository import PhoneNumbers
from domain.scope import TenantStatus
from plugins.delivery import Deliverer
from plugins.registry import Registry
from tenants import sessions
from tenants.agreements.errors import DispositionMissing
from tenants.agreements.models import Disposal
from tenants.agreements.repository import Dispositions
from tenants.api_keys import service as keys
from tenants.api_keys.repository import ApiKeys
from tenants.door import Door
from tenants.life_cycle import service
from tenants.life_cycle.errors import GraceOver, HouseStays, NotClosed
from tenants.life_cycle.keeper import LifeKeeper
from tenants.life_cycle.letters import LifeLetters
from tenants.life_cycle.models import Stage
from tenants.life_cycle.rounds import begin_lives
from tenants.life_cycle.service import Closing
from tenants.models import Role
from tenants.passkeys import RelyingParty
from tenants.service import job_scope, member_scope, tenant_facts
from tests.conftest import as_system
from tests.factories.calls import ring
from tests.factories.policies import promise
from tests.factories.tenants import PASSWORD
from tests.fakes.mailer import Postbox
from tests.plugins.conftest import PACE, Road

DAY = timedelta(days=1)


class Eraser:
    """Erases nothing, and remembers whom."""

    def __init__(self):
        self.erased, self.away = [], False

    async def __call__(self, uow):
        if self.away:
            raise Unavailable("Not now")
        self.erased.append(uow.tenant_id)
        return uuid4()


@pytest.fixture
def eraser():
    return Eraser()


@pytest.fixture
def postbox():
    return Postbox()


@pytest.fixture
async def road(unit_of_work, scope, database, eraser, postbox):
    """An account that was opened and that somebody looks after."""
    keeper, letters = LifeKeeper(eraser), LifeLetters("https://desk.test")
    registry = Registry((*keeper.handlers, *letters.handlers), keeper.jobs, plugins=())
    made = Road(
        registry,
        unit_of_work,
        scope,
        database,
        Deliverer(registry, unit_of_work, postbox, PACE),
    )
    await made.travel()
    return made


async def pass_days(road, days, step=1):
    """Let days go by, with the relay at work on each."""
    for _ in range(days // step):
        road.wait(step * DAY)
        # What a job causes is handed on by the next turn of the relay.
        await road.travel()
        await road.travel()


async def owner(scope):
    return await member_scope(scope.tenant_id, UUID(scope.actor.id), Role.OWNER)


async def state(road):
    async with road.unit_of_work(await job_scope(road.scope.tenant_id, "tests")) as uow:
        return await service.state(uow)


async def close(road, **more):
    scope = await owner(road.scope)
    async with road.unit_of_work(scope) as uow:
        return await service.close(uow, Closing(scope.tenant.slug, **more))


async def reopen(road):
    scope = await owner(road.scope)
    async with road.unit_of_work(scope) as uow:
        return await service.reopen(uow, scope.tenant.slug)


async def sign_in(road):
    door = Door(road.unit_of_work, RelyingParty("desk.test", ("https://desk.test",)))
    email = f"owner@{road.scope.tenant.slug}.test"
    return (await door.sign_in(email, PASSWORD, sessions.Origin("curl", ""))).session


def subjects(postbox, scope):
    return [mail.subject.removeprefix(scope.tenant.name) for mail in postbox.letters]


@pytest.mark.promise("P062", "P063")
async def test_an_account_that_nobody_uses_ends_within_two_years(road, postbox, eraser, scope):
    assert (await state(road)).stage is Stage.ACTIVE
    await pass_days(road, 335, step=335)
    await pass_days(road, 30)
    assert (await state(road)).stage is Stage.INACTIVE
    assert subjects(postbox, scope) == [
        " becomes inactive in 30 days",
        " becomes inactive in 7 days",
        " becomes inactive tomorrow",
        " is inactive",
    ]
    await pass_days(road, 275, step=55)
    away = await state(road)
    assert away.stage is Stage.ARCHIVED
    assert (await tenant_facts(scope.tenant_id)).status is TenantStatus.ARCHIVED
    await pass_days(road, 89, step=89)
    assert eraser.erased == []
    await pass_days(road, 1)
    assert eraser.erased == [scope.tenant_id]
    gone = await state(road)
    assert gone.stage is Stage.ERASED
    assert {each["data_class"] for each in gone.kept} == {"audit", "billing", "consent"}


@pytest.mark.promise("P063")
async def test_what_is_put_away_is_out_of_reach(road, scope):
    await pass_days(road, 640, step=320)
    away = await owner(scope)
    assert away.tenant.status is TenantStatus.ARCHIVED
    for permission in ("contacts:read", "transcripts:read", "contacts:write", "calls:read"):
        with pytest.raises(Forbidden):
            away.require(permission)
    for permission in ("data:export", "tenant:close", "account:write"):
        away.require(permission)
    await reopen(road)
    (await owner(scope)).require("contacts:read")


@pytest.mark.promise("P062")
@pytest.mark.parametrize("sign", ["sign_in", "call"])
async def test_a_sign_of_life_begins_the_year_anew(road, postbox, scope, sign):
    await pass_days(road, 364, step=182)
    if sign == "sign_in":
        await sign_in(road)
    else:
        await ring(road.unit_of_work, await owner(scope))
    postbox.letters.clear()
    await pass_days(road, 330, step=110)
    assert (await state(road)).stage is Stage.ACTIVE
    await pass_days(road, 35, step=5)
    assert (await state(road)).stage is Stage.INACTIVE
    assert subjects(postbox, scope)[0].startswith(" becomes inactive in")


async def test_an_inactive_account_revives_by_itself(road, scope):
    await pass_days(road, 400, step=400)
    assert (await state(road)).stage is Stage.INACTIVE
    await sign_in(road)
    async with road.unit_of_work(await job_scope(scope.tenant_id, "tests")) as uow:
        await service.look(uow)
    assert (await state(road)).stage is Stage.ACTIVE


async def test_a_program_is_no_sign_of_life(road, scope):
    async with road.unit_of_work(scope) as uow:
        await contacts.add(uow, contacts.Details(name="Anna"), source=Source.INTEGRATION)
    await pass_days(road, 366, step=366)
    assert (await state(road)).stage is Stage.INACTIVE


async def test_accounts_from_before_are_found(unit_of_work, other_scope, database, clock):
    async with as_system(database):
        assert await begin_lives(unit_of_work.ids, clock.now()) >= 1


@pytest.mark.promise("P057", "P058")
async def test_a_closed_account_is_erased_after_its_grace(road, postbox, eraser, scope, clock):
    closed = await close(road, reason="We retire")
    assert closed.erase_at == clock.now() + 90 * DAY
    assert (await tenant_facts(scope.tenant_id)).status is TenantStatus.CLOSING
    await road.travel()
    [letter] = postbox.letters
    assert letter.subject.endswith(" is closed")
    assert "export everything" in letter.text
    await pass_days(road, 89, step=89)
    assert eraser.erased == []
    await pass_days(road, 1)
    assert eraser.erased == [scope.tenant_id]


@pytest.mark.promise("P057")
async def test_an_account_can_be_taken_up_again(road, eraser, scope):
    await close(road)
    await pass_days(road, 80, step=80)
    assert (await reopen(road)).stage is Stage.ACTIVE
    assert (await tenant_facts(scope.tenant_id)).status is TenantStatus.ACTIVE
    await pass_days(road, 60, step=30)
    assert eraser.erased == []


async def test_after_its_grace_it_cannot(road, scope):
    await close(road)
    road.wait(90 * DAY)
    with pytest.raises(GraceOver):
        await reopen(road)
    await road.travel()
    with pytest.raises(GraceOver):
        await reopen(road)


async def test_what_is_open_cannot_be_taken_up(road):
    with pytest.raises(NotClosed):
        await reopen(road)


async def test_closing_twice_changes_nothing(road):
    first = await close(road, reason="We retire")
    road.wait(DAY)
    again = await close(road, reason="Again")
    assert (again.erase_at, again.closed_because) == (first.erase_at, "We retire")


@pytest.mark.parametrize("typed", ["", "somebody-else"])
async def test_closing_wants_the_name_typed(road, scope, typed):
    with pytest.raises(InvalidInput):
        async with road.unit_of_work(scope) as uow:
            await service.close(uow, Closing(typed))


async def test_closing_asks_who_is_there(road, scope, clock):
    begun = await sign_in(road)
    clock.advance(timedelta(minutes=11))
    standing = await sessions.resume(begun.token, clock.now())
    with pytest.raises(StepUpRequired):
        async with road.unit_of_work(standing.scope) as uow:
            await service.close(uow, Closing(scope.tenant.slug))


async def test_only_the_owner_closes(road, scope):
    admin = await member_scope(scope.tenant_id, UUID(scope.actor.id), Role.ADMIN)
    with pytest.raises(Forbidden):
        async with road.unit_of_work(admin) as uow:
            await service.close(uow, Closing(scope.tenant.slug))


async def test_a_house_stays(unit_of_work, agency):
    with pytest.raises(HouseStays):
        async with unit_of_work(agency) as uow:
            await service.close(uow, Closing(agency.tenant.slug))


async def test_with_the_account_every_way_in_ends(road, scope):
    number = f"+1646{uuid4().int % 10_000_000:07}"
    async with road.unit_of_work(scope) as uow:
        await phone_numbers.attach(uow, number)
        await keys.create(uow, keys.NewKey("robot", ("calls:read",)))
    await close(road)
    async with road.unit_of_work(await owner(scope)) as uow:
        assert await PhoneNumbers(uow).page(PhoneNumbers(uow).all()) == []
        [key] = await ApiKeys(uow).page(ApiKeys(uow).all())
    assert key.revoked_at is not None
    assert await tenant_of_number(number) is None


async def test_an_eraser_that_is_away_is_asked_again(road, eraser, scope):
    await close(road)
    eraser.away = True
    await pass_days(road, 90, step=90)
    assert (await state(road)).stage is Stage.CLOSED
    eraser.away = False
    await pass_days(road, 1)
    assert eraser.erased == [scope.tenant_id]


@pytest.mark.law("L37")
@pytest.mark.promise("P113")
async def test_health_data_is_returned_or_destroyed_on_record(road, scope):
    await promise(road.unit_of_work, scope, preset="healthcare")
    async with road.unit_of_work(await owner(scope)) as uow:
        await contacts.add(uow, contacts.Details(name="Anna"), source=Source.CALLER)
    with pytest.raises(DispositionMissing):
        await close(road)
    await close(road, health_data=Disposal.RETURNED, reason="Exported to us")
    await pass_days(road, 90, step=90)
    async with road.unit_of_work(await job_scope(scope.tenant_id, "tests")) as uow:
        decided = await Dispositions(uow).page(Dispositions(uow).all().order_by("id"))
    assert [each.how for each in decided] == [Disposal.RETURNED, Disposal.RETURNED]
    assert decided[0].rows >= 1


async def test_a_caller_can_still_leave_a_message(road, scope):
    line = await ring(road.unit_of_work, await owner(scope))
    await close(road)
    async with road.unit_of_work(await job_scope(scope.tenant_id, "phone")) as uow:
        await calls.answer(uow, line.call.id)
