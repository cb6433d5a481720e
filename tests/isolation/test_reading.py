"""Whatever can be read is read, all of it, by the owner of one tenant: nothing is another's."""

import pytest

from api.graphql.schema import build_schema
from tests.api.everything import global_ids
from tests.api.test_isolation import OF_THE_OPERATOR
from tests.isolation.leaks import leaks, traces_of
from tests.isolation.reading import reached, reads

SCHEMA = build_schema(production=False)._schema
# Listed with its person; no document shows its id.
NOT_SHOWN = {"Passkey"} | OF_THE_OPERATOR


@pytest.mark.promise("P107")
async def test_all_that_is_read_is_ours_and_nothing_is_theirs(insider, own, theirs, other_scope):
    marks = traces_of(other_scope, theirs)
    answers = await reads(insider, SCHEMA, own)
    assert {name for name, text in answers.items() if leaks(text, marks)} == set()
    # A prover that sees nothing finds nothing: all of ours was in sight.
    seen = "".join(answers.values())
    assert {kind for kind, id in own.items() if id not in seen} <= NOT_SHOWN


@pytest.mark.promise("P107")
async def test_no_argument_that_holds_an_id_lets_another_tenant_in(
    insider, own, theirs, other_scope
):
    marks = traces_of(other_scope, theirs)
    attacked, found = await reached(insider, SCHEMA, own, global_ids(theirs), marks)
    assert found == set()
    assert "Query.node(id)" in attacked
