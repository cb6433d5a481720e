"""Each kind of data that policies name is held under its label, given to its person, and erased."""

import json
from datetime import timedelta
from uuid import UUID

import pytest

from domain import archives, erasure
from tenants.service import job_scope
from tests.api.everything import own_everything
from tests.factories.archives import Packing
from tests.factories.erasures import Office
from tests.factories.retention import live

# The columns in which each kind of data is kept, and the label that each of them must bear.
OF_CALLERS = {
    "P010": {"call.caller": "caller_identity", "contact.phone": "caller_identity"},
    "P011": {
        "contact.name": "caller_identity",
        "contact.email": "caller_identity",
        "contact.notes": "inquiry",
    },
    "P012": {"call.duration_ms": "call_metadata", "conversation.outcome": "call_metadata"},
    "P013": {"call.routing": "call_metadata", "transfer.state": "call_metadata"},
    "P014": {"recording.storage_key": "recording"},
    "P015": {"turn.text": "transcript", "conversation.summary": "transcript"},
    "P016": {"conversation.success": "call_metadata", "turn.latency_ms": "call_metadata"},
    "P017": {"conversation.channel": "call_metadata", "turn.evidence": "transcript"},
    "P018": {"appointment.starts_at": "appointment", "appointment.notes": "appointment"},
    "P019": {"intake_answer.answer": "inquiry", "conversation.extracted": "inquiry"},
    "P020": {"conversation.started_at": "call_metadata", "turn.said_at": "call_metadata"},
    "P021": {"message.body": "inquiry"},
    "P023": {"feedback.rating": "survey", "feedback.comment": "survey"},
    "P034": {"lead.need": "lead", "lead.qualification": "lead"},
}
OF_CUSTOMERS = {
    "P022": {"support_ticket.subject": "support", "support_ticket.body": "support"},
    "P025": {"usage_event.name": "usage", "usage_event.quantity": "usage"},
    "P026": {"session.device": "device", "usage_event.device": "device"},
    "P027": {"usage_event.referrer": "log", "session.seen_at": "log"},
    "P028": {"usage_event.place": "location", "session.network": "location"},
}
OF_BUSINESS = {
    "P006": {"service.name": "business", "location.service_areas": "business"},
    "P007": {"knowledge_item.answer": "business", "transfer_target.number": "business"},
    "P009": {"receptionist_version.profile": "business", "intake.questions": "business"},
}


def promised(kinds):
    """The columns of all kinds, with their labels."""
    return {place: label for places in kinds.values() for place, label in places.items()}


def described(taken, places):
    """What an archive says of some columns, of those that it holds."""
    said = {}
    for place in places:
        table, _, column = place.partition(".")
        assert all(column in row for row in taken.rows(table)), place
        columns = json.loads(taken.text(f"schema/{table}.json"))["items"]["properties"]
        said[place] = columns[column]["description"].removeprefix("Kind of data: ")
    return said


@pytest.fixture
def packing(unit_of_work, scope, database, store):
    return Packing(unit_of_work, scope, database, store)


@pytest.fixture
def office(unit_of_work, scope, database, store):
    return Office(unit_of_work, scope, database, store, rows=50)


async def hang_up(unit_of_work, scope, clock):
    """Whatever was going on is over, and some days ago."""
    async with unit_of_work(scope) as uow:
        await uow.connection.execute_query("UPDATE call SET finalized_at = ringing_at")
    clock.advance(timedelta(days=2))


async def tables_with_rows(office, places):
    everything = await office.everything()
    return {table for table in {place.partition(".")[0] for place in places} if everything[table]}


@pytest.mark.promise("P010", "P011", "P012", "P013", "P014", "P015", "P016", "P017", "P018")
@pytest.mark.promise("P019", "P020", "P021", "P023", "P034")
async def test_what_is_known_of_a_caller(packing, office, unit_of_work, scope, clock):
    made = await live(unit_of_work, scope)
    places = promised(OF_CALLERS)
    taken = await packing.pack(archives.start_for_contact, made["contact"])
    assert described(taken, places) == places
    await hang_up(unit_of_work, scope, clock)
    await office.ask(made["contact"])
    await office.work()
    assert await tables_with_rows(office, places) == set()


async def erase_business(office, unit_of_work, scope):
    async with unit_of_work(await job_scope(scope.tenant_id, "tests")) as uow:
        asked = await erasure.erase_tenant(uow)
    await office.work()
    return asked


@pytest.mark.promise("P022", "P025", "P026", "P027", "P028")
async def test_what_is_known_of_a_customer(packing, office, unit_of_work, scope, clock):
    await live(unit_of_work, scope)
    places = promised(OF_CUSTOMERS)
    taken = await packing.pack(archives.start_for_user, UUID(scope.actor.id))
    assert described(taken, places) == places
    await hang_up(unit_of_work, scope, clock)
    await erase_business(office, unit_of_work, scope)
    assert await tables_with_rows(office, places) == set()


@pytest.mark.promise("P006", "P007", "P009")
async def test_what_is_known_of_a_business(packing, office, unit_of_work, scope, clock):
    await own_everything(unit_of_work, scope, "mark")
    places = promised(OF_BUSINESS)
    taken = await packing.pack(archives.start_for_tenant)
    assert described(taken, places) == places
    await hang_up(unit_of_work, scope, clock)
    await erase_business(office, unit_of_work, scope)
    assert await tables_with_rows(office, places) == set()


@pytest.mark.promise("P003")
async def test_no_archive_holds_what_opens_doors(packing, unit_of_work, scope):
    await live(unit_of_work, scope)
    async with unit_of_work(scope) as uow:
        secrets = [
            (await uow.connection.execute_query_dict(query, [given]))[0]["secret"]
            for query, given in (
                ('SELECT password_hash AS secret FROM "user" WHERE id = $1', scope.actor.id),
                ("SELECT token_hash AS secret FROM session WHERE tenant_id = $1", scope.tenant_id),
            )
        ]
    of_person = await packing.pack(archives.start_for_user, UUID(scope.actor.id))
    of_business = await packing.pack(archives.start_for_tenant)
    for taken in (of_person, of_business):
        whole = "".join(taken.text(name) for name in taken.names())
        assert not [secret for secret in secrets if secret in whole]
