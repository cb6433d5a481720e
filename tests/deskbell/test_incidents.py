"""What went wrong, as an operator reads it over every business."""

import asyncio
import json
from uuid import uuid4

import pytest

from deskbell.bootstrap import Wiring
from tenants.service import job_scope, tenant_of_slug
from tenants.watch import alerts, incidents
from tenants.watch.rules import Finding, Rule, Severity


@pytest.fixture(scope="module")
def incident(house):
    """An incident of a business, with the alert that led to it; its id."""
    house.json("tenant", "create", "Unlucky", "--slug", "unlucky", "--email", "o@unlucky.test")
    return asyncio.run(open_one(Wiring.build(house.deployment())))


async def open_one(wiring):
    async with wiring.connected_as_system():
        scope = await job_scope(await tenant_of_slug("unlucky"), "tests")
        async with wiring.unit_of_work(scope) as uow:
            alert = await alerts.tell(uow, Finding(Rule.REFUSALS, "member:x", uow.now))
            new = incidents.NewIncident("A key leaked", Severity.SEVERE, alert_ids=(alert.id,))
            return str((await incidents.open_incident(uow, new)).id)


@pytest.mark.promise("P110")
def test_every_incident_is_listed_with_its_business(house, incident):
    [told] = house.json("incidents", "list")
    assert (told["id"], told["tenant"], told["title"]) == (incident, "unlucky", "A key leaked")
    assert "severe: A key leaked" in house.say("incidents", "list").stdout


@pytest.mark.promise("P110")
def test_one_incident_is_shown_with_its_course(house, incident):
    [told] = [json.loads(house.say("incidents", "show", incident, "--json").stdout)]
    assert [step["kind"] for step in told["timeline"]] == ["opened", "alert_linked"]
    assert [alert["rule"] for alert in told["alerts"]] == ["refusals"]
    assert "title: A key leaked" in house.say("incidents", "show", incident).stdout


def test_an_incident_that_is_not_there_is_named(house, incident):
    id = str(uuid4())
    done = house.say("incidents", "show", id)
    assert (done.exit_code, f"There is no incident {id}" in done.stderr) == (1, True)
