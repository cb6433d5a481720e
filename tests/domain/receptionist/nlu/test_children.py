"""A child that speaks, a child that is spoken of, and everybody else."""

import json
from pathlib import Path

import pytest

from domain.receptionist.nlu.children import Role, find_child

LINES = [
    json.loads(line) for line in Path("tests/data/nets/children.jsonl").read_text().splitlines()
]


@pytest.mark.law("L51")
@pytest.mark.parametrize("line", LINES, ids=lambda line: line["text"][:30])
def test_who_is_a_child(line) -> None:
    child = find_child(line["text"], 18)
    assert (child.role.value if child else "none") == line["label"]


@pytest.mark.law("L51")
def test_the_profile_says_who_is_too_young() -> None:
    assert find_child("I'm fifteen", 13) is None
    assert find_child("I'm fifteen", 18).role is Role.SPEAKS
    assert find_child("I'm twelve", 13).age == 12


def test_what_the_child_is_to_the_caller_is_told() -> None:
    child = find_child("my 8 year old grandson has a toothache", 18)
    assert (child.role, child.age, child.relation) == (Role.SPOKEN_OF, 8, "grandchild")
