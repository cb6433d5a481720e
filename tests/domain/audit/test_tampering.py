"""Whatever is done to the trail, by whomever, is seen."""

import pytest
from tortoise.connection import get_connection

from domain.audit.anchors import Anchors
from domain.audit.chain import COLUMNS, Claim, Head, link, sign
from domain.audit.ledger import Ledger
from domain.database import MAIN
from domain.trail import Trace
from tests.domain.audit.conftest import SECRET

# Something else of each column's type.
OTHERS = {
    "id": "'00000000-0000-7000-8000-000000000001'",
    "tenant_id": "'00000000-0000-7000-8000-000000000002'",
    "at": "at + interval '1 microsecond'",
    "actor_kind": "'caller'",
    "object_id": "NULL",
    "others": """'["contact:1"]'""",
    "outcome": "'refused'",
    "discloses": "NOT discloses",
    "key_id": "'00000000-0000-7000-8000-000000000003'",
    "details": "'\\x00'",
    "commitment": "'\\x00'",
    "position": "position + 1000",
    "hash": "'\\x00'",
}


@pytest.fixture
async def sealed(chain, busy, unit_of_work, scope):
    """Two batches of a trail: three entries and more, then three."""
    await busy(3)
    await chain.seal()
    await busy(2)
    async with unit_of_work(scope, read_only=True) as uow:
        uow.trace(Trace.of_reading("conversation.read", "conversation", [uow.new_id()]))
    await chain.seal()
    assert await chain.faults() == []
    return (await chain.verify()).head


@pytest.mark.parametrize("column", [*COLUMNS, "hash"])
async def test_a_changed_column(chain, sealed, column):
    changed = OTHERS.get(column, "'words of somebody else'")
    sql = f"UPDATE audit_entry SET {column} = {changed} WHERE tenant_id = $1 AND position = 2"
    await chain.tamper(sql)
    faults = await chain.faults()
    assert faults
    assert {fault.kind for fault in faults} <= {"changed", "missing", "not_sealed"}
    assert faults[0].position in {2, 3}


async def test_one_change_is_told_of_once_and_where(chain, sealed):
    await chain.tamper("UPDATE audit_entry SET via = 'x' WHERE tenant_id = $1 AND position = 2")
    [fault] = await chain.faults()
    [row] = await chain.rows(
        "SELECT id FROM audit_entry WHERE tenant_id = $1 AND position = 2", chain.scope.tenant_id
    )
    assert (fault.kind, fault.position, fault.entry_id) == ("changed", 2, row["id"])


async def test_a_row_deleted_in_the_middle(chain, sealed):
    await chain.tamper("DELETE FROM audit_entry WHERE tenant_id = $1 AND position = 3")
    [fault] = await chain.faults()
    assert (fault.kind, fault.position) == ("missing", 3)


async def test_the_first_row_deleted(chain, sealed):
    await chain.tamper("DELETE FROM audit_entry WHERE tenant_id = $1 AND position = 1")
    assert await chain.kinds() == {"missing"}


async def test_a_cut_tail(chain, sealed):
    last = sealed.position
    await chain.tamper(f"DELETE FROM audit_entry WHERE tenant_id = $1 AND position >= {last - 1}")
    assert await chain.kinds() == {"cut"}


async def test_a_tail_cut_together_with_its_seal(chain, sealed):
    """Nothing in the database is wrong then; only what is kept outside tells."""
    first = await _first_seal(chain)
    for table in ("audit_entry", "audit_seal"):
        await chain.tamper(f"DELETE FROM {table} WHERE tenant_id = $1 AND position > {first}")
    [fault] = await chain.faults()
    assert (fault.kind, fault.position) == ("cut", sealed.position)


async def test_a_cut_tail_that_has_grown_again(chain, sealed, busy):
    first = await _first_seal(chain)
    for table in ("audit_entry", "audit_seal"):
        await chain.tamper(f"DELETE FROM {table} WHERE tenant_id = $1 AND position > {first}")
    await busy(5)
    await chain.seal()
    assert await chain.kinds() == {"changed"}


async def test_everything_deleted(chain, sealed):
    for table in ("audit_entry", "audit_seal"):
        await chain.tamper(f"DELETE FROM {table} WHERE tenant_id = $1")
    assert await chain.kinds() == {"cut"}


async def test_two_rows_swapped(chain, sealed):
    await chain.tamper(
        "UPDATE audit_entry SET position = 5 - position WHERE tenant_id = $1 AND position IN (2, 3)"
    )
    assert await chain.kinds() == {"changed"}


async def test_the_words_of_two_rows_swapped(chain, sealed):
    await chain.tamper(
        "UPDATE audit_entry e SET object_id = o.object_id, action = o.action FROM audit_entry o"
        " WHERE e.tenant_id = $1 AND o.tenant_id = $1 AND e.position IN (2, 3)"
        " AND o.position = 5 - e.position"
    )
    assert [fault.position for fault in await chain.faults()] == [2, 3]


async def test_a_forged_row_between_others(chain, sealed):
    await _forge(chain, 2, b"\0" * 32)
    [fault] = await chain.faults()
    assert (fault.kind, fault.position) == ("twice", 2)


async def test_a_forged_row_at_the_end(chain, sealed):
    """Even one that is chained as it should be: nobody signed it."""
    await _forge(chain, sealed.position + 1, b"\0" * 32)
    await _rechain(chain, sealed.position + 1)
    [fault] = await chain.faults()
    assert (fault.kind, fault.position) == ("not_sealed", sealed.position + 1)


async def test_a_whole_chain_rewritten(chain, sealed):
    """Every hash fits again; the signatures do not."""
    await chain.tamper("UPDATE audit_entry SET via = 'x' WHERE tenant_id = $1 AND position = 2")
    await _rechain(chain, 1)
    faults = await chain.faults()
    assert {fault.kind for fault in faults} == {"changed"}
    assert {fault.told for fault in faults} == {
        "The seal has another hash",
        "The anchor has another hash",
    }


async def test_a_whole_chain_rewritten_and_signed_by_somebody_else(chain, sealed):
    await chain.tamper("UPDATE audit_entry SET via = 'x' WHERE tenant_id = $1 AND position = 2")
    await _rechain(chain, 1)
    await _resign(chain, b"another secret")
    assert await chain.kinds() == {"changed", "forged"}


async def test_a_whole_chain_rewritten_and_signed_with_our_own_secret(chain, sealed):
    """What is kept outside still tells."""
    await chain.tamper("UPDATE audit_entry SET via = 'x' WHERE tenant_id = $1 AND position = 2")
    await _rechain(chain, 1)
    await _resign(chain, SECRET)
    assert {fault.told for fault in await chain.faults()} == {"The anchor has another hash"}


async def test_a_beginning_that_did_not_expire(chain, sealed):
    """A checkpoint of one's own making, to hide that entries were deleted."""
    first = await _first_seal(chain)
    await chain.tamper(
        "INSERT INTO audit_checkpoint (tenant_id, id, position, hash, signature, made_at)"
        " SELECT tenant_id, id, position, hash, signature, sealed_at FROM audit_seal"
        f" WHERE tenant_id = $1 AND position = {first}"
    )
    await chain.tamper(f"DELETE FROM audit_entry WHERE tenant_id = $1 AND position <= {first}")
    [fault] = await chain.faults()
    assert (fault.kind, fault.told) == ("forged", "This checkpoint is not ours")


async def test_an_anchor_taken_away(chain, sealed, store):
    [(name, _), *_] = await Anchors(store, chain.scope.tenant_id).all()
    await store.delete([name])
    assert await chain.kinds() == {"anchor_missing"}


@pytest.mark.parametrize("words", [b"", b"{}", b"[1]", b'{"position": 1, "hash": "xy"}'])
async def test_an_anchor_written_over(chain, sealed, store, words):
    [(name, _), *_] = await Anchors(store, chain.scope.tenant_id).all()
    await store.put(name, words)
    assert await chain.kinds() == {"forged", "anchor_missing"}


async def test_a_destroyed_key_is_no_fault(chain, sealed, unit_of_work, scope, trail):
    key_id = (await trail())[-1].key_id
    async with unit_of_work(scope) as uow:
        assert await uow.keys.destroy([key_id, scope.tenant_id]) >= 1
    assert await chain.faults() == []


async def test_another_secret_believes_nothing(chain, sealed):
    report = await chain.verify(b"another secret")
    assert {fault.kind for fault in report.faults} == {"forged"}


async def _first_seal(chain):
    sql = "SELECT min(position) AS first FROM audit_seal WHERE tenant_id = $1"
    [row] = await chain.rows(sql, chain.scope.tenant_id)
    return row["first"]


async def _forge(chain, position, hash):
    """A row like the first one, at a place of our choice."""
    columns = ", ".join(name for name in COLUMNS if name not in {"id", "position"})
    await chain.tamper(
        f"INSERT INTO audit_entry (id, position, hash, {columns})"
        f" SELECT 'ffffffff-0000-7000-8000-000000000001', $2, $3, {columns}"
        " FROM audit_entry WHERE tenant_id = $1 AND position = 1",
        position,
        hash,
    )


async def _rechain(chain, first):
    """Give every entry from a place on the hash it should have."""
    async with chain.everything():
        ledger = Ledger(get_connection(MAIN), chain.scope.tenant_id)
        rows = [row async for row in ledger.entries(100)]
    head = Head() if first == 1 else Head(first - 1, rows[first - 2]["hash"])
    for row in rows[first - 1 :]:
        head = Head(row["position"], link(head.hash, row))
        await chain.tamper(
            "UPDATE audit_entry SET hash = $3 WHERE tenant_id = $1 AND position = $2",
            head.position,
            head.hash,
        )


async def _resign(chain, secret):
    """Sign every seal anew, over the hashes that are there now."""
    tenant_id = chain.scope.tenant_id
    sql = (
        "SELECT e.position, e.hash FROM audit_seal s JOIN audit_entry e"
        " USING (tenant_id, position) WHERE s.tenant_id = $1"
    )
    for row in await chain.rows(sql, tenant_id):
        signature = sign(secret, Claim.SEALED, tenant_id, Head(**row))
        await chain.tamper(
            "UPDATE audit_seal SET hash = $3, signature = $4"
            " WHERE tenant_id = $1 AND position = $2",
            row["position"],
            row["hash"],
            signature,
        )
