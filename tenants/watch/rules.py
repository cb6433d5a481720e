"""When something counts as an attack: pure decisions on times, numbers and distances."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from math import ceil
from typing import Any

from domain.errors import InvalidInput

HOUR = timedelta(hours=1)
# Networks are known by country, and borders are near: what is closer than this is no journey.
NO_JOURNEY_KM = 500.0
# In evidence; more would not tell more.
MOST_REFERENCES = 20


class Severity(StrEnum):
    """How much it matters; the owner always hears of what is severe."""

    NOTICE = "notice"
    SEVERE = "severe"
    WARNING = "warning"


class Rule(StrEnum):
    """What is watched for."""

    FACTOR_CHANGED = "factor_changed"
    GUESSING_NETWORK = "guessing_network"
    IMPOSSIBLE_TRAVEL = "impossible_travel"
    KEY_ELSEWHERE = "key_elsewhere"
    MASS_EXPORT = "mass_export"
    MASS_LISTENING = "mass_listening"
    NEW_DEVICE = "new_device"
    POWER_GIVEN = "power_given"
    REFUSALS = "refusals"
    SECRET_ROTATED = "secret_rotated"  # noqa: S105  # a rule
    STOLEN_SESSION = "stolen_session"
    TRAIL_BROKEN = "trail_broken"
    WRONG_CODES = "wrong_codes"
    WRONG_KEYS = "wrong_keys"
    WRONG_PASSWORDS = "wrong_passwords"  # a rule


@dataclass(frozen=True)
class Norm:
    """One rule as it is unless a business sets it otherwise, and within which bounds it may."""

    severity: Severity
    told: str
    """What happened, in a line for people."""
    quiet: timedelta
    """How long another alert about the same subject is only counted."""
    threshold: int | None = None
    bounds: tuple[int, int] = (1, 1)
    window: timedelta = timedelta(0)
    factor: int = 0
    """How many times what is usual; 0 asks nothing of what is usual."""
    freezes: bool = False
    can_freeze: bool = True
    personal: bool = False
    """Whether the person it is about is told too."""


QUARTER = timedelta(minutes=15)
NIGHT = 6 * HOUR
NORMS: dict[Rule, Norm] = {
    Rule.FACTOR_CHANGED: Norm(
        Severity.WARNING, "A second factor was changed", QUARTER, personal=True
    ),
    Rule.GUESSING_NETWORK: Norm(
        Severity.WARNING,
        "One network guesses passwords, codes or keys",
        NIGHT,
        threshold=30,
        bounds=(10, 500),
        window=QUARTER,
        can_freeze=False,
    ),
    Rule.IMPOSSIBLE_TRAVEL: Norm(
        Severity.SEVERE,
        "Somebody signed in from two places that are too far apart",
        NIGHT,
        # Kilometres an hour: an airliner, from door to door.
        threshold=1000,
        bounds=(300, 5000),
        personal=True,
    ),
    Rule.KEY_ELSEWHERE: Norm(
        Severity.NOTICE, "An API key was used from a network that is new for it", NIGHT
    ),
    Rule.MASS_EXPORT: Norm(
        Severity.SEVERE,
        "Somebody takes very many rows along",
        NIGHT,
        threshold=5000,
        bounds=(500, 1_000_000),
        window=HOUR,
    ),
    Rule.MASS_LISTENING: Norm(
        Severity.SEVERE,
        "Somebody opens very many recordings or transcripts",
        NIGHT,
        threshold=30,
        bounds=(5, 10_000),
        window=HOUR,
        factor=4,
    ),
    Rule.NEW_DEVICE: Norm(
        Severity.NOTICE, "Somebody signed in with a new device", QUARTER, personal=True
    ),
    Rule.POWER_GIVEN: Norm(
        Severity.WARNING, "Somebody was made an owner or an administrator", QUARTER
    ),
    Rule.REFUSALS: Norm(
        Severity.WARNING,
        "Somebody tries again and again what they may not",
        NIGHT,
        threshold=20,
        bounds=(5, 1000),
        window=QUARTER,
    ),
    Rule.SECRET_ROTATED: Norm(
        Severity.NOTICE, "The key that signs a webhook was changed", QUARTER, can_freeze=False
    ),
    Rule.STOLEN_SESSION: Norm(
        Severity.SEVERE,
        "One session was used in two places that are too far apart",
        NIGHT,
        threshold=1000,
        bounds=(300, 5000),
        freezes=True,
        personal=True,
    ),
    Rule.TRAIL_BROKEN: Norm(
        Severity.SEVERE, "The audit trail is not what was sealed", 4 * NIGHT, can_freeze=False
    ),
    Rule.WRONG_CODES: Norm(
        Severity.SEVERE,
        "Somebody who knows a password guesses the second factor",
        NIGHT,
        threshold=5,
        bounds=(3, 50),
        window=QUARTER,
        personal=True,
    ),
    Rule.WRONG_KEYS: Norm(
        Severity.WARNING,
        "Somebody sends wrong secrets, or one that is over, for an API key",
        NIGHT,
        threshold=10,
        bounds=(3, 500),
        window=QUARTER,
    ),
    Rule.WRONG_PASSWORDS: Norm(
        Severity.WARNING,
        "Somebody guesses the password of an account",
        NIGHT,
        threshold=10,
        bounds=(5, 200),
        window=QUARTER,
        personal=True,
    ),
}
LONGEST_WINDOW = max(norm.window for norm in NORMS.values())


@dataclass(frozen=True)
class Terms:
    """A rule as it holds for one business."""

    rule: Rule
    threshold: int | None
    letters: bool
    freeze: bool

    @property
    def norm(self) -> Norm:
        """What does not change from business to business."""
        return NORMS[self.rule]


def terms(
    rule: Rule, threshold: int | None = None, *, letters: bool = True, freeze: bool | None = None
) -> Terms:
    """A rule with what a business has set; None leaves it as we think best.

    Raises `InvalidInput` for what is out of bounds, or could not be done.
    """
    norm = NORMS[rule]
    _check_threshold(norm, threshold)
    if freeze and not norm.can_freeze:
        raise InvalidInput.at("freeze", "There is nobody whom this rule could freeze")
    if not letters and norm.severity is Severity.SEVERE:
        raise InvalidInput.at("letters", "The owner always hears of what is severe")
    return Terms(
        rule,
        norm.threshold if threshold is None else threshold,
        letters,
        norm.freezes if freeze is None else freeze,
    )


def _check_threshold(norm: Norm, threshold: int | None) -> None:
    if threshold is None:
        return
    if norm.threshold is None:
        raise InvalidInput.at("threshold", "This rule counts nothing")
    least, most = norm.bounds
    if not least <= threshold <= most:
        raise InvalidInput.at("threshold", f"Use {least} to {most}")


@dataclass(frozen=True)
class Seen:
    """Something that is counted: when, how much of it, from which network, and which rows."""

    at: datetime
    weight: int = 1
    network: str = ""
    ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class Finding:
    """A rule that was broken, by whom, when, and what shows it."""

    rule: Rule
    subject: str
    at: datetime
    count: int = 1
    evidence: Mapping[str, Any] = field(default_factory=dict)


def excesses(seen: Sequence[Seen], window: timedelta, threshold: int) -> list[list[Seen]]:
    """Each window in which the weights reach a threshold, the earliest first; none overlap.

    `seen` is in order of time. A window takes in what is less than its length apart.
    """
    found, begin, total = [], 0, 0
    for end, last in enumerate(seen):
        total += last.weight
        while last.at - seen[begin].at >= window:
            total -= seen[begin].weight
            begin += 1
        if total >= threshold:
            found.append(list(seen[begin : end + 1]))
            begin, total = end + 1, 0
    return found


def usual(earlier: Sequence[Seen], window: timedelta) -> float:
    """What somebody does in one window in which they do anything at all, on average."""
    if not earlier:
        return 0.0
    windows = {each.at.timestamp() // window.total_seconds() for each in earlier}
    return sum(each.weight for each in earlier) / len(windows)


def raised(threshold: int, usually: float, factor: int) -> int:
    """A threshold for somebody who does so much: so many times as much, or the threshold itself."""
    return max(threshold, ceil(factor * usually))


def is_too_fast(kilometres: float | None, took: timedelta, limit: int) -> bool:
    """Whether nobody goes so far in that time, at so many kilometres an hour."""
    if kilometres is None or kilometres < NO_JOURNEY_KM:
        return False
    return kilometres > limit * max(took, timedelta(0)) / HOUR


def evidence_of(found: Sequence[Seen]) -> dict[str, Any]:
    """What shows that something happened too often: when, from where, and to what."""
    ids = dict.fromkeys(id for each in found for id in each.ids)
    networks = dict.fromkeys(each.network for each in found if each.network)
    return {
        "from": found[0].at.isoformat(),
        "to": found[-1].at.isoformat(),
        "networks": list(networks)[:MOST_REFERENCES],
        "ids": list(ids)[:MOST_REFERENCES],
    }
