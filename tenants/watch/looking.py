"""What many things mean together: looking through the trail and the sightings for bursts."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from domain.trail import TraceOutcome
from domain.work import UnitOfWork
from tenants.devices import network_of
from tenants.watch.alerts import all_terms
from tenants.watch.models import SecuritySighting, SightingKind
from tenants.watch.repository import FIRST_LOOK, OPENED, TAKEN, Sightings, WatchedTrail, WatchMarks
from tenants.watch.rules import (
    LONGEST_WINDOW,
    Finding,
    Rule,
    Seen,
    Terms,
    evidence_of,
    excesses,
    raised,
    usual,
)

# An entry is there some time after the moment it tells: its transaction had to end.
LATE = timedelta(minutes=1)
KEPT = timedelta(days=3)
# What is usual is told by this much of the past.
PAST = timedelta(days=28)
# An export of the trail, or a file of everything, is as good as so many rows.
ROWS_OF_AN_EXPORT = 1000

OF_KIND = {
    SightingKind.ROWS: Rule.MASS_EXPORT,
    SightingKind.WRONG_CODE: Rule.WRONG_CODES,
    SightingKind.WRONG_KEY: Rule.WRONG_KEYS,
    SightingKind.WRONG_PASSWORD: Rule.WRONG_PASSWORDS,
}
Counted = dict[tuple[Rule, str], list[Seen]]


async def look(uow: UnitOfWork) -> list[Finding]:
    """Everything that happened too often since the last look; moves the mark.

    Windows that began before the mark are looked at again as a whole: what is found twice is
    told once.
    """
    mark = await WatchMarks(uow).read()
    since = (mark.seen_until if mark else uow.now - FIRST_LOOK) - LONGEST_WINDOW
    counted = await _counted(uow, since)
    by_rule = {known.rule: known for known in await all_terms(uow)}
    found: list[Finding] = []
    for (rule, subject), seen in counted.items():
        known = await _for(uow, by_rule[rule], subject, seen, since)
        found += _findings(known, subject, seen)
    await Sightings(uow).forget(uow.now - KEPT)
    await WatchMarks(uow).move(uow.now - LATE)
    return found


async def _counted(uow: UnitOfWork, since: datetime) -> Counted:
    """What is counted under which rule and about whom, each in order of time."""
    counted: Counted = defaultdict(list)
    sightings = Sightings(uow)
    for sighting in await sightings.page(sightings.since(since)):
        for key, seen in _of_sighting(sighting):
            counted[key].append(seen)
    for entry in await WatchedTrail(uow).since(since):
        counted[_rule_of(entry), f"{entry['actor_kind']}:{entry['actor_id']}"].append(_seen(entry))
    return {key: sorted(seen, key=lambda each: each.at) for key, seen in counted.items()}


def _of_sighting(row: SecuritySighting) -> Iterable[tuple[tuple[Rule, str], Seen]]:
    seen = Seen(row.at, row.weight, row.network)
    yield (OF_KIND[row.kind], row.subject), seen
    if row.kind is not SightingKind.ROWS and row.network:
        # What a network guesses at is what tells how it goes about it.
        yield (
            (Rule.GUESSING_NETWORK, f"network:{row.network}"),
            replace(seen, ids=(row.subject,)),
        )


def _rule_of(entry: Mapping[str, Any]) -> Rule:
    if entry["outcome"] == TraceOutcome.REFUSED:
        return Rule.REFUSALS
    return Rule.MASS_EXPORT if entry["action"] in TAKEN else Rule.MASS_LISTENING


def _seen(entry: Mapping[str, Any]) -> Seen:
    others = tuple(each.partition(":")[2] for each in entry["others"] or ())
    ids = (str(entry["object_id"]), *others) if entry["object_id"] else others
    weight = len(ids) if entry["action"] in OPENED else 1
    if entry["action"] in TAKEN:
        weight = ROWS_OF_AN_EXPORT
    return Seen(entry["at"], weight, network_of(entry["address"]), ids)


async def _for(
    uow: UnitOfWork, known: Terms, subject: str, seen: list[Seen], since: datetime
) -> Terms:
    """A rule for one subject: what they always do is no burst."""
    if not known.norm.factor or not _findings(known, subject, seen):
        return known
    entries = await WatchedTrail(uow).opened_by(subject, since - PAST, since)
    usually = usual([_seen(entry) for entry in entries], known.norm.window)
    return replace(known, threshold=raised(known.threshold or 0, usually, known.norm.factor))


def _findings(known: Terms, subject: str, seen: list[Seen]) -> list[Finding]:
    threshold = known.threshold
    assert threshold is not None
    return [
        Finding(
            known.rule,
            subject,
            excess[-1].at,
            sum(each.weight for each in excess),
            evidence_of(excess),
        )
        for excess in excesses(seen, known.norm.window, threshold)
    ]
