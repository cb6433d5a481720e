"""Cars as callers name them."""

import pytest

from domain.receptionist.nlu.vehicles import VehicleMention, find_vehicle


@pytest.mark.parametrize(
    ("text", "make", "model", "year"),
    [
        ("ford fiesta", "ford", "fiesta", None),
        ("make toyota model dyna", "toyota", "dyna", None),
        ("audi a 7 2017", "audi", "a 7", "2017"),
        ("it's a 2016 Toyota Camry", "toyota", "camry", "2016"),
        ("maruti suzuki alto 800 2016", "maruti suzuki", "alto 800", "2016"),
        ("the model of the car is ford fusion", "ford", "fusion", None),
        ("2017", None, None, "2017"),
        ("my car is a hyundia elantra", "hyundia", "elantra", None),
        ("ssn no 2009", None, None, None),
        ("we met in 2015 at the beach", None, None, None),
    ],
)
def test_make_model_and_year_are_told_apart(text, make, model, year):
    found = find_vehicle(text)
    assert (found.make, found.model, found.year) == (make, model, year)


def test_a_make_has_its_proper_name():
    assert find_vehicle("chevy sonic").known_make == "Chevrolet"


def test_another_car_takes_the_place_of_the_first():
    first = VehicleMention("tata", "485", None, "Tata")
    assert first.with_more(find_vehicle("sorry audi 001")).model == "001"
