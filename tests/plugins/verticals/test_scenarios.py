"""Every trade keeps its word: callers say what its file says, and what has to come of it does."""

import pytest

from deskbell.testing.scenarios import (
    Kind,
    Scenario,
    Script,
    play,
    problems,
    script_of,
    shortcomings,
)
from plugins.checking import findings
from plugins.registry import Registry

REGISTRY = Registry()
SCRIPTS = {name: script_of(each) for name, each in REGISTRY.verticals.items()}
EACH = [
    pytest.param(name, scenario, id=f"{name}: {scenario.name}")
    for name, script in SCRIPTS.items()
    for scenario in script.scenarios
]


def play_of(name: str, scenario: Scenario, **how: bool):
    return play(REGISTRY.sources[name], scenario, SCRIPTS[name], **how)


@pytest.mark.parametrize(("name", "scenario"), EACH)
async def test_a_scenario_ends_as_it_should(name, scenario):
    assert problems(scenario, await play_of(name, scenario)) == []


@pytest.mark.parametrize("name", SCRIPTS)
async def test_without_the_plugin_its_scenarios_fail(name):
    needing = [each for each in SCRIPTS[name].scenarios if each.kind is not Kind.NO_BOOKING]
    alone = [
        each.name
        for each in needing
        if not problems(each, await play_of(name, each, enabled=False))
    ]
    assert alone == []


@pytest.mark.parametrize("name", SCRIPTS)
def test_the_scenarios_of_a_trade_prove_enough(name):
    assert list(shortcomings(SCRIPTS[name])) == []


def test_every_trade_is_sound():
    assert findings(REGISTRY) == []


def test_a_trade_with_few_scenarios_is_told_so():
    [scenario, *_] = SCRIPTS["home_services"].scenarios
    assert list(shortcomings(Script(scenarios=(scenario,)))) == [
        "it has 1 scenarios, and needs 12",
        "it has 0 scenarios in which nothing may be booked, and needs 4",
        "it has 0 emergencies and refusals, and needs 2",
        "it has 0 scenarios that are spoken, and needs 3",
        "it has 0 spoken scenarios in which nothing may be booked, and needs 1",
        "it has 0 spoken emergencies and refusals, and needs 1",
    ]


async def test_a_scenario_that_goes_otherwise_is_found_out():
    [scenario, *_] = SCRIPTS["home_services"].scenarios
    played = await play_of("home_services", scenario)
    expect = scenario.expect.model_copy(
        update={"booked": "", "message": "hello", "put_through": "Office", "priority": "high"}
    )
    told = problems(scenario.model_copy(update={"expect": expect}), played)
    assert told == [
        "Drain cleaning was booked",
        "no message says 'hello': []",
        "no message is of priority high",
        "Office was not put on the line",
    ]
