"""What every customer file does, whichever vendor keeps it."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from domain.crm.ports import (
    CallNote,
    CrmBusy,
    CrmRefused,
    FieldGone,
    Kind,
    NewDeal,
    NewTask,
    Person,
    Place,
)
from domain.errors import Unavailable
from tests.fakes.crm import BEGIN, Failure

PHONE = "+12125550199"
ANNA = Person(UUID(int=1), "Anna Schmidt", PHONE, "anna@example.com")
AT = datetime(2026, 11, 16, 15, 4, tzinfo=UTC)
CALL = CallNote(UUID(int=2), AT, "Call answered", "She wants <b>a</b> kitchen", 61_000, True, PHONE)
DEAL = NewDeal(UUID(int=3), AT, "A new kitchen", "A new kitchen, by May")
TASK = NewTask(UUID(int=4), AT, "Message: call back", "Call me back", urgent=True)


async def on_file(files, person=ANNA, record="", *, correct=False):
    return await files.upsert_contact(person, record, correct=correct)


@pytest.mark.parametrize("written", [PHONE, "(212) 555-0199", "212.555.0199", "2125550199"])
async def test_callers_are_found_however_their_number_is_written(files, crm, written):
    crm.add("Wei Chen", phone="+862125550199")
    record = crm.add("Bo Li", mobile=written, company="Li & Sons")
    [found] = await files.find(PHONE, "")
    assert (found.record, found.name, found.company) == (record, "Bo Li", "Li & Sons")


async def test_callers_are_found_by_their_address(files, crm):
    record = crm.add("Mary O'Brien", email="mary.o'brien@example.com")
    crm.add("Bo Li", email="bo@example.com")
    [found] = await files.find("", "Mary.O'Brien@example.com")
    assert (found.record, found.name) == (record, "Mary O'Brien")


@pytest.mark.parametrize("email", ["x' OR Email != '", "\\", "x\\' or id > '0", "a%b@x.org"])
async def test_what_callers_say_is_no_question_of_its_own(files, crm, email):
    crm.add("Bo Li", email="bo@example.com", phone=PHONE)
    assert await files.find("", email) == []


async def test_somebody_new_is_put_on_file_once(files, crm):
    record = await on_file(files)
    again = await on_file(files)
    [person] = crm.people()
    assert record == again == person.record
    assert (person.name, person.phone, person.email) == ("Anna Schmidt", PHONE, ANNA.email)


async def test_somebody_without_a_name_is_put_on_file_and_named_later(files, crm):
    record = await on_file(files, Person(ANNA.contact_id, phone=PHONE))
    [found] = await files.find(PHONE, "")
    assert found.name == ""
    await on_file(files, ANNA, record)
    [person] = crm.people()
    assert person.name == "Anna Schmidt"


async def test_what_stands_there_stays_and_what_is_empty_is_filled(files, crm):
    record = crm.add("Annegret Schmidt", phone="212-555-0199")
    assert await on_file(files) == record
    [person] = crm.people()
    assert (person.name, person.phone) == ("Annegret Schmidt", "212-555-0199")
    assert person.email == ANNA.email


async def test_a_correction_is_written_over(files, crm):
    record = crm.add("Annegret Schmidt", phone="212-555-0199")
    await on_file(files, ANNA, record, correct=True)
    [person] = crm.people()
    assert (person.name, person.phone) == ("Anna Schmidt", PHONE)


async def test_what_is_right_already_is_not_written(files, crm):
    record = await on_file(files)
    crm.asked.clear()
    await on_file(files, ANNA, record, correct=True)
    assert not [each for each in crm.asked if each.startswith(("PATCH", "PUT"))]


async def test_a_record_that_was_deleted_there_is_made_anew(files, crm):
    record = await on_file(files)
    await files.erase(Kind.CONTACT, record)
    assert await on_file(files, ANNA, record) != record
    assert len(crm.people()) == 1


async def test_calls_leads_and_tasks_stand_at_their_contact(files, crm):
    contact = await on_file(files)
    call = await files.log_call(CALL, contact)
    lead = await files.create_lead(DEAL, contact)
    task = await files.create_task(TASK, contact)
    [[noted_call], [noted_lead], [noted_task]] = map(crm.noted, ("call", "lead", "task"))
    assert [noted_call.record, noted_lead.record, noted_task.record] == [call, lead, task]
    assert noted_call.contact == noted_task.contact == contact
    assert (noted_lead.name, "by May" in noted_lead.words) == ("A new kitchen", True)
    assert "Message: call back" in noted_task.name
    assert "kitchen" in noted_call.words


async def test_what_is_told_twice_stands_there_once(files, crm):
    contact = await on_file(files)
    for _ in range(2):
        await files.log_call(CALL, contact)
        await files.create_lead(DEAL, contact)
        await files.create_task(TASK, contact)
    assert [len(crm.noted(kind)) for kind in ("call", "lead", "task")] == [1, 1, 1]


@pytest.mark.parametrize("at", range(9))
async def test_an_answer_that_is_lost_makes_nothing_twice(files, crm, at):
    """Each request in turn is carried out, and its answer is lost."""

    async def tell():
        contact = await on_file(files)
        await files.log_call(CALL, contact)
        await files.create_lead(DEAL, contact)
        await files.create_task(TASK, contact)

    await tell()
    asked = list(crm.asked)
    if at >= len(asked):
        return
    crm.__init__()
    seen = asked[: at + 1].count(asked[at])
    lose = [asked[at]] * seen
    for _ in range(seen):
        crm.losing = {lose.pop()}
        with suppress(Unavailable):
            await tell()
    crm.losing = set()
    await tell()
    assert len(crm.people()) == 1
    assert [len(crm.noted(kind)) for kind in ("call", "lead", "task")] == [1, 1, 1]


@pytest.mark.law("L27")
async def test_erased_is_erased_and_again_is_no_failure(files, crm):
    contact = await on_file(files)
    standing = [
        (Kind.CALL, await files.log_call(CALL, contact)),
        (Kind.LEAD, await files.create_lead(DEAL, contact)),
        (Kind.TASK, await files.create_task(TASK, contact)),
        (Kind.CONTACT, contact),
    ]
    for kind, record in [*standing, *standing]:
        await files.erase(kind, record)
    assert crm.people() == []
    assert [crm.noted(kind) for kind in ("call", "lead", "task")] == [[], [], []]


async def test_too_much_asked_says_when_to_come_again(files, crm):
    crm.failures = [crm.busy(40)]
    with pytest.raises(CrmBusy) as busy:
        await files.find(PHONE, "")
    assert busy.value.seconds == 40


async def test_a_day_that_is_used_up_is_no_matter_of_seconds(files, crm):
    crm.failures = [crm.used_up()]
    with pytest.raises(CrmBusy) as busy:
        await files.find(PHONE, "")
    assert busy.value.seconds == 1800


@pytest.mark.parametrize(
    ("status", "error"), [(401, CrmRefused), (403, CrmRefused), (500, Unavailable)]
)
async def test_failures_have_words(files, crm, status, error):
    crm.failures = [Failure(status, body={})] * 2
    with pytest.raises(error):
        await files.find(PHONE, "")


async def test_an_answer_that_is_nonsense_is_no_answer(files, crm):
    crm.failures = [Failure(200, body="nonsense")] * 2
    with pytest.raises(Unavailable):
        await on_file(files)


async def test_fields_are_described_and_take_what_is_mapped(files, crm, kit):
    known = {each.name: each for each in await files.fields()}
    assert known[kit.own_field].is_text
    assert known[kit.own_field].writable
    more = {kit.own_field: "caller"}
    await on_file(files, Person(ANNA.contact_id, ANNA.name, PHONE, more=more))
    [person] = crm.people()
    assert person.values[kit.own_field] == "caller"


async def test_changes_come_in_order_and_once(files, crm):
    records = [crm.add(f"Bo Li{number}", phone=PHONE) for number in range(3)]
    crm.touch(records[0], name="Kim Li", email="kim@example.com")
    found = await files.changes(Place(BEGIN), ())
    assert [each.record for each in found] == [*records[1:], records[0]]
    last = found[-1]
    assert (last.name, last.email) == ("Kim Li", "kim@example.com")
    assert await files.changes(Place(last.at, frozenset({last.record})), ()) == []
    assert await files.changes(Place(last.at + timedelta(hours=1)), ()) == []


async def test_a_field_that_is_gone_is_named_or_at_least_not_among_those_there(files, crm, kit):
    assert kit.gone not in {each.name for each in await files.fields()}
    mapped = Person(ANNA.contact_id, ANNA.name, PHONE, more={kit.gone: "x"})
    if kit.ignores:
        await on_file(files, mapped)
        assert kit.gone not in crm.people()[0].values
        return
    with pytest.raises(FieldGone) as missing:
        await on_file(files, mapped)
    assert missing.value.field == kit.gone
