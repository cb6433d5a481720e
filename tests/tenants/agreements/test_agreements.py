"""Health data is protected under an agreement, and loses its protection only on record."""

from datetime import timedelta

import pytest

from domain import contacts
from domain.errors import Forbidden, InvalidInput
from domain.personal import DataClass, Source
from domain.privacy.bounds import check
from domain.privacy.presets import CALLERS, CUSTOMERS, Preset
from domain.privacy.purposes import Purpose
from plugins import settings
from plugins.errors import PluginsUncovered
from plugins.registry import Registry
from tenants import sessions
from tenants.agreements import service
from tenants.agreements.errors import AgreementMissing, AgreementNeeded, DispositionMissing
from tenants.agreements.models import Disposal
from tenants.agreements.service import NewAgreement
from tenants.door import Door
from tenants.errors import SessionEnded
from tenants.passkeys import RelyingParty
from tenants.policy import service as policy
from tenants.policy.service import Draft
from tenants.service import job_scope
from tenants.sessions import LOG_OFF, SEEN_EVERY, Lifetimes
from tests.factories.policies import PEOPLE, agree, promise
from tests.factories.tenants import PASSWORD
from tests.fakes.plugin import FakePlugin


async def adopt(unit_of_work, scope, *conditions, applies_from=None, **changes):
    async with unit_of_work(scope) as uow:
        draft = Draft(PEOPLE | changes, applies_from)
        return await policy.adopt(uow, draft, conditions=conditions)


async def now(scope):
    return await job_scope(scope.tenant_id, "tests")


async def with_patient(unit_of_work, scope):
    """A practice in HIPAA mode that knows somebody."""
    await promise(unit_of_work, scope, preset="healthcare")
    async with unit_of_work(await now(scope)) as uow:
        await contacts.add(uow, contacts.Details(name="Anna"), source=Source.CALLER)
    return await now(scope)


@pytest.mark.law("L37")
@pytest.mark.promise("P113")
async def test_health_mode_wants_an_agreement(unit_of_work, scope):
    with pytest.raises(AgreementMissing):
        await adopt(unit_of_work, scope, preset="healthcare")
    assert not (await now(scope)).tenant.privacy.hipaa


@pytest.mark.law("L37")
async def test_with_an_agreement_it_is_on(unit_of_work, scope):
    await promise(unit_of_work, scope, preset="healthcare")
    assert (await now(scope)).tenant.privacy.hipaa


async def test_an_agreement_that_ended_counts_no_more(unit_of_work, scope):
    async with unit_of_work(scope) as uow:
        made = await agree(uow)
        await service.end(uow, made.id, "Not renewed")
    with pytest.raises(AgreementMissing):
        await adopt(unit_of_work, scope, preset="healthcare")


@pytest.mark.parametrize("days", [0, 30])
async def test_the_agreement_stays_while_it_is_needed(unit_of_work, scope, clock, days):
    later = clock.now() + timedelta(days) if days else None
    async with unit_of_work(scope) as uow:
        made = await agree(uow)
    await adopt(unit_of_work, scope, applies_from=later, preset="healthcare")
    with pytest.raises(AgreementNeeded):
        async with unit_of_work(await now(scope)) as uow:
            await service.end(uow, made.id, "Not renewed")


async def test_a_newer_agreement_takes_the_place_of_an_older_one(unit_of_work, scope):
    async with unit_of_work(scope) as uow:
        old = await agree(uow)
    await adopt(unit_of_work, scope, preset="healthcare")
    async with unit_of_work(await now(scope)) as uow:
        await agree(uow, version="2")
        ended = await service.end(uow, old.id, "Replaced by version 2")
    assert ended.ended_because == "Replaced by version 2"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"destination": "somewhere"}, "destination"),
        ({"destination": "webhook:"}, "destination"),
        ({"destination": "mail", "purpose": None}, "purpose"),
        ({"purpose": Purpose.MARKETING}, "purpose"),
        ({"party": " "}, "party"),
    ],
)
async def test_a_vague_agreement_is_refused(unit_of_work, scope, changes, field):
    known = {"party": "A", "scope": "B", "version": "1", "signed_on": unit_of_work.clock.now()}
    known["signed_on"] = known["signed_on"].date()
    if "destination" in changes:
        known["purpose"] = Purpose.SERVICE
    with pytest.raises(InvalidInput) as refused:
        async with unit_of_work(scope) as uow:
            await service.record(uow, NewAgreement(**known | changes))
    assert [problem.path for problem in refused.value.problems] == [field]


async def test_nobody_signs_in_the_future(unit_of_work, scope, clock):
    with pytest.raises(InvalidInput):
        async with unit_of_work(scope) as uow:
            await agree(uow, signed_on=clock.now().date() + timedelta(days=1))


async def test_who_may_not_decide_records_nothing(unit_of_work, scope):
    other = await now(scope)
    with pytest.raises(Forbidden):
        async with unit_of_work(
            type(other)(other.tenant_id, other.actor, other.tenant, frozenset({"privacy:read"}))
        ) as uow:
            await agree(uow)


@pytest.mark.law("L37")
async def test_plugins_that_nobody_covers_are_refused(unit_of_work, scope):
    registry = Registry(plugins=[FakePlugin()])
    await promise(unit_of_work, scope, preset="healthcare")
    with pytest.raises(PluginsUncovered, match="fake"):
        async with unit_of_work(await now(scope)) as uow:
            await settings.enable(uow, registry, "fake")


@pytest.mark.law("L37")
async def test_an_agreement_of_its_own_covers_a_plugin_while_it_lasts(unit_of_work, scope):
    plugin = FakePlugin()
    registry = Registry(plugins=[plugin])
    await promise(unit_of_work, scope, preset="healthcare")
    for destination, covered in (("plugin:other", False), ("plugin:fake", True)):
        async with unit_of_work(await now(scope)) as uow:
            kept = await agree(uow, destination=destination, purpose=Purpose.CALL_DELIVERY)
            manifest = registry.manifest("fake")
            assert await settings.is_covered(uow, manifest) is covered
    async with unit_of_work(await now(scope)) as uow:
        await settings.enable(uow, registry, "fake")
        await service.end(uow, kept.id, "They leave")
        assert not await settings.is_covered(uow, manifest)


@pytest.mark.law("L37")
async def test_plugins_that_are_on_stand_in_the_way(unit_of_work, scope):
    registry = Registry(plugins=[FakePlugin()])
    async with unit_of_work(scope) as uow:
        await settings.enable(uow, registry, "fake")
        await agree(uow)
    with pytest.raises(PluginsUncovered) as refused:
        await adopt(unit_of_work, scope, settings.all_covered(registry), preset="healthcare")
    assert refused.value.plugins == ["fake"]
    async with unit_of_work(scope) as uow:
        await settings.disable(uow, registry, "fake")
    await adopt(unit_of_work, scope, settings.all_covered(registry), preset="healthcare")


@pytest.mark.law("L37")
async def test_protection_ends_only_on_record(unit_of_work, scope):
    protected = await with_patient(unit_of_work, scope)
    with pytest.raises(DispositionMissing) as refused:
        await adopt(unit_of_work, protected, hipaa=False)
    assert refused.value.rows >= 1
    async with unit_of_work(protected) as uow:
        kept = await service.dispose(uow, Disposal.RETAINED, "The state wants it for ten years")
    assert kept.rows == refused.value.rows
    await adopt(unit_of_work, protected, hipaa=False)
    assert not (await now(scope)).tenant.privacy.hipaa


async def test_where_nothing_is_left_nothing_need_be_said(unit_of_work, scope):
    await promise(unit_of_work, scope, preset="healthcare")
    await adopt(unit_of_work, await now(scope), hipaa=False)
    assert not (await now(scope)).tenant.privacy.hipaa


@pytest.mark.law("L38")
async def test_a_session_that_is_left_alone_logs_off(unit_of_work, scope, clock):
    await promise(unit_of_work, scope, preset="healthcare")
    begun = await entered(unit_of_work, scope)
    clock.advance(LOG_OFF)
    with pytest.raises(SessionEnded):
        await sessions.resume(begun.token, clock.now())


@pytest.mark.law("L38")
async def test_a_session_in_use_goes_on(unit_of_work, scope, clock):
    await promise(unit_of_work, scope, preset="healthcare")
    begun = await entered(unit_of_work, scope)
    for _ in range(4):
        clock.advance(LOG_OFF - SEEN_EVERY)
        standing = await sessions.resume(begun.token, clock.now())
        await sessions.see(unit_of_work, standing, Lifetimes())


@pytest.mark.law("L38")
async def test_sessions_from_before_log_off_too(unit_of_work, scope, clock):
    begun = await entered(unit_of_work, scope)
    clock.advance(timedelta(hours=1))
    await sessions.resume(begun.token, clock.now())
    await promise(unit_of_work, scope, preset="healthcare")
    with pytest.raises(SessionEnded):
        await sessions.resume(begun.token, clock.now())


async def entered(unit_of_work, scope):
    door = Door(unit_of_work, RelyingParty("desk.test", ("https://desk.test",)))
    email = f"owner@{scope.tenant.slug}.test"
    return (await door.sign_in(email, PASSWORD, sessions.Origin("curl", ""))).session


@pytest.mark.law("L39")
@pytest.mark.parametrize("preset", Preset)
def test_documentation_is_kept_for_six_years(preset):
    check(CUSTOMERS[preset])
    rule = CUSTOMERS[preset].retention[DataClass.AUDIT].model_copy(update={"keep": "P5Y"})
    short = shortened(CUSTOMERS[preset], DataClass.AUDIT, rule)
    with pytest.raises(InvalidInput) as refused:
        check(short)
    assert [problem.code for problem in refused.value.problems] == ["TOO_SHORT"]


@pytest.mark.law("L39")
def test_consent_is_kept_for_six_years_where_health_is_concerned():
    profile = CALLERS[Preset.HEALTHCARE]
    rule = profile.retention[DataClass.CONSENT].model_copy(update={"keep": "P5Y"})
    with pytest.raises(InvalidInput) as refused:
        check(shortened(profile, DataClass.CONSENT, rule))
    assert {problem.path for problem in refused.value.problems} == {"retention.consent"}


def shortened(profile, data_class, rule):
    schedule = {**profile.retention, data_class: rule}
    return type(profile).model_validate({**profile.model_dump(), "retention": dumped(schedule)})


def dumped(schedule):
    return {kind: rule.model_dump() for kind, rule in schedule.items()}
