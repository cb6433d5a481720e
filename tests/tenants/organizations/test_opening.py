"""An organisation opens businesses, sets them up, and decides whether they are served."""

from uuid import uuid4

import pytest

from domain import business
from domain.errors import Forbidden, InvalidInput, NotFound
from domain.scope import TenantKind, TenantStatus
from tenants.errors import SlugTaken
from tenants.grants import above
from tenants.grants import service as grants
from tenants.grants.errors import NotAHouse
from tenants.grants.repository import Grants
from tenants.grants.rules import USUAL
from tenants.members.repository import Invitations
from tenants.models import Role
from tenants.organizations import opening, templates
from tenants.organizations.errors import NotOpenedHere
from tenants.organizations.opening import Wish
from tenants.repository import Tenants
from tenants.service import NewTenant, job_scope, tenant_facts
from tenants.standing import DecidedAbove
from tests.factories.houses import let_in
from tests.factories.outbox import events, payloads
from tests.fakes.plugin_setter import NoPlugins

HOURS = [{"weekday": 0, "opens": "09:00:00", "closes": "17:00:00"}]
CONTENT = {
    "hours": HOURS,
    "services": [{"name": "Cleaning", "duration_minutes": 45, "aliases": ["clean"]}],
    "rules": {"greeting": "Hello", "booking": {"daily_limit": 5}},
    "intakes": [{"name": "New", "questions": [{"key": "why", "ask": "Why do you call?"}]}],
    "knowledge": [{"question": "Where do I park?", "answer": "Behind the building."}],
}


def wish(slug=None, template_id=None, **more):
    slug = slug or f"bright-dental-{uuid4().hex[:8]}"
    given = {"name": "Bright Dental", "timezone": "Europe/London"} | more
    return Wish(NewTenant(slug=slug, **given), "owner@bright.test", template_id)


async def open_one(unit_of_work, house, **given):
    return await opening.open_tenant(unit_of_work, house, wish(**given), NoPlugins())


async def profile_of(unit_of_work, tenant_id):
    async with unit_of_work(await job_scope(tenant_id, "tests"), read_only=True) as uow:
        return await business.profile(uow)


async def slug_of(grant):
    return (await tenant_facts(grant.tenant_id)).slug


async def decide(unit_of_work, house, slug, status, reason="Unpaid"):
    return await opening.decide(unit_of_work, house, slug, status, reason)


async def test_a_business_is_opened_from_a_template(unit_of_work, agency):
    async with unit_of_work(agency) as uow:
        template = await templates.save(uow, "Dentist", CONTENT)
    grant = await open_one(unit_of_work, agency, template_id=template.id)
    profile = await profile_of(unit_of_work, grant.tenant_id)
    assert (profile.name, profile.location.timezone) == ("Bright Dental", "Europe/London")
    [service] = profile.services
    assert (service.name, service.duration_minutes, service.aliases) == ("Cleaning", 45, ("clean",))
    assert (profile.rules.greeting, profile.rules.booking.daily_limit) == ("Hello", 5)
    assert profile.rules.booking.horizon_days == 90
    assert [each.answer for each in profile.knowledge] == ["Behind the building."]
    assert [each.name for each in profile.intakes] == ["New"]


@pytest.mark.promise("P090")
async def test_its_house_holds_a_grant_that_shows_no_caller(unit_of_work, agency):
    grant = await open_one(unit_of_work, agency)
    assert frozenset(grant.permissions) == USUAL
    assert grant.kind is TenantKind.ORGANIZATION


async def test_its_owner_is_invited(unit_of_work, agency):
    grant = await open_one(unit_of_work, agency)
    async with unit_of_work(await job_scope(grant.tenant_id, "tests")) as uow:
        [invited] = await Invitations(uow).page(Invitations(uow).all())
    assert (invited.email, invited.role) == ("owner@bright.test", Role.OWNER)


async def test_both_trails_tell_of_it(unit_of_work, agency):
    grant = await open_one(unit_of_work, agency)
    there = await job_scope(grant.tenant_id, "tests")
    assert await events(unit_of_work, there, "tenant.") == ["tenant.created"]
    [told] = await payloads(unit_of_work, agency, "organization.")
    assert told == {"tenant_id": str(grant.tenant_id)}


async def test_a_short_name_is_ones_own_and_well_formed(unit_of_work, agency, scope):
    with pytest.raises(SlugTaken):
        await open_one(unit_of_work, agency, slug=scope.tenant.slug)
    with pytest.raises(InvalidInput):
        await open_one(unit_of_work, agency, slug="No!")


async def test_a_refused_business_leaves_nothing(unit_of_work, agency):
    with pytest.raises(InvalidInput):
        await open_one(unit_of_work, agency, timezone="Nowhere/At_All")
    async with unit_of_work(agency) as uow:
        assert await Grants(uow).held().count() == 0
    assert await events(unit_of_work, agency, "organization.") == []


async def test_a_template_of_another_house_is_not_there(unit_of_work, agency, other_agency):
    async with unit_of_work(other_agency) as uow:
        template = await templates.save(uow, "Dentist", CONTENT)
    with pytest.raises(NotFound):
        await open_one(unit_of_work, agency, template_id=template.id)


async def test_a_business_opens_no_business(unit_of_work, scope, staff):
    for house in (scope, staff):
        with pytest.raises((Forbidden, NotAHouse)):
            await open_one(unit_of_work, house)


async def test_what_a_house_opened_it_suspends_and_resumes(unit_of_work, agency):
    grant = await open_one(unit_of_work, agency)
    slug = await slug_of(grant)
    await decide(unit_of_work, agency, slug, TenantStatus.SUSPENDED)
    assert (await tenant_facts(grant.tenant_id)).status is TenantStatus.SUSPENDED
    there = await job_scope(grant.tenant_id, "tests")
    async with unit_of_work(there) as uow:
        row = await Tenants(uow).get(grant.tenant_id)
    assert (row.status_by, row.status_reason) == (TenantKind.ORGANIZATION, "Unpaid")
    await decide(unit_of_work, agency, slug, TenantStatus.ACTIVE, "Paid")
    assert (await tenant_facts(grant.tenant_id)).status is TenantStatus.ACTIVE
    assert len(await events(unit_of_work, there, "tenant.status")) == 2
    assert len(await events(unit_of_work, agency, "house.")) == 2


async def test_a_house_does_not_decide_over_those_it_did_not_open(unit_of_work, agency, scope):
    await let_in(unit_of_work, scope, agency, invitation_id=agency.tenant_id)
    with pytest.raises(NotOpenedHere):
        await decide(unit_of_work, agency, scope.tenant.slug, TenantStatus.SUSPENDED)


async def test_a_house_decides_nothing_elsewhere(unit_of_work, agency, other_agency, scope):
    grant = await open_one(unit_of_work, other_agency)
    for slug in (await slug_of(grant), scope.tenant.slug, "nobody-has-this-name"):
        with pytest.raises(NotFound):
            await decide(unit_of_work, agency, slug, TenantStatus.SUSPENDED)


async def test_what_the_operator_decided_a_house_does_not_undo(unit_of_work, agency, staff):
    grant = await open_one(unit_of_work, agency)
    suspended = TenantStatus.SUSPENDED
    await above.carry_out(unit_of_work, staff, grant.tenant_id, suspended, "Abuse")
    with pytest.raises(DecidedAbove):
        await decide(unit_of_work, agency, await slug_of(grant), TenantStatus.ACTIVE)
    active = TenantStatus.ACTIVE
    await above.carry_out(unit_of_work, staff, grant.tenant_id, active, "Looked into")
    await decide(unit_of_work, agency, await slug_of(grant), suspended)


async def test_a_tenant_that_left_is_decided_over_no_more(unit_of_work, agency):
    grant = await open_one(unit_of_work, agency)
    slug = await slug_of(grant)
    async with unit_of_work(await job_scope(grant.tenant_id, "tests")) as uow:
        await grants.end(uow, await Grants(uow).lock(grant.id))
    with pytest.raises(NotFound):
        await decide(unit_of_work, agency, slug, TenantStatus.SUSPENDED)


async def test_a_version_of_a_template_is_never_changed(unit_of_work, agency):
    async with unit_of_work(agency) as uow:
        first = await templates.save(uow, "Dentist", CONTENT)
        second = await templates.save(uow, "dentist", {"hours": HOURS})
        kept = await templates.Templates(uow).get(first.id)
    assert (first.version, second.version, second.name) == (1, 2, "Dentist")
    assert kept.content["services"][0]["name"] == "Cleaning"


@pytest.mark.parametrize(
    ("content", "path"),
    [
        ({"cakes": 1}, "content.cakes"),
        ({"rules": {"cakes": 1}}, "content.rules.cakes"),
        ({"rules": {"booking": {"horizon_days": 0}}}, "content.rules.booking.horizon_days"),
        ({"rules": {"booking": 3}}, "content.rules"),
        ({"services": [{"duration_minutes": 3}]}, "content.services.0.name"),
        (
            {"hours": [{"weekday": 9, "opens": "09:00", "closes": "10:00"}]},
            "content.hours.0.weekday",
        ),
        ({"knowledge": [{"question": "?", "answer": "!"}] * 201}, "content.knowledge"),
        ([], "content"),
        (None, "content"),
    ],
)
async def test_a_template_that_makes_no_sense_is_refused(unit_of_work, agency, content, path):
    with pytest.raises(InvalidInput) as refused:
        async with unit_of_work(agency) as uow:
            await templates.save(uow, "Dentist", content)
    assert refused.value.problems[0].path == path


async def test_applying_a_template_twice_changes_nothing_more(unit_of_work, agency):
    grant = await open_one(unit_of_work, agency)
    async with unit_of_work(agency) as uow:
        template = await templates.save(uow, "Dentist", CONTENT)
    slug = await slug_of(grant)
    done = await templates.apply(unit_of_work, agency, template.id, slug, NoPlugins())
    assert done == [
        "location Bright Dental: added",
        "rules: changed",
        "service Cleaning: added",
        "intake New: added",
        "knowledge Where do I park?: added",
    ]
    assert await templates.apply(unit_of_work, agency, template.id, slug, NoPlugins()) == []


async def test_a_template_does_no_more_than_the_tenant_lends(unit_of_work, agency, scope):
    await let_in(unit_of_work, scope, agency, ["business:read"])
    async with unit_of_work(agency) as uow:
        template = await templates.save(uow, "Dentist", CONTENT)
    with pytest.raises(Forbidden):
        slug = scope.tenant.slug
        await templates.apply(unit_of_work, agency, template.id, slug, NoPlugins())


async def test_a_second_template_changes_what_the_first_has_made(unit_of_work, agency):
    grant = await open_one(unit_of_work, agency)
    slug = await slug_of(grant)
    later = {
        "hours": [HOURS[0] | {"closes": "18:00:00"}],
        "services": [{"name": "cleaning", "duration_minutes": 60}],
        "intakes": [{"name": "New", "questions": [{"key": "who", "ask": "Who are you?"}]}],
        "knowledge": [{"question": "Where do I park?", "answer": "In the street."}],
    }
    for content in (CONTENT, later):
        async with unit_of_work(agency) as uow:
            template = await templates.save(uow, "Dentist", content)
        done = await templates.apply(unit_of_work, agency, template.id, slug, NoPlugins())
    assert done == [
        "hours of Bright Dental: changed",
        "service Cleaning: changed",
        "intake New: changed",
        "knowledge Where do I park?: changed",
    ]
    profile = await profile_of(unit_of_work, grant.tenant_id)
    assert profile.services[0].duration_minutes == 60
    assert profile.services[0].aliases == ("clean",)
    assert profile.rules.greeting == "Hello"
