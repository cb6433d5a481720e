"""An incident from the moment it is noticed until it is over."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tortoise.exceptions import OperationalError

from domain.errors import InvalidInput, NotFound
from tenants.watch import alerts, incidents
from tenants.watch.clocks import overdue
from tenants.watch.errors import IncidentOver
from tenants.watch.incidents import Changes, NewIncident
from tenants.watch.models import StepKind
from tenants.watch.repository import Alerts, IncidentSteps
from tenants.watch.rules import Finding, Rule, Severity


async def alert_of(unit_of_work, scope, subject="member:x"):
    async with unit_of_work(scope) as uow:
        return await alerts.tell(uow, Finding(Rule.REFUSALS, subject, uow.now))


async def opened(unit_of_work, scope, **given):
    async with unit_of_work(scope) as uow:
        return await incidents.open_incident(
            uow, NewIncident("Key leaked", Severity.SEVERE, **given)
        )


async def steps(unit_of_work, scope, id):
    async with unit_of_work(scope, read_only=True) as uow:
        return await IncidentSteps(uow).of(id)


@pytest.mark.promise("P110")
async def test_an_incident_tells_its_whole_course(unit_of_work, scope, clock):
    alert = await alert_of(unit_of_work, scope)
    incident = await opened(unit_of_work, scope, alert_ids=(alert.id,))
    clock.advance(timedelta(hours=1))
    due = clock.now() + timedelta(hours=71)
    changes = Changes(
        affected="The names of two callers",
        people_affected=2,
        data_kinds=("caller_identity",),
        authority_due_at=due,
        note="The key is frozen",
    )
    async with unit_of_work(scope) as uow:
        await incidents.update(uow, incident.id, changes)
    async with unit_of_work(scope) as uow:
        closed = await incidents.close(uow, incident.id, "Nothing was taken")
    assert closed.closed_at == clock.now()
    assert (closed.authority_due_at, closed.people_affected) == (due, 2)
    told = await steps(unit_of_work, scope, incident.id)
    kinds = [step.kind for step in told]
    assert kinds == [
        StepKind.OPENED,
        StepKind.ALERT_LINKED,
        StepKind.CHANGED,
        StepKind.NOTED,
        StepKind.CLOSED,
    ]
    assert [step.words.read() for step in told if step.words] == [
        "The key is frozen",
        "Nothing was taken",
    ]
    assert {step.actor for step in told} == {f"member:{scope.actor.id}"}
    async with unit_of_work(scope) as uow:
        assert (await Alerts(uow).get(alert.id)).incident_id == incident.id


async def test_a_closed_incident_is_not_changed(unit_of_work, scope):
    incident = await opened(unit_of_work, scope)
    async with unit_of_work(scope) as uow:
        await incidents.close(uow, incident.id, "Over")
    for deed in (
        lambda uow: incidents.update(uow, incident.id, Changes(note="One more thing")),
        lambda uow: incidents.close(uow, incident.id, "Again"),
    ):
        with pytest.raises(IncidentOver):
            async with unit_of_work(scope) as uow:
                await deed(uow)


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        (Changes(people_affected=-1), "people_affected"),
        (Changes(data_kinds=("gossip",)), "data_kinds"),
        (Changes(note=" "), "note"),
        (Changes(note="x" * 4001), "note"),
        (Changes(affected=""), "affected"),
        (Changes(alert_ids=("x",) * 101), "alert_ids"),
    ],
)
async def test_what_makes_no_sense_is_not_written_down(unit_of_work, scope, changes, path):
    incident = await opened(unit_of_work, scope)
    with pytest.raises(InvalidInput) as refused:
        async with unit_of_work(scope) as uow:
            await incidents.update(uow, incident.id, changes)
    assert refused.value.problems[0].path == path
    assert len(await steps(unit_of_work, scope, incident.id)) == 1


async def test_nothing_is_noticed_tomorrow(unit_of_work, scope, clock):
    with pytest.raises(InvalidInput):
        await opened(unit_of_work, scope, noticed_at=clock.now() + timedelta(seconds=1))


async def test_an_alert_of_another_tenant_is_not_there(unit_of_work, scope, other_scope):
    theirs = await alert_of(unit_of_work, other_scope)
    with pytest.raises(NotFound):
        await opened(unit_of_work, scope, alert_ids=(theirs.id,))


async def test_a_timeline_cannot_be_rewritten(unit_of_work, scope):
    incident = await opened(unit_of_work, scope)
    for statement in (
        "UPDATE incident_step SET actor = 'nobody' WHERE incident_id = $1",
        "DELETE FROM incident_step WHERE incident_id = $1",
    ):
        with pytest.raises(OperationalError, match="permission denied"):
            async with unit_of_work(scope) as uow:
                await uow.connection.execute_query(statement, [incident.id])


async def test_the_operator_is_told_all_of_it(unit_of_work, scope):
    alert = await alert_of(unit_of_work, scope)
    incident = await opened(unit_of_work, scope, alert_ids=(alert.id,))
    async with unit_of_work(scope, read_only=True) as uow:
        [short] = await incidents.told(uow)
        [full] = await incidents.told_in_full(uow, incident.id)
    assert short["title"] == full["title"] == "Key leaked"
    assert [each["kind"] for each in full["timeline"]] == ["opened", "alert_linked"]
    assert [each["id"] for each in full["alerts"]] == [alert.id]


@pytest.mark.law("L31")
async def test_a_breach_of_personal_data_starts_its_clock(unit_of_work, scope):
    incident = await opened(unit_of_work, scope)
    async with unit_of_work(scope) as uow:
        row = await incidents.update(uow, incident.id, Changes(data_kinds=("transcript",)))
    assert row.authority_due_at == row.noticed_at + timedelta(hours=72)
    assert row.people_due_at == row.noticed_at + timedelta(hours=72)


@pytest.mark.law("L43")
async def test_a_practice_has_sixty_days_for_people(unit_of_work, scope):
    privacy = scope.tenant.privacy.model_copy(update={"hipaa": True})
    practice = replace(scope, tenant=replace(scope.tenant, privacy=privacy))
    incident = await opened(unit_of_work, practice)
    async with unit_of_work(practice) as uow:
        row = await incidents.update(uow, incident.id, Changes(data_kinds=("transcript",)))
    assert row.people_due_at == row.noticed_at + timedelta(days=60)


async def test_a_clock_that_was_set_by_hand_stays(unit_of_work, scope, clock):
    incident = await opened(unit_of_work, scope)
    due = clock.now() + timedelta(hours=5)
    async with unit_of_work(scope) as uow:
        await incidents.update(uow, incident.id, Changes(authority_due_at=due))
        row = await incidents.update(uow, incident.id, Changes(data_kinds=("transcript",)))
    assert row.authority_due_at == due


async def test_nothing_is_due_where_no_personal_data_is_touched(unit_of_work, scope):
    incident = await opened(unit_of_work, scope)
    async with unit_of_work(scope) as uow:
        row = await incidents.update(uow, incident.id, Changes(note="A disk"))
    assert row.authority_due_at is None


@pytest.mark.law("L31")
async def test_what_was_not_told_in_time_is_overdue(unit_of_work, scope, clock):
    incident = await opened(unit_of_work, scope)
    async with unit_of_work(scope) as uow:
        row = await incidents.update(uow, incident.id, Changes(data_kinds=("transcript",)))
    assert overdue(row, clock.now() + timedelta(hours=72)) == []
    assert overdue(row, clock.now() + timedelta(hours=73)) == ["authority", "people"]
    async with unit_of_work(scope) as uow:
        row = await incidents.update(uow, incident.id, Changes(authority_told_at=uow.now))
    assert overdue(row, clock.now() + timedelta(hours=73)) == ["people"]
