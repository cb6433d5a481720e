"""A practice: who hears of a visit, what cannot wait, and what has to be on before it is."""

from datetime import UTC, date, datetime

import pytest

from api.reception import Arrival, Reception
from deskbell.testing.scenarios import play, script_of
from domain.appointments.models import Appointment
from domain.appointments.repository import Appointments
from domain.conversations.acts import Disposition, Say
from domain.conversations.models import Channel
from domain.errors import InvalidInput
from domain.personal import DataClass, labels
from domain.privacy.bounds import check
from domain.privacy.presets import CALLERS
from domain.receptionist.nlu import Context, understand
from domain.receptionist.ports import Transcript
from integrations.http_out import Outbound
from plugins import healthcare, settings, starting
from plugins.abilities import Tools
from plugins.admission import Equipment, admission
from plugins.attempts import SWITCHED_OFF
from plugins.errors import HealthModeNeeded
from plugins.guard import Breakers
from plugins.healthcare.rules import triage
from plugins.healthcare.settings import Settings
from plugins.healthcare.visits import age
from plugins.healthcare.words import FLOORS, WORDINGS
from plugins.registry import Registry
from tenants.agreements.repository import PHI
from tenants.service import job_scope
from tests.factories.policies import promise

REGISTRY = Registry(plugins=(healthcare,))
CALLER = "+12125550142"
NOTHING_FOUND = "cannot find an appointment"
BOOKING = (
    "I want to book a checkup for my son tomorrow at 3 pm",
    "no",
    "Leo Weiss",
    "April 3, 2016",
    "yes",
    "no",
    "My name is Carla Weiss",
    "yes",
)


def at_night(said):
    heard = understand(
        said, Context(now=datetime(2026, 11, 16, 22, 0, tzinfo=UTC).replace(tzinfo=None))
    )
    return next((rule.name for rule in triage(Settings()) if rule.hears(heard)), None)


@pytest.fixture
async def practice(unit_of_work, scope):
    """A practice that was set up by the starter, in HIPAA mode."""
    await promise(unit_of_work, scope, preset="healthcare")
    health = await job_scope(scope.tenant_id, "tests")
    async with unit_of_work(health) as uow:
        await starting.apply(uow, REGISTRY, "healthcare")
    return health


@pytest.fixture
def call(unit_of_work, practice):
    """Says lines in a call of their own; returns the answers."""
    tools = Tools(REGISTRY, Equipment(unit_of_work, Outbound()), Breakers(unit_of_work.clock))

    async def talk(*lines, phone=CALLER):
        arrival = Arrival(practice.tenant_id, Channel.VOICE, phone)
        talking = (await Reception(unit_of_work, tools=tools).welcome(arrival)).conversation
        assert [act async for act in talking.open()]
        said = []
        for line in lines:
            acts = [act async for act in talking.hear(Transcript(line), offset_ms=0)]
            said.append(" ".join(act.text for act in acts if isinstance(act, Say)))
        await talking.close(Disposition.CALLER_HANGUP)
        return said

    return talk


async def test_without_health_mode_it_cannot_be_switched_on(unit_of_work, scope):
    async with unit_of_work(scope) as uow:
        with pytest.raises(HealthModeNeeded, match=r"agreementRecord.*HEALTHCARE") as refused:
            await settings.enable(uow, REGISTRY, "healthcare")
        assert refused.value.plugins == ["healthcare"]
        with pytest.raises(HealthModeNeeded):
            await starting.apply(uow, REGISTRY, "healthcare")


async def test_health_mode_stays_while_it_is_on(unit_of_work, practice):
    kept, given_up = practice.tenant.privacy, CALLERS["ninety_days"]
    async with unit_of_work(practice) as uow:
        await settings.all_covered(REGISTRY)(uow, kept, kept)
        with pytest.raises(HealthModeNeeded):
            await settings.all_covered(REGISTRY)(uow, kept, given_up)


async def test_where_health_mode_is_off_it_does_nothing(unit_of_work, scope, practice):
    async with unit_of_work(scope) as uow:
        assert (await admission(uow, REGISTRY, "healthcare")).shut == SWITCHED_OFF
    async with unit_of_work(practice) as uow:
        assert (await admission(uow, REGISTRY, "healthcare")).shut == ""


@pytest.mark.law("L45")
async def test_a_visit_is_told_by_name_and_date_of_birth(unit_of_work, practice, call):
    assert "You are booked for an exam tomorrow" in (await call(*BOOKING))[-1]
    async with unit_of_work(practice) as uow:
        [visit] = await Appointments(uow).page(Appointments(uow).all())
        assert (visit.visitor.read(), visit.visitor_born.read()) == ("Leo Weiss", "2016-04-03")
    asked = await call("When is my appointment?", "Carla Weiss", "April 4, 2016")
    assert "date of birth" in asked[1]
    assert NOTHING_FOUND in asked[2]
    assert NOTHING_FOUND in (await call("When is my appointment?", "Ben Lee", "April 3, 2016"))[-1]
    for name in ("Carla Weiss", "Leo Weiss"):
        told = await call("When is my appointment?", name, "April 3, 2016")
        assert "an exam tomorrow at 3 PM" in told[-1]
    right = ("Leo Weiss", "April 3, 2016")
    strange = await call("When is my appointment?", *right, phone="+12125550177")
    assert NOTHING_FOUND in strange[-1]


@pytest.mark.law("L45")
async def test_nothing_is_called_off_without_a_date_of_birth(unit_of_work, practice, call):
    await call(*BOOKING)
    cancel = "I have to cancel my appointment"
    assert NOTHING_FOUND in (await call(cancel, "Carla Weiss", "May 1, 1980"))[-1]
    done = await call(cancel, "Carla Weiss", "April 3, 2016", "yes")
    assert "exam" in done[2]
    async with unit_of_work(practice) as uow:
        [visit] = await Appointments(uow).page(Appointments(uow).all())
        assert visit.cancelled_at is not None


async def test_dates_of_birth_cannot_be_tried_out(call):
    await call(*BOOKING)
    ask = "When is my appointment?"
    wrong = [each for day in (1, 2, 4) for each in (ask, f"April {day}, 2016")]
    said = await call(ask, "Carla Weiss", *wrong[1:], ask, "April 3, 2016")
    assert sum(NOTHING_FOUND in each for each in said) >= 4
    assert not any("tomorrow" in each for each in said)


async def test_a_family_books_in_one_call():
    [vertical] = REGISTRY.verticals.values()
    script = script_of(vertical)
    scenario = script.scenarios[0]
    second = ("I also want to book a checkup for my son tomorrow at 3 pm", "no", *BOOKING[2:4])
    second += ("no", "yes", "Cigna", "no", "yes")
    family = scenario.model_copy(update={"lines": (*scenario.lines, *second)})
    visits = (await play(healthcare, family, script)).happened.visits
    assert [each.service for each in visits] == ["Cleaning", "New patient exam"]
    assert "Patient: Anna Lopez" in visits[0].notes
    assert "Patient: Leo Weiss; New patient; Insurance: Cigna" in visits[1].notes


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        ("My daughter's tooth was knocked out", "tooth_out"),
        ("a tooth fell out and I have it in my hand", "tooth_out"),
        ("my crown fell out, the tooth is fine", None),
        ("my jaw is swollen and I can't swallow", "spreading"),
        ("my face is swollen but I have no fever", "swelling"),
        ("the abscess is spreading to my neck", "spreading"),
        ("I think I dislocated my jaw", "jaw"),
        ("I'm still bleeding from the extraction", "bleeding"),
        ("my gums bleed a little when I brush", None),
        ("should I take antibiotics before the cleaning?", "advice"),
        ("is it normal that it hurts?", "opinion"),
        ("can I take an appointment at three?", None),
        ("what are my results?", "results"),
        ("I would like a copy of my records", None),
        ("how much is a cleaning?", None),
    ],
)
def test_what_cannot_wait_is_heard(said, rule):
    assert at_night(said) == rule


def test_patients_are_kept_on_file_for_seven_years():
    kept = CALLERS["healthcare"]
    check(kept, [floor.bound for floor in FLOORS])
    with pytest.raises(InvalidInput) as refused:
        check(CALLERS["ninety_days"], [floor.bound for floor in FLOORS])
    named = {problem.path.removeprefix("retention.") for problem in refused.value.problems}
    assert {str(floor.data_class) for floor in FLOORS} <= named


def test_letters_name_nothing_of_health():
    for words in WORDINGS.values():
        assert "{service}" not in words
        assert not {"dental", "dentist", "tooth", "treatment"} & set(words.lower().split())


def test_who_comes_is_labelled_as_health_data():
    found = labels(Appointment)
    assert found["visitor"] is found["visitor_born"] is DataClass.CALLER_IDENTITY
    assert {found["visitor"], found["notes"]} <= PHI


def test_an_age_is_counted_in_whole_years():
    assert age(date(2008, 11, 17), date(2026, 11, 16)) == 17
    assert age(date(2008, 11, 16), date(2026, 11, 16)) == 18
