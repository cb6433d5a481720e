"""Changing the business profile and plugins through GraphQL."""

import pytest

from api.graphql.ids import write_id
from tests.api.deeds import do, refuse
from tests.api.everything import global_ids, own_everything
from tests.factories.business import open_practice

PROFILE = """
{ tenant { businessProfile {
  locations { name timeZone isDefault hours { weekday opens closes } }
  services { name durationMinutes price { amountMinor } resources { name } }
  resources { name kind location { name } hours { opens } }
  closures { startsOn reason resource { name } location { name } }
  transferTargets { label } intakes { name questions { key onlyIf { question answer } } }
  rules { greeting mode booking { instant dailyLimit slotMinutes } } } } }
"""
NINE_TO_FIVE = {"weekday": 0, "opens": "09:00", "closes": "17:00"}


@pytest.fixture
async def practice(unit_of_work, scope):
    return await open_practice(unit_of_work, scope)


async def profile(owner):
    return (await owner.ask(PROFILE))["tenant"]["businessProfile"]


async def test_a_business_is_set_up_from_nothing(owner):
    main = await do(
        owner,
        "locationAdd",
        "location { id isDefault }",
        name="Main",
        timeZone="Europe/London",
        hours=[NINE_TO_FIVE],
    )
    assert main["location"]["isDefault"]
    chair = {"kind": "ROOM", "name": "Chair", "locationId": main["location"]["id"]}
    resource = (await do(owner, "resourceAdd", "resource { id }", **chair))["resource"]
    cleaning = {"name": "Cleaning", "durationMinutes": 30}
    price = {"amountMinor": 12000, "currency": "USD"}
    service = await do(owner, "serviceAdd", "service { id }", **cleaning, price=price)
    await do(
        owner,
        "serviceAssign",
        "service { resources { name } }",
        id=service["service"]["id"],
        resourceIds=[resource["id"]],
    )
    seen = await profile(owner)
    assert seen["locations"][0]["hours"] == [
        {"weekday": 0, "opens": "09:00:00", "closes": "17:00:00"}
    ]
    assert seen["services"] == [
        {
            "name": "Cleaning",
            "durationMinutes": 30,
            "price": {"amountMinor": 12000},
            "resources": [{"name": "Chair"}],
        }
    ]
    assert seen["resources"][0]["location"] == {"name": "Main"}


async def test_overlapping_hours_are_refused(owner):
    hours = [NINE_TO_FIVE, {"weekday": 0, "opens": "16:00", "closes": "18:00"}]
    main = {"name": "Main", "timeZone": "Europe/London", "hours": hours}
    assert await refuse(owner, "locationAdd", **main) == "InvalidInputError"


async def test_a_location_changes_in_part(owner, practice):
    id = write_id("Location", practice.location_id)
    fields = "location { name address serviceAreas }"
    changed = await do(owner, "locationUpdate", fields, id=id, serviceAreas=["Springfield"])
    assert changed["location"]["name"] == "Main Street"
    assert changed["location"]["serviceAreas"] == ["Springfield"]


async def test_the_default_location_stays(owner, practice):
    id = write_id("Location", practice.location_id)
    assert await refuse(owner, "locationRemove", id=id) == "DefaultLocationError"
    other = await do(owner, "locationAdd", "location { id }", name="B", timeZone="Europe/London")
    await do(owner, "locationMakeDefault", "location { id }", id=other["location"]["id"])
    assert await refuse(owner, "locationRemove", id=id) == "StillNeededError"


async def test_names_of_services_differ(owner, practice):
    twin = {"name": "Exam", "durationMinutes": 30}
    assert await refuse(owner, "serviceAdd", **twin) == "NameTakenError"


async def test_a_price_is_in_the_tenants_currency(owner, practice):
    id = write_id("Service", practice.exam_id)
    euros = {"amountMinor": 1, "currency": "EUR"}
    assert await refuse(owner, "serviceUpdate", id=id, price=euros) == "InvalidInputError"
    free = await do(owner, "serviceUpdate", "service { price { currency } }", id=id, price=None)
    assert free["service"]["price"] is None


async def test_what_bookings_need_is_not_removed(unit_of_work, scope, owner):
    own = global_ids(await own_everything(unit_of_work, scope, "mark"))
    assert await refuse(owner, "serviceRemove", id=own["Service"]) == "StillNeededError"
    assert await refuse(owner, "resourceRemove", id=own["Resource"]) == "StillNeededError"


async def test_somebody_takes_hours_of_their_own(owner, practice):
    id = write_id("Resource", practice.dr_lee_id)
    fields = "resource { name hours { opens } }"
    own = await do(owner, "resourceUpdate", fields, id=id, hours=[NINE_TO_FIVE])
    assert own["resource"]["hours"] == [{"opens": "09:00:00"}]
    shared = await do(owner, "resourceUpdate", fields, id=id, hours=None)
    assert shared["resource"] == {"name": "Dr. Maya Lee", "hours": None}


async def test_a_day_off_comes_and_goes(owner, practice):
    day_off = {
        "locationId": write_id("Location", practice.location_id),
        "resourceId": write_id("Resource", practice.dr_lee_id),
        "startsOn": "2026-12-24",
        "endsOn": "2026-12-26",
        "reason": "Christmas",
    }
    added = await do(owner, "closureAdd", "closure { id }", **day_off)
    [seen] = (await profile(owner))["closures"]
    assert (seen["reason"], seen["resource"]["name"]) == ("Christmas", "Dr. Maya Lee")
    backwards = day_off | {"endsOn": "2026-12-23"}
    assert await refuse(owner, "closureAdd", **backwards) == "InvalidInputError"
    await do(owner, "closureRemove", "id", id=added["closure"]["id"])
    assert (await profile(owner))["closures"] == []


async def test_rules_change_in_part(owner, practice):
    fields = "rules { greeting booking { instant dailyLimit slotMinutes } }"
    changed = await do(
        owner, "rulesUpdate", fields, greeting="Hello!", booking={"instant": False, "dailyLimit": 9}
    )
    assert changed["rules"] == {
        "greeting": "Hello!",
        "booking": {"instant": False, "dailyLimit": 9, "slotMinutes": 15},
    }
    again = await do(owner, "rulesUpdate", fields, booking={"dailyLimit": None})
    assert again["rules"]["booking"] == {"instant": False, "dailyLimit": None, "slotMinutes": 15}
    too_fine = {"booking": {"slotMinutes": 1}}
    assert await refuse(owner, "rulesUpdate", **too_fine) == "InvalidInputError"


async def test_travel_changes_in_part_and_ends(owner, practice):
    fields = "rules { booking { travel { speedKmh detourPercent fixedMinutes unknownMinutes } } }"
    usual = {"speedKmh": 40, "detourPercent": 130, "fixedMinutes": 10, "unknownMinutes": 30}
    steps = [({}, usual), ({"speedKmh": 60}, usual | {"speedKmh": 60}), (None, None)]
    for change, travel in steps:
        changed = await do(owner, "rulesUpdate", fields, booking={"travel": change})
        assert changed["rules"]["booking"] == {"travel": travel}
    too_fast = {"booking": {"travel": {"speedKmh": 1000}}}
    assert await refuse(owner, "rulesUpdate", **too_fast) == "InvalidInputError"


async def test_a_broken_rule_is_named_by_its_path(owner):
    query = """mutation { rulesUpdate(input: {booking: {slotMinutes: 1}}) {
      ... on InvalidInputError { fields { path } } } }"""
    [field] = (await owner.ask(query))["rulesUpdate"]["fields"]
    assert field["path"] == "booking.slotMinutes"


async def test_an_intake_branches(owner):
    questions = [
        {"key": "insured", "ask": "Are you insured?", "kind": "YES_NO"},
        {
            "key": "insurer",
            "ask": "With whom?",
            "onlyIf": [{"question": "insured", "answer": "yes"}],
        },
    ]
    added = await do(owner, "intakeAdd", "intake { id }", name="New", questions=questions)
    [seen] = (await profile(owner))["intakes"]
    assert seen["questions"][1]["onlyIf"] == [{"question": "insured", "answer": "yes"}]
    resting = await do(
        owner, "intakeUpdate", "intake { active name }", id=added["intake"]["id"], active=False
    )
    assert resting["intake"] == {"active": False, "name": "New"}


async def test_transfer_targets_keep_their_order(owner):
    ids = []
    for label in ("Front", "Back"):
        target = {"label": label, "number": "+12125550190"}
        added = await do(owner, "transferTargetAdd", "transferTarget { id }", **target)
        ids.append(added["transferTarget"]["id"])
    await do(owner, "transferTargetOrder", "transferTargets { id }", ids=ids[::-1])
    assert [t["label"] for t in (await profile(owner))["transferTargets"]] == ["Back", "Front"]
    assert await refuse(owner, "transferTargetOrder", ids=ids[:1]) == "InvalidInputError"
    await do(owner, "transferTargetUpdate", "transferTarget { label }", id=ids[0], label="Desk")
    await do(owner, "transferTargetRemove", "id", id=ids[1])
    assert [t["label"] for t in (await profile(owner))["transferTargets"]] == ["Desk"]


async def test_targets_are_rung_at_their_own_hours(owner):
    fields = "transferTarget { id hours { weekday opens closes } }"
    desk = {"label": "Desk", "number": "+12125550190"}
    added = await do(owner, "transferTargetAdd", fields, **desk, hours=[NINE_TO_FIVE])
    id = added["transferTarget"]["id"]
    [hours] = added["transferTarget"]["hours"]
    assert (hours["weekday"], hours["opens"]) == (0, "09:00:00")
    kept = await do(owner, "transferTargetUpdate", fields, id=id, label="Front desk")
    assert kept["transferTarget"]["hours"] == [hours]
    always = await do(owner, "transferTargetUpdate", fields, id=id, hours=None)
    assert always["transferTarget"]["hours"] is None
    overlapping = {"hours": [NINE_TO_FIVE, NINE_TO_FIVE]}
    assert await refuse(owner, "transferTargetUpdate", id=id, **overlapping) == "InvalidInputError"
    backwards = {"hours": [{"weekday": 0, "opens": "17:00", "closes": "09:00"}]}
    assert await refuse(owner, "transferTargetAdd", **desk, **backwards) == "InvalidInputError"


PLUGINS = "{ tenant { plugins { name enabled settings settingsSchema secretsSet data } } }"


async def test_a_plugin_is_set_and_switched_on(owner):
    plugins = (await owner.ask(PLUGINS))["tenant"]["plugins"]
    before = next(plugin for plugin in plugins if plugin["name"] == "notify")
    assert not before["enabled"]
    assert before["settingsSchema"]["type"] == "object"
    settings = {"to": ["olive@example.com"], "about": ["calls"]}
    fields = "plugin { enabled settings }"
    await do(owner, "pluginConfigure", fields, plugin="notify", settings=settings)
    on = await do(owner, "pluginEnable", fields, plugin="notify")
    assert on["plugin"] == {"enabled": True, "settings": settings}
    off = await do(owner, "pluginDisable", fields, plugin="notify")
    assert not off["plugin"]["enabled"]


async def test_settings_that_do_not_fit_are_refused(owner):
    nonsense = {"plugin": "notify", "settings": {"nonsense": 1}}
    assert await refuse(owner, "pluginConfigure", **nonsense) == "InvalidInputError"
    listed = {"plugin": "notify", "settings": []}
    assert await refuse(owner, "pluginConfigure", **listed) == "InvalidInputError"


async def test_a_plugin_nobody_installed_is_not_found(owner):
    query = 'mutation { pluginEnable(input: {plugin: "nope"}) { __typename } }'
    assert await owner.fail(query) == "NOT_FOUND"
