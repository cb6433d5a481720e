"""The system's part: it sees, lets tenants look, and walks the trails by night."""

from datetime import timedelta

import pytest

from domain.audit.verifier import Verifier
from domain.errors import Unavailable
from tenants.watch.rounds import Rounds
from tenants.watch.rules import Rule, Severity
from tests.conftest import as_system
from tests.domain.audit.conftest import SECRET, busy, chain, sealer, store, trail
from tests.tenants.watch.conftest import OPERATOR

FIXTURES = (busy, chain, sealer, store, trail)


@pytest.fixture
def database(empty_database):
    return empty_database


@pytest.fixture
def verifier(store):
    return Verifier(store, SECRET)


@pytest.fixture
def rounds(verifier, clock, unit_of_work):
    return Rounds(verifier, clock, unit_of_work.ids)


async def walk(rounds, watched):
    async with as_system(watched.road.urls):
        await rounds.verify()
    return await watched.settle()


async def test_a_trail_as_it_was_sealed_is_no_alert(rounds, watched, chain, busy):
    await busy(3)
    await chain.seal()
    assert await walk(rounds, watched) == []


@pytest.mark.promise("P108")
async def test_a_trail_that_was_touched_is_told_the_next_morning(rounds, watched, chain, busy):
    await busy(3)
    await chain.seal()
    await chain.tamper("DELETE FROM audit_entry WHERE tenant_id = $1 AND position = 2")
    [alert] = await walk(rounds, watched)
    assert (alert.rule, alert.severity) == (Rule.TRAIL_BROKEN, Severity.SEVERE)
    assert alert.evidence == {"faults": 1, "kind": "missing", "position": 2}
    assert OPERATOR in [letter.to[0] for letter in watched.postbox.letters]


async def test_the_same_fault_is_told_again_a_day_later(rounds, watched, chain, busy):
    await busy(3)
    await chain.seal()
    await chain.tamper("DELETE FROM audit_entry WHERE tenant_id = $1 AND position = 2")
    for hours, alerts in ((0, 1), (23, 1), (1, 2)):
        watched.clock.advance(timedelta(hours=hours))
        assert len(await walk(rounds, watched)) == alerts


class Away:
    """A verifier whose store does not answer."""

    async def verify(self, tenant_id):
        raise Unavailable("The store is away")


async def test_a_store_that_is_away_is_no_broken_trail(watched, clock, unit_of_work):
    rounds = Rounds(Away(), clock, unit_of_work.ids)
    assert await walk(rounds, watched) == []
