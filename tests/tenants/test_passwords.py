"""Which passwords are kept, and how."""

import pytest

from domain.errors import InvalidInput
from tenants import passwords

GOOD = "correct horse battery"


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("", "TOO_SHORT"),
        ("k8#Zq!v2Lp", "TOO_SHORT"),
        ("x" * 1001, "TOO_LONG"),
        ("password1234", "TOO_COMMON"),
        ("qwertyuiop[]", "TOO_COMMON"),
        ("111111111111", "TOO_COMMON"),
        ("letmeinletmein", "TOO_COMMON"),
    ],
)
def test_a_password_that_is_guessed_is_refused_with_reasons(password, code):
    with pytest.raises(InvalidInput) as refused:
        passwords.hash_password(password)
    assert {problem.code for problem in refused.value.problems} == {code}
    assert all(problem.message for problem in refused.value.problems)


@pytest.mark.parametrize("password", ["olive@smile-dentists.test", "Smile Dentists"])
def test_ones_own_words_are_no_password(password):
    passwords.hash_password(password, "anna@lee.test", "Anna Lee")
    with pytest.raises(InvalidInput):
        passwords.hash_password(password, "olive@smile-dentists.test", "Olive", "Smile Dentists")


async def test_a_hash_is_salted_argon2id_and_knows_its_password():
    first, second = passwords.hash_password(GOOD), passwords.hash_password(GOOD)
    assert first.startswith("$argon2id$")
    assert first != second
    assert (await passwords.check(GOOD, first)).right
    assert not (await passwords.check(GOOD + " ", first)).right


@pytest.mark.parametrize("stored", [None, "", "not a hash", "$argon2id$broken"])
async def test_nobody_and_a_broken_hash_match_nothing(stored):
    assert not (await passwords.check(GOOD, stored)).right
    assert not (await passwords.check("nobody's password", stored)).right


async def test_a_hash_of_another_cost_is_renewed():
    old = passwords.hash_password(GOOD)
    assert (await passwords.check(GOOD, old)).renewed is None
    try:
        passwords.use_cost(memory_kib=16, rounds=1)
        verdict = await passwords.check(GOOD, old)
    finally:
        passwords.use_cost(memory_kib=8, rounds=1)
    assert verdict.right
    assert "m=16" in verdict.renewed


async def test_a_very_long_password_is_judged_and_kept_whole():
    long = "the quick brown fox jumps over " * 20
    kept = passwords.hash_password(long)
    assert not (await passwords.check(long[:-1], kept)).right
