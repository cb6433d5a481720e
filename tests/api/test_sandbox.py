"""A sandbox: the real thing in every way but one, that nothing leaves it."""

from datetime import datetime, timedelta

import pytest

from domain import business
from domain.business.repository import Locations, Services
from domain.contacts.repository import Contacts
from domain.conversations.repository import Conversations
from domain.handlers import event_handlers, jobs
from domain.outbox import OutboxEntry
from domain.retention import holds
from domain.retention.holds.models import HoldReason
from domain.retention.holds.repository import LegalHolds
from plugins.delivery import Deliverer
from plugins.registry import Registry
from tenants.api_keys import service as api_keys
from tenants.api_keys.repository import ApiKeys
from tenants.members import invitations
from tenants.members.letters import MemberLetters
from tenants.members.rights import Assigned
from tenants.models import Role
from tenants.sandbox import service
from tenants.sandbox.repository import sandbox_of
from tests.api.conftest import browse
from tests.api.deeds import do, listed, refuse
from tests.conftest import NOW
from tests.factories.business import open_practice
from tests.factories.callers import ring
from tests.factories.members import key_of
from tests.fakes.mailer import Postbox
from tests.plugins.conftest import PACE, Road

PERMISSIONS = [
    "APPOINTMENTS_READ",
    "BUSINESS_READ",
    "CALLS_READ",
    "CONTACTS_READ",
    "CONVERSATIONS_READ",
    "KNOWLEDGE_READ",
    "MESSAGES_READ",
    "NUMBERS_WRITE",
    "SANDBOX_READ",
    "SANDBOX_WRITE",
    "TRANSCRIPTS_READ",
]
CALL = "call { id state caller conversation { turns { speaker text } } }"


@pytest.fixture
async def sandbox(owner, unit_of_work, scope):
    """The scope of the owner in the sandbox of a practice."""
    await open_practice(unit_of_work, scope)
    await do(owner, "sandboxCreate", "sandbox { name }", confirm=True)
    return await service.enter(scope)


@pytest.fixture
async def program(app, owner, sandbox):
    """A program with a key of the sandbox."""
    made = await do(owner, "sandboxKeyCreate", "token", name="Tests", permissions=PERMISSIONS)
    async with browse(app) as browser:
        browser.headers["Authorization"] = f"Bearer {made['token']}"
        yield browser


@pytest.fixture
def post(unit_of_work, sandbox, database):
    """The road of the sandbox's deliveries, with a real mailer that nobody should see."""
    postbox = Postbox()
    letters = MemberLetters("https://desk.test")
    registry = Registry((*event_handlers(), *letters.handlers), jobs(), plugins=())
    deliverer = Deliverer(registry, unit_of_work, postbox, PACE)
    road = Road(registry, unit_of_work, sandbox, database, deliverer)
    road.postbox = postbox
    return road


async def settle(road):
    while await road.travel():
        pass


async def test_a_sandbox_has_the_profile_and_nobody_of_its_business(
    owner, unit_of_work, scope, sandbox
):
    async with unit_of_work(scope, read_only=True) as uow:
        ours = (await business.profile(uow)).model_dump(mode="json")
    async with unit_of_work(sandbox, read_only=True) as uow:
        theirs = (await business.profile(uow)).model_dump(mode="json")
        assert await Contacts(uow).all().count() == 0

    def names(profile):
        return sorted(each["name"] for part in ("services", "resources") for each in profile[part])

    assert names(ours) == names(theirs)
    assert {each["id"] for each in ours["services"]}.isdisjoint(
        {each["id"] for each in theirs["services"]}
    )


async def test_there_is_one_at_most(owner, sandbox):
    assert await refuse(owner, "sandboxCreate", confirm=True) == "SandboxExistsError"


async def test_a_sandbox_has_no_sandbox(program):
    assert await refuse(program, "sandboxCreate", confirm=True) == "NoSandboxError"
    assert await refuse(program, "sandboxReset", confirm=True) == "NoSandboxError"


async def test_a_test_key_opens_the_sandbox_and_nothing_else(program, owner, scope):
    told = (await program.ask("{ tenant { name sandbox } }"))["tenant"]
    assert told == {"name": scope.tenant.name, "sandbox": True}
    assert (await owner.ask("{ tenant { sandbox } }"))["tenant"] == {"sandbox": False}


async def test_keys_tell_where_they_are_good(owner, unit_of_work, scope, sandbox):
    live, test = await key_of(unit_of_work, scope), await key_of(unit_of_work, sandbox)
    assert live.token.startswith("dbk_live_")
    assert test.token.startswith("dbk_test_")
    for token in (live.token.replace("live", "test"), test.token.replace("test", "live")):
        with pytest.raises(api_keys.KeyRefused):
            await api_keys.resume(unit_of_work, token, "")
    prefixes = await listed(owner, "apiKeys", "prefix")
    assert [each["prefix"][:9] for each in prefixes] == ["dbk_live_"]


async def test_a_key_is_made_once(owner, sandbox, unit_of_work):
    given = {"name": "CI", "permissions": ["CALLS_READ"], "idempotencyKey": "one"}
    await do(owner, "sandboxKeyCreate", "token", **given)
    assert await refuse(owner, "sandboxKeyCreate", **given) == "ShownOnceError"
    async with unit_of_work(sandbox) as uow:
        assert await ApiKeys(uow).all().count() == 1


async def test_a_key_of_the_sandbox_is_no_way_into_the_business(program, unit_of_work, scope):
    await ring(unit_of_work, scope, name="canary")
    for connection in ("contacts", "conversations"):
        query = f"{{ tenant {{ {connection} {{ edges {{ node {{ id }} }} }} }} }}"
        assert (await program.ask(query))["tenant"][connection]["edges"] == []


async def test_a_call_of_words_books_a_real_visit(program, post):
    lines = [
        "I would like to book a cleaning tomorrow at ten",
        "My name is Anna Miller",
        "yes",
        "yes please",
        "no thank you, goodbye",
    ]
    made = await do(program, "simulatedCallPlace", CALL, lines=lines, phone="+12125550142")
    call = made["call"]
    assert call["state"] == "ENDED"
    assert call["caller"] == "+12125550142"
    said = call["conversation"]["turns"]
    assert next(turn["text"] for turn in said if turn["speaker"] == "CALLER") == lines[0]
    assert said[0]["speaker"] == "RECEPTIONIST"
    await settle(post)
    [visit] = await listed(program, "appointments", "status service { name }")
    assert visit["service"]["name"] == "Cleaning"
    [settled] = await listed(program, "calls", "state conversation { outcome }")
    assert settled == {"state": "FINALIZED", "conversation": {"outcome": "BOOKED"}}


async def test_nobody_is_simulated_outside_a_sandbox(owner):
    assert await refuse(owner, "simulatedCallPlace", lines=["Hello"]) == "OnlyInSandboxError"
    assert await refuse(owner, "sandboxClockAdvance", by="PT1H") == "OnlyInSandboxError"


async def test_a_call_of_nothing_is_refused(program):
    assert await refuse(program, "simulatedCallPlace", lines=[]) == "InvalidInputError"
    assert await refuse(program, "simulatedCallPlace", lines=[" "]) == "InvalidInputError"
    assert await refuse(program, "simulatedCallPlace", lines=["x"] * 41) == "InvalidInputError"


async def test_letters_stay_in_the_sandbox(program, unit_of_work, sandbox, post):
    async with unit_of_work(sandbox) as uow:
        await invitations.invite(uow, "eve@somewhere.test", Assigned(Role.STAFF))
    await settle(post)
    assert post.postbox.letters == []
    [letter] = await listed(program, "capturedLetters", "to subject text")
    assert letter["to"] == ["eve@somewhere.test"]
    assert "/join#" in letter["text"]


async def test_no_number_rings_in_a_sandbox(program):
    refused = await refuse(program, "phoneNumberAttach", number="+12125550190")
    assert refused == "InvalidInputError"


async def remind(unit_of_work, sandbox):
    """Something that is due in two hours."""
    async with unit_of_work(sandbox) as uow:
        payload = {"call_id": str(uow.new_id())}
        at = uow.now + timedelta(hours=2)
        uow.schedule("calls.give_up", at=at, key="later", payload=payload)


async def test_time_passes_when_it_is_told_to(program, unit_of_work, scope, sandbox, post):
    await remind(unit_of_work, sandbox)
    assert await post.travel() == 0
    passed = await do(program, "sandboxClockAdvance", "now", by="PT3H")
    assert datetime.fromisoformat(passed["now"]) == NOW + timedelta(hours=3)
    assert await post.travel() == 1
    async with unit_of_work(await service.enter(scope)) as uow:
        assert (uow.now, uow.real_now) == (NOW + timedelta(hours=3), NOW)
    async with unit_of_work(scope) as uow:
        assert uow.now == NOW


async def test_what_happens_in_the_future_is_delivered_now(program, unit_of_work, scope, post):
    """The relay lives in real time: it waits for nothing that the sandbox has behind it."""
    await do(program, "sandboxClockAdvance", "now", by="P2D")
    post.scope = await service.enter(scope)
    await do(program, "simulatedCallPlace", CALL, lines=["What are your opening hours?"])
    await settle(post)
    [call] = await listed(program, "calls", "state ringingAt")
    assert call["state"] == "FINALIZED"
    assert datetime.fromisoformat(call["ringingAt"]) == NOW + timedelta(days=2)
    post.wait(timedelta(minutes=1))
    query = """{ tenant { calls(updatedSince: "1970-01-01T00:00:00Z") { edges { cursor } } } }"""
    assert len((await program.ask(query))["tenant"]["calls"]["edges"]) == 1


@pytest.mark.parametrize("by", ["PT0S", "-PT1H", "P400D"])
async def test_time_neither_stands_still_nor_runs_back(program, by):
    assert await refuse(program, "sandboxClockAdvance", by=by) == "InvalidInputError"


async def test_a_reset_forgets_what_was_tried_and_keeps_the_keys(
    program, owner, unit_of_work, scope, sandbox
):
    await do(program, "simulatedCallPlace", CALL, lines=["Hello"], phone="+12125550142")
    await remind(unit_of_work, sandbox)
    await do(program, "sandboxClockAdvance", "now", by="PT1H")
    told = await do(owner, "sandboxReset", "sandbox { now }", confirm=True)
    assert datetime.fromisoformat(told["sandbox"]["now"]) == NOW
    assert await listed(program, "calls", "id") == []
    assert await listed(program, "contacts", "id") == []
    async with unit_of_work(await service.enter(scope)) as uow:
        timers = OutboxEntry.filter(tenant_id=uow.tenant_id, kind="timer", done_at=None)
        assert await timers.using_db(uow.connection).count() == 0
        assert await Services(uow).all().count() > 0
    made = await do(program, "simulatedCallPlace", CALL, lines=["Hello"])
    assert made["call"]["state"] == "ENDED"


@pytest.mark.parametrize(
    "deed", [("sandboxReset", "sandbox { name }"), ("sandboxDelete", "deletedId")]
)
@pytest.mark.parametrize("named", [True, False])
async def test_what_is_held_in_a_sandbox_goes_with_it(owner, unit_of_work, sandbox, deed, named):
    caller = await ring(unit_of_work, sandbox)
    async with unit_of_work(sandbox) as uow:
        until = uow.now + timedelta(days=30)
        held = {"contact_id": caller.contact_id} if named else {}
        hold = await holds.place(uow, holds.NewHold(HoldReason.DISPUTE, until, **held))
    await do(owner, *deed, confirm=True)
    async with unit_of_work(sandbox) as uow:
        assert await Contacts(uow).all().count() == 0
        assert not await holds.held(uow)
        kept = await LegalHolds(uow).maybe(LegalHolds(uow).all().filter(id=hold.id))
        assert kept is None or kept.released_at is not None


async def test_a_reset_leaves_what_is_held_in_the_business(owner, unit_of_work, scope, sandbox):
    async with unit_of_work(scope) as uow:
        until = uow.now + timedelta(days=30)
        await holds.place(uow, holds.NewHold(HoldReason.DISPUTE, until))
    await do(owner, "sandboxReset", "sandbox { name }", confirm=True)
    async with unit_of_work(scope) as uow:
        assert await holds.held(uow)


async def test_a_deleted_sandbox_leaves_nothing_to_come_in_by(
    program, owner, unit_of_work, scope, sandbox
):
    await ring(unit_of_work, scope, name="ours")
    await do(program, "simulatedCallPlace", CALL, lines=["Hello"], phone="+12125550142")
    await do(owner, "sandboxDelete", "deletedId", confirm=True)
    assert await program.fail("{ tenant { name } }") == "KEY_REFUSED"
    assert await refuse(owner, "sandboxReset", confirm=True) == "NoSandboxError"
    assert await sandbox_of(scope.tenant_id) is None
    async with unit_of_work(sandbox) as uow:
        for repository in (Contacts, Conversations, Locations, Services):
            assert await repository(uow).all().count() == 0
    async with unit_of_work(scope) as uow:
        assert await Contacts(uow).all().count() == 1
    await do(owner, "sandboxCreate", "sandbox { name }", confirm=True)


async def test_another_business_reaches_no_sandbox_but_its_own(app, unit_of_work, other_scope):
    issued = await key_of(unit_of_work, other_scope, "sandbox:write")
    async with browse(app) as program:
        program.headers["Authorization"] = f"Bearer {issued.token}"
        assert await refuse(program, "sandboxReset", confirm=True) == "NoSandboxError"
        assert await refuse(program, "sandboxDelete", confirm=True) == "NoSandboxError"


async def test_nothing_of_a_sandbox_is_reached_from_its_business(
    owner, program, unit_of_work, sandbox
):
    made = await do(program, "simulatedCallPlace", CALL, lines=["Hello"])
    query = "query ($id: ID!) { node(id: $id) { id } }"
    assert await owner.ask(query, id=made["call"]["id"]) == {"node": None}
    assert await program.ask(query, id=made["call"]["id"]) == {"node": {"id": made["call"]["id"]}}


async def test_the_owner_can_switch_to_it(owner, sandbox):
    answer = await owner.http.post(
        "/auth/switch", json={"tenant": sandbox.tenant.slug}, headers=owner.headers
    )
    assert answer.status_code == 200
    owner.headers["X-CSRF-Token"] = answer.json()["csrfToken"]
    assert (await owner.ask("{ tenant { sandbox } }"))["tenant"]["sandbox"]
    made = await do(owner, "apiKeyCreate", "token", name="x", permissions=["CALLS_READ"])
    assert made["token"].startswith("dbk_test_")
