"""What each trade decides, without a conversation around it."""

from dataclasses import replace

import pytest
from pydantic import ValidationError

from deskbell.testing.bench import Bench
from domain.errors import Unavailable
from domain.receptionist.house_rules import Case, Then
from domain.receptionist.offers import Situation
from plugins import home_services, legal, restaurant
from plugins.abilities import Trade
from plugins.checking import findings
from plugins.home_services.settings import Settings as HomeServices
from plugins.legal.conflicts import conflict
from plugins.manifest import Manifest
from plugins.registry import Registry
from plugins.restaurant.settings import Settings as Restaurant
from plugins.spec import hookimpl
from plugins.vertical import Vertical, joined

PARTIES = ["Acme Widgets Inc.", "John Q. Harper", "Núñez and Sons LLC"]


def situation(bench):
    return Situation(bench.scope.tenant_id, None, False, bench.clock.now())


async def decide(plugin, settings, **case):
    bench = Bench(plugin, settings)
    name = f"{bench.manifest.name}.screening"
    given = Case(case.pop("answers"), case.get("service", ""), case.get("caller", ""))
    return await bench.hands().screen(name, given, situation(bench))


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("acme widgets", "Acme Widgets Inc."),
        ("John Harper", "John Q. Harper"),
        ("Harper, John", "John Q. Harper"),
        ("Nunez and sons", "Núñez and Sons LLC"),
        ("Harper", None),
        ("John Smith", None),
        ("nobody", None),
        ("", None),
    ],
)
def test_a_conflict_is_found_by_the_words_of_a_name(said, found):
    assert conflict([said], PARTIES) == found


async def test_the_parties_of_an_office_are_sealed():
    bench = Bench(legal, {"parties": "Acme Widgets"})
    assert "Acme" not in repr(bench.settings)
    answers = {"client": "Anna", "matter": "injury", "opponent": "acme widgets"}
    verdict = await decide(legal, {"parties": "Acme Widgets"}, answers=answers)
    assert (verdict.then, "Acme" in verdict.note, "Acme" in verdict.say) == (
        Then.MESSAGE,
        True,
        False,
    )


async def test_a_business_that_names_no_place_goes_everywhere():
    verdict = await decide(home_services, {}, answers={"postcode": "90210"})
    assert verdict.then is Then.GO_ON


@pytest.mark.parametrize(("party", "service"), [("1", "Table for two"), ("5", "Table for six")])
async def test_a_party_gets_the_smallest_table(party, service):
    verdict = await decide(restaurant, {}, answers={"party": party})
    assert verdict.service == service


async def test_nobody_comes_in_a_party_of_none():
    assert (await decide(restaurant, {}, answers={"party": "0"})).then is Then.STOP


def test_settings_that_make_no_sense_are_refused():
    with pytest.raises(ValidationError, match="largest party"):
        Restaurant(largest_party=20)
    with pytest.raises(ValidationError, match="ZIP code"):
        HomeServices(postcodes=("1%",))
    assert HomeServices(postcodes=("sw1a 1aa",)).postcodes == ("SW1A1AA",)


async def test_a_trade_that_cannot_be_asked_books_nothing():
    def broken(settings):
        raise RuntimeError

    bench = Bench(home_services)
    [vertical] = bench.registry.verticals.values()
    [trade] = bench.hands().trades.values()
    shut = Trade.of(replace(vertical, triage=broken), trade.admission)
    hands = replace(bench.hands(), trades={"home_services.screening": shut})
    [screening] = hands.house.screenings
    assert screening.concerns(None)
    with pytest.raises(Unavailable):
        await hands.screen(screening.name, Case({}, "", ""), situation(bench))


def test_two_trades_are_one_house():
    registry = Registry(plugins=(home_services, restaurant))
    settings = {"home_services": HomeServices(), "restaurant": Restaurant()}
    houses = [each.house(name, settings[name]) for name, each in registry.verticals.items()]
    house = joined(houses)
    assert [each.name for each in house.screenings] == [
        "home_services.screening",
        "restaurant.screening",
    ]
    assert {rule.name for rule in house.triage} >= {"home_services.gas", "restaurant.illness"}


class Unsound:
    """A plugin whose trade has no starter, or says what nobody can fill in."""

    def __init__(self, vertical: Vertical) -> None:
        self.vertical = vertical

    @hookimpl
    def plugin_manifest(self) -> Manifest:
        return replace(home_services.plugin_manifest(), name="unsound")

    @hookimpl
    def register_vertical(self, describe) -> None:
        describe(self.vertical)


def test_an_unsound_trade_is_found_out(tmp_path):
    [sound] = Registry(plugins=(home_services,)).verticals.values()
    [finding] = findings(Registry(plugins=(Unsound(replace(sound, folder=tmp_path)),)))
    assert "its trade cannot be used" in finding.problem
    [finding] = findings(Registry(plugins=(Unsound(sound),)))
    assert "its starter does not switch it on" in finding.problem
