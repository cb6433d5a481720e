"""Who asked for letters stands on the audience, and who left does not, whatever comes between."""

from datetime import timedelta

import pytest

from domain import contacts
from domain.outreach.agreements.models import Form
from domain.outreach.optout import Reach, Topic
from domain.outreach.service import Incoming, refuse
from plugins.mailchimp.desk import NAME
from plugins.mailchimp.handlers import OnAudiences
from tests.fakes.mailchimp import AUDIENCE

OTHER = "b045c22232"


@pytest.mark.promise("P120")
async def test_who_asks_for_letters_stands_on_the_audience(office):
    await office.configure(audience=AUDIENCE, tags=["Reception"])
    await office.agree()
    await office.travel()
    [there] = office.crm.people()
    assert (there.name, there.email, there.words) == ("Anna Schmidt", office.address, "subscribed")
    assert office.crm.tags[there.record] == ["Reception"]
    [row] = await office.records()
    assert (row.record, row.about_id) == (f"{AUDIENCE}/{there.record}", office.anna)
    told = await OnAudiences().export(office.anna, await office.context())
    assert told == {"audiences": [{"audience": AUDIENCE, "record": there.record}]}


@pytest.mark.promise("P052", "P120")
async def test_nothing_of_a_call_and_nobody_else_is_told(office):
    await office.call()
    await office.lead()
    await office.message()
    await office.meet("Bo Li", "bo@example.com")
    await office.agree(form=Form.EXPRESS)
    await office.correct(name="Anna Schmitt")
    await office.travel()
    assert office.crm.asked == []


async def test_whoever_wants_can_have_it_confirmed_first(office):
    await office.configure(audience=AUDIENCE, confirm=True)
    await office.agree()
    await office.travel()
    assert office.crm.standing() == {office.address: "pending"}


@pytest.mark.promise("P077", "P078", "P120")
async def test_who_takes_it_back_is_unsubscribed_and_comes_back_by_a_click(office):
    await office.agree()
    await office.travel()
    await office.leave()
    await office.travel()
    assert office.crm.standing() == {office.address: "unsubscribed"}
    office.road.wait(timedelta(hours=1))
    await office.agree()
    await office.travel()
    assert office.crm.standing() == {office.address: "pending"}


async def test_a_stop_by_text_unsubscribes_there_too(office):
    await office.agree()
    await office.travel()
    async with office.open() as uow:
        said = Incoming("+12125550100", office.caller.phone, "STOP")
        await refuse(uow, said, Reach(Topic.EVERYTHING))
    await office.travel()
    assert office.crm.standing() == {office.address: "unsubscribed"}


async def test_who_left_there_before_they_asked_here_is_asked_not_put_back(office):
    office.crm.add("Anna", email=office.address, status="unsubscribed")
    office.road.wait(timedelta(hours=1))
    await office.agree()
    await office.travel()
    assert office.crm.standing() == {office.address: "pending"}


async def test_who_stands_there_already_is_known_and_not_added_twice(office):
    record = office.crm.add("Anna", email=office.address.upper())
    await office.agree()
    await office.travel()
    assert [each.record for each in office.crm.people()] == [record]
    assert [row.record for row in await office.records()] == [f"{AUDIENCE}/{record}"]


async def test_a_corrected_name_and_address_are_right_there(office):
    await office.agree()
    await office.travel()
    await office.correct(name="Anna Schmitt", email="anna@example.org")
    await office.travel()
    [there] = office.crm.people()
    assert (there.name, there.email) == ("Anna Schmitt", "anna@example.org")


async def test_an_address_that_stands_there_already_takes_over(office):
    await office.agree()
    await office.travel()
    office.crm.add("Anna", email="anna@example.org")
    await office.correct(email="anna@example.org")
    await office.travel()
    assert office.crm.standing() == {"anna@example.org": "subscribed"}
    [row] = await office.records()
    assert row.record == f"{AUDIENCE}/{office.crm.people()[0].record}"


async def test_where_nothing_arrives_a_new_address_begins_anew(office):
    await office.agree()
    await office.travel()
    office.crm.touch(office.crm.people()[0].record, status="cleaned")
    await office.correct(name="Anna Schmitt")
    await office.travel()
    assert office.crm.standing() == {office.address: "cleaned"}
    await office.correct(email="anna@example.org")
    await office.travel()
    assert office.crm.standing() == {"anna@example.org": "subscribed"}


async def test_who_is_only_kept_is_archived_and_comes_back(office):
    await office.agree()
    await office.travel()
    async with office.open() as uow:
        await contacts.restrict(uow, office.anna)
    await office.travel()
    assert office.crm.standing() == {office.address: "archived"}
    async with office.open() as uow:
        await contacts.lift_restriction(uow, office.anna)
    await office.travel()
    assert office.crm.standing() == {office.address: "subscribed"}


async def test_another_audience_takes_over_and_nobody_gets_letters_twice(office):
    await office.agree()
    await office.travel()
    office.crm.audiences[OTHER] = {}
    await office.configure(audience=OTHER)
    await office.correct(name="Anna Schmitt")
    await office.travel()
    assert office.crm.standing() == {office.address: "archived"}
    assert office.crm.standing(OTHER) == {office.address: "subscribed"}
    assert len(await office.records()) == 2


async def test_who_leaves_is_unsubscribed_though_no_audience_is_kept_any_more(office):
    await office.agree()
    await office.travel()
    await office.configure(audience="")
    await office.correct(name="Anna Schmitt")
    await office.travel()
    assert office.crm.standing() == {office.address: "subscribed"}
    await office.leave()
    await office.travel()
    assert office.crm.standing() == {office.address: "unsubscribed"}


async def test_a_lost_answer_puts_nobody_there_twice(office):
    office.crm.losing = {"PUT"}
    await office.agree()
    await office.travel()
    office.road.wait(timedelta(minutes=1))
    await office.travel()
    assert office.crm.standing() == {office.address: "subscribed"}
    assert len(await office.records()) == 1


async def test_it_waits_as_long_as_it_is_asked_to(office):
    office.crm.failures = [office.crm.busy(600)]
    await office.agree()
    await office.travel()
    assert (await office.states())[f"{NAME}:asked"] == ("waiting", 0)
    office.road.wait(timedelta(minutes=11))
    await office.travel()
    assert office.crm.standing() == {office.address: "subscribed"}


async def test_an_address_that_is_not_taken_is_parked_and_seen(office):
    await office.correct(email="anna@nowhere.invalid")
    await office.agree()
    await office.travel()
    assert (await office.states())[f"{NAME}:asked"] == ("dead", 1)
    assert await office.records() == []
