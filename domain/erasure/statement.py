"""What a certificate says: gathered from an erasure, what others answered, and what stays."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from domain.disposal import Disposal
from domain.disposal.models import LeftoverKind
from domain.erasure.models import Erasure, ErasureReason, SubjectKind
from domain.privacy.periods import Period
from domain.tables import tables_of_tenants

# The server writes every change to its log before the table; a checkpoint lets go of it.
LOG_LASTS = timedelta(days=1)
RULES: Mapping[ErasureReason, str] = {
    ErasureReason.REQUEST: "GDPR Art. 17(1), CCPA § 1798.105: the person asked for it",
    ErasureReason.CONSENT_WITHDRAWN: "GDPR Art. 17(1)(b): consent was withdrawn",
    ErasureReason.NO_LONGER_NEEDED: "GDPR Art. 17(1)(a): it is no longer needed",
    ErasureReason.OBJECTION: "GDPR Art. 17(1)(c): the person objected",
    ErasureReason.UNLAWFUL: "GDPR Art. 17(1)(d): it should not have been kept",
    ErasureReason.LEGAL_OBLIGATION: "GDPR Art. 17(1)(e): the law demands it",
    ErasureReason.CLOSURE: "GDPR Art. 28(3)(g): the business closed its account",
    ErasureReason.RESTORED: "a backup had brought back what was erased before",
}


@dataclass(frozen=True)
class Answer:
    """Where somebody who was told of a person stands with forgetting them."""

    holder: str
    state: str
    """`done`, `waiting`, `partial`, `failed`, or `off`: switched off, so nobody was asked."""
    rows: int = 0
    note: str = ""

    @property
    def open(self) -> bool:
        """Whether they have not confirmed it."""
        return self.state != "done"


@dataclass
class Toll:
    """What has gone up to now, as it is kept in the erasure's row."""

    deleted: Counter[str] = field(default_factory=Counter)
    cleared: Counter[str] = field(default_factory=Counter)
    classes: dict[str, Counter[str]] = field(default_factory=dict)
    outside: Counter[str] = field(default_factory=Counter)
    """Folders of objects, and keys."""
    copies: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, written: Mapping[str, Any]) -> "Toll":
        """As it was written."""
        plain = {
            name: Counter(written.get(name, {}))
            for name in ("deleted", "cleared", "outside", "copies")
        }
        classes = {kind: Counter(found) for kind, found in written.get("classes", {}).items()}
        return cls(classes=classes, **plain)

    def add(self, done: Disposal) -> None:
        """Count what has gone just now."""
        self.deleted += done.deleted
        self.cleared += done.cleared
        for (table, kind), rows in done.classes.items():
            self.classes.setdefault(kind.value, Counter())[table] += rows
        self.leave(kind for kind, _ in done.leftovers)

    def leave(self, kinds: Iterable[LeftoverKind]) -> None:
        """Count what is removed outside the database."""
        for kind in kinds:
            self.outside["folders" if kind is LeftoverKind.FOLDER else "keys"] += 1

    def written(self) -> dict[str, Any]:
        """As it is kept."""
        return {
            "deleted": dict(self.deleted),
            "cleared": dict(self.cleared),
            "classes": {kind: dict(found) for kind, found in self.classes.items()},
            "outside": dict(self.outside),
            "copies": dict(self.copies),
        }


def statement(
    erasure: Erasure, answers: Sequence[Answer], tables_seen: Sequence[str], backups: Period
) -> dict[str, Any]:
    """Everything that a certificate says but its place in the chain."""
    toll = Toll.of(erasure.done)
    gone_at = erasure.gone_at
    assert gone_at is not None  # nothing is certified that is not gone
    return {
        "erasure": str(erasure.id),
        "subject": erasure.subject_kind.value,
        "rule": {"reason": erasure.reason.value, "text": RULES[erasure.reason]},
        "requested_at": _moment(erasure.requested_at),
        "gone_at": _moment(gone_at),
        "scope": {"tables": sorted(tables_seen)},
        "rows": {"deleted": dict(toll.deleted), "cleared": dict(toll.cleared)},
        "classes": {kind: dict(found) for kind, found in toll.classes.items()},
        "objects": {"folders": toll.outside["folders"]},
        "keys": {"destroyed": toll.outside["keys"]},
        "copies": dict(toll.copies),
        "recipients": [_said(answer) for answer in answers],
        "kept": kept(erasure.subject_kind),
        "open": [_said(answer) for answer in answers if answer.open],
        "residues": residues(gone_at, backups),
    }


def kept(kind: SubjectKind) -> list[dict[str, str]]:
    """What stays, and why: the tables say so themselves."""
    found = [
        {"table": table, "why": model.outlives}
        for table, model in tables_of_tenants().items()
        if model.outlives is not None
    ]
    if kind is SubjectKind.TENANT:
        found.append(
            {"table": "tenant", "why": "what stays must belong to something; it is nameless"}
        )
    return found


def residues(gone_at: datetime, backups: Period) -> list[dict[str, str]]:
    """Where bytes may be left that nobody can read, and until when."""
    return [
        {
            "where": "backups of the main database",
            "what": "ciphertext without a key; what was never sealed: times and counts; what"
            " was sealed under the key of the business: a listed number, letters of a sandbox",
            "until": _day(backups.after(gone_at)),
        },
        {
            "where": "backups of the keyring",
            "what": "wrapped keys; the ledger of destroyed keys is applied before any is used",
            "until": _day(backups.after(gone_at)),
        },
        {
            "where": "the servers' write-ahead logs",
            "what": "the same, until a checkpoint lets go of them",
            "until": _day(gone_at + LOG_LASTS),
        },
    ]


def _said(answer: Answer) -> dict[str, Any]:
    return {
        "holder": answer.holder,
        "state": answer.state,
        "rows": answer.rows,
        "note": answer.note,
    }


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds")


def _day(at: datetime) -> str:
    return at.astimezone(UTC).date().isoformat()
