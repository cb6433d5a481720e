"""All conditions at once, and each of them alone stands in the way."""

from dataclasses import fields, replace
from itertools import product

import pytest

from domain.training.rules import Bar, Facts, bars

READY = Facts(opted_in=True, anonymised=True, has_key=True)
NAMES = [each.name for each in fields(Facts)]


@pytest.mark.promise("P102", "P103")
def test_silence_is_no_permission():
    assert Bar.NOT_OPTED_IN in bars(Facts())


@pytest.mark.promise("P103")
@pytest.mark.parametrize("values", list(product([False, True], repeat=len(NAMES))))
def test_only_one_state_of_affairs_lets_through(values):
    facts = Facts(**dict(zip(NAMES, values, strict=True)))
    assert (not bars(facts)) == (facts == READY)


@pytest.mark.promise("P101")
@pytest.mark.law("L44")
def test_health_is_out_whatever_else_is_said():
    assert bars(replace(READY, hipaa=True)) == {Bar.HEALTH}
