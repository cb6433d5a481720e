"""What is hashed of an entry, and how far a signature goes."""

from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest

from domain.audit.chain import COLUMNS, GENESIS, Claim, Head, holds, link, sign
from domain.trail import AuditEntry

TENANT = UUID(int=7)
ENTRY = {
    **dict.fromkeys(COLUMNS, "words"),
    "id": UUID(int=1),
    "tenant_id": TENANT,
    "at": datetime(2026, 11, 16, 15, tzinfo=UTC),
    "object_id": None,
    "others": ["contact:1"],
    "discloses": False,
    "details": b"sealed",
    "commitment": b"hash",
    "position": 1,
}


def test_every_column_is_hashed():
    assert set(COLUMNS) == set(AuditEntry._meta.fields_map) - {"hash"}


@pytest.mark.parametrize("column", COLUMNS)
def test_another_value_is_another_hash(column):
    assert link(GENESIS, ENTRY | {column: "other"}) != link(GENESIS, ENTRY)


def test_another_past_is_another_hash():
    assert link(b"\1" * 32, ENTRY) != link(GENESIS, ENTRY)


def test_the_zone_in_which_a_moment_is_read_changes_nothing():
    there = ENTRY["at"].astimezone(timezone(timedelta(hours=-5)))
    assert link(GENESIS, ENTRY | {"at": there}) == link(GENESIS, ENTRY)


@pytest.mark.parametrize(
    ("claim", "tenant", "head"),
    [
        (Claim.EXPIRED, TENANT, Head(3, b"h")),
        (Claim.SEALED, UUID(int=8), Head(3, b"h")),
        (Claim.SEALED, TENANT, Head(4, b"h")),
        (Claim.SEALED, TENANT, Head(3, b"g")),
    ],
)
def test_a_signature_is_good_for_one_claim(claim, tenant, head):
    signature = sign(b"secret", Claim.SEALED, TENANT, Head(3, b"h"))
    assert holds(b"secret", Claim.SEALED, TENANT, Head(3, b"h"), signature)
    assert not holds(b"secret", claim, tenant, head, signature)
    assert not holds(b"other", Claim.SEALED, TENANT, Head(3, b"h"), signature)
