"""A test that proves a promise fails when the behaviour behind it is switched off."""

import ast

import pytest

from deskbell.promises import Standing, ledger, marked
from tests.promises.mutating import Copy, mutations

MUTATIONS = mutations()
PROOFS = marked()


def test_every_promise_that_is_kept_has_a_mutation():
    kept = {entry.id for entry in ledger() if entry.status is Standing.KEPT}
    assert MUTATIONS.keys() == kept


def test_mutations_stand_in_the_order_of_the_ledger():
    ids = [entry.id for entry in ledger()]
    assert list(MUTATIONS) == sorted(MUTATIONS, key=ids.index)


@pytest.mark.parametrize("id", MUTATIONS)
def test_a_mutation_fits_the_code(id):
    mutation = MUTATIONS[id]
    assert mutation.path.read_text().count(mutation.original) == 1
    assert mutation.replacement != mutation.original
    if mutation.path.suffix == ".py":
        ast.parse(mutation.mutated)


@pytest.mark.parametrize("id", MUTATIONS)
def test_a_mutation_names_a_test_that_proves_its_promise(id):
    assert MUTATIONS[id].test in PROOFS[id]


@pytest.fixture(scope="module")
def copy(tmp_path_factory, servers):
    """Whoever runs tests in it finds the servers running."""
    return Copy.of_this(tmp_path_factory.mktemp("mutated") / "deskbell")


@pytest.mark.long
def test_every_such_test_passes_as_it_is(copy):
    done = copy.run(*dict.fromkeys(mutation.test for mutation in MUTATIONS.values()))
    assert done.returncode == pytest.ExitCode.OK, done.stdout[-3000:]


@pytest.mark.long
@pytest.mark.parametrize("id", MUTATIONS)
def test_a_behaviour_that_is_switched_off_is_noticed(copy, id):
    done = copy.without(MUTATIONS[id])
    assert done.returncode == pytest.ExitCode.TESTS_FAILED, done.stdout[-3000:]
    assert f"FAILED {MUTATIONS[id].test}" in done.stdout
