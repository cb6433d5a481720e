"""Walking a chain from its beginning to its end, and saying what is wrong with it and where."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from tortoise.transactions import in_transaction

from domain.audit.anchors import Anchors, positions
from domain.audit.chain import Claim, Head, holds, link
from domain.audit.ledger import Ledger, Row, Signed
from domain.database import MAIN
from domain.recordings.ports import ObjectStore

BATCH = 1000

Named = tuple[str, Signed | None]


class FaultKind(StrEnum):
    """What can be wrong with a chain."""

    ANCHOR_MISSING = "anchor_missing"
    CHANGED = "changed"
    CUT = "cut"
    FORGED = "forged"
    MISSING = "missing"
    NOT_SEALED = "not_sealed"
    TWICE = "twice"


@dataclass(frozen=True)
class Fault:
    """Something wrong at one place of the chain."""

    kind: FaultKind
    position: int
    told: str
    entry_id: UUID | None = None


@dataclass
class Walk:
    """A chain, entry by entry; a single wrong one is told of once."""

    head: Head
    wanted: set[int]
    entries: int = 0
    seen: dict[int, bytes] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def step(self, row: Row) -> None:
        """Look at the next entry."""
        position, hash = row["position"], bytes(row["hash"] or b"")
        self.entries += 1
        if position <= self.head.position:
            told = "It stands where another entry stands, or where all have expired"
            self.faults.append(Fault(FaultKind.TWICE, position, told, row["id"]))
            return
        if position > self.head.position + 1:
            told = f"Entries {self.head.position + 1} to {position - 1} are not there"
            self.faults.append(Fault(FaultKind.MISSING, self.head.position + 1, told))
        elif link(self.head.hash, row) != hash:
            told = "It is not what was sealed"
            self.faults.append(Fault(FaultKind.CHANGED, position, told, row["id"]))
        # What follows is measured against what is stored, lest one fault hide the others.
        self.head = Head(position, hash)
        if position in self.wanted:
            self.seen[position] = hash


@dataclass(frozen=True)
class Report:
    """What a walk came to."""

    entries: int
    head: Head
    anchors: int
    faults: list[Fault]


@dataclass(frozen=True)
class Verifier:
    """Checks the trail of a tenant against its signatures and anchors. Runs as the system."""

    store: ObjectStore
    secret: bytes = field(repr=False)

    async def verify(self, tenant_id: UUID) -> Report:
        """Walk the chain of one tenant. Raises `Unavailable`."""
        # In this order a sealer at work is no fault: what is anchored by now must be in the store,
        # and what is in the store must be in the chain that is read after it.
        async with in_transaction(MAIN) as connection:
            anchored = [s.head for s in await Ledger(connection, tenant_id).seals() if s.anchored]
        anchors = await Anchors(self.store, tenant_id).all()
        async with in_transaction(MAIN) as connection:
            await connection.execute_query("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            ledger = Ledger(connection, tenant_id)
            start, seals = await ledger.checkpoint(), await ledger.seals()
            begins = start.head if start else Head()
            wanted = {seal.head.position for seal in seals} | positions(anchors)
            walk = Walk(begins, wanted, seen={begins.position: begins.hash})
            async for row in ledger.entries(BATCH):
                walk.step(row)
        check = _Check(self.secret, tenant_id, begins, walk)
        check.checkpoint(start)
        check.seals(seals)
        check.anchors(anchors, anchored)
        faults = sorted(walk.faults, key=lambda fault: fault.position)
        return Report(walk.entries, walk.head, len(anchors), faults)


@dataclass(frozen=True)
class _Check:
    """What the walk saw, held against what somebody vouched for."""

    secret: bytes
    tenant_id: UUID
    begins: Head
    walk: Walk

    def checkpoint(self, start: Signed | None) -> None:
        """The beginning must be one that we made."""
        if start is not None and not self._ours(Claim.EXPIRED, start):
            self._fault(FaultKind.FORGED, start.head.position, "This checkpoint is not ours")

    def seals(self, seals: Sequence[Signed]) -> None:
        """Every seal must be ours, and the last one must be the end."""
        for seal in seals:
            self._vouched(seal, "seal")
        sealed = max((seal.head.position for seal in seals), default=self.begins.position)
        if self.walk.head.position > sealed:
            self._fault(FaultKind.NOT_SEALED, sealed + 1, "Nobody sealed what stands from here on")

    def anchors(self, anchors: Iterable[Named], anchored: Sequence[Head]) -> None:
        """Every anchor must be in the chain, and every seal that was anchored in the store."""
        found = set()
        for name, anchor in anchors:
            if anchor is None:
                self._fault(FaultKind.FORGED, 0, f"The anchor {name} cannot be read")
                continue
            found.add(anchor.head.position)
            self._vouched(anchor, "anchor")
        for head in anchored:
            if head.position not in found:
                told = "The anchor of this seal is not in the store"
                self._fault(FaultKind.ANCHOR_MISSING, head.position, told)

    def _vouched(self, signed: Signed, what: str) -> None:
        position = signed.head.position
        if not self._ours(Claim.SEALED, signed):
            self._fault(FaultKind.FORGED, position, f"The {what} is not ours")
        elif position < self.begins.position:
            # What it vouched for has expired.
            return
        elif position > self.walk.head.position:
            told = f"The {what} names an entry beyond the end, {self.walk.head.position}"
            self._fault(FaultKind.CUT, position, told)
        elif self.walk.seen.get(position) != signed.head.hash:
            self._fault(FaultKind.CHANGED, position, f"The {what} has another hash")

    def _ours(self, claim: Claim, signed: Signed) -> bool:
        return holds(self.secret, claim, self.tenant_id, signed.head, signed.signature)

    def _fault(self, kind: FaultKind, position: int, told: str) -> None:
        self.walk.faults.append(Fault(kind, position, told))
