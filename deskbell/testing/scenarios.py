"""Callers who say what a file says, and what has to come of it: proof that a trade works.

A plugin with a vertical has them in `scenarios.json`. `deskbell plugins check` plays them, and
authors do in a test: `assert problems(scenario, await play(my_plugin, scenario)) == []`.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Annotated, Any, Self
from uuid import UUID
from zoneinfo import ZoneInfo

from pydantic import Field, model_validator

from deskbell.testing.bench import Bench
from deskbell.testing.rehearsal import Happened, InMemory, Unkept, profile_of
from domain.appointments.openings import Occupied
from domain.appointments.times import Interval
from domain.business.profile import Part, Profile
from domain.clock import FixedClock
from domain.consent.terms import Outcome
from domain.conversations.acts import Say, Transfer
from domain.receptionist.briefing import Briefing, Caller
from domain.receptionist.conversation import Conversation
from domain.receptionist.house_rules import HouseRules
from domain.receptionist.ports import Transcript
from integrations.places import site_of
from plugins.registry import Registry
from plugins.vertical import SCENARIOS, Vertical

CALLER = "+12125550142"
TELEPHONE = "+12125550199"
# Between two turns of a caller.
TURN_MS = 5_000


class Kind(StrEnum):
    """What a scenario proves."""

    BOOKS = "books"
    EMERGENCY = "emergency"
    NO_BOOKING = "no_booking"
    REFUSAL = "refusal"


class Expected(Part):
    """What has to come of it; what is not said is not looked at."""

    booked: str = ""
    """The name of the service. Where it is empty nothing may be booked."""
    at: str = ""
    """The local time of the visit: `2026-11-17T14:00`."""
    staff: str = ""
    note: str = ""
    """A part of what is noted with the visit."""
    message: str = ""
    """A part of a message that was left."""
    priority: str = ""
    put_through: str = ""
    """Who was put on the line."""
    says: tuple[str, ...] = ()
    """Parts of what the receptionist says."""
    never_says: tuple[str, ...] = ()


class Taken(Part):
    """A visit that stands already when the caller rings."""

    staff: str
    at: datetime
    """The local time at which it begins: `2026-11-17T08:00`."""
    minutes: int
    postcode: str = ""
    """Where it is, for those who come to their customers."""


class Scenario(Part):
    """One caller, on Monday, 16 November 2026 at ten in the morning."""

    name: str
    kind: Kind
    lines: Annotated[tuple[str, ...], Field(min_length=1)]
    """What the caller says, turn by turn."""
    expect: Expected
    phone: str = CALLER
    """The caller's number; empty is one that is withheld."""
    caller: str = ""
    """The caller's name, if the business knows it."""
    written: bool = False
    taken: tuple[Taken, ...] = ()
    spoken: bool = False
    """Whether it is played by voice, too."""
    settings: dict[str, Any] = {}
    """The plugin's settings, where they differ from those of the whole file."""

    @model_validator(mode="after")
    def _spoken_or_written(self) -> Self:
        if self.spoken and self.written:
            raise ValueError("What is written is not spoken")
        return self


class Script(Part):
    """The scenarios of one trade, and what they share."""

    settings: dict[str, Any] = {}
    telephones: tuple[str, ...] = ("On call",)
    """Labels of those to whom callers can be put through."""
    scenarios: tuple[Scenario, ...]

    @property
    def spoken(self) -> tuple[Scenario, ...]:
        """Those that are played by voice, too."""
        return tuple(each for each in self.scenarios if each.spoken)


@dataclass(frozen=True)
class Played:
    """What was said, and what came of it."""

    said: list[str]
    happened: Happened

    @property
    def words(self) -> str:
        """Everything that the receptionist said."""
        return "\n".join(self.said)


def script_of(vertical: Vertical) -> Script:
    """The scenarios that a trade brings. Raises `ValidationError` if they cannot be read."""
    path = vertical.folder / SCENARIOS
    return Script.model_validate(json.loads(path.read_text()))


@dataclass(frozen=True)
class Stage:
    """A receptionist who waits for the caller of a scenario, and what comes of it."""

    conversation: Conversation
    happened: Happened
    clock: FixedClock


def stage(plugin: object, scenario: Scenario, script: Script, *, enabled: bool = True) -> Stage:
    """A business that was set up by the starter alone, on that Monday."""
    bench = Bench(plugin, script.settings | scenario.settings)
    [vertical] = bench.registry.verticals.values()
    telephones = dict.fromkeys(script.telephones, TELEPHONE)
    hands = bench.hands()
    briefing = Briefing(
        profile_of(vertical.starter, bench.scope.tenant, telephones),
        Caller(scenario.phone or None, scenario.caller or None),
        written=scenario.written,
        guarded=bench.manifest.needs_hipaa,
        abilities=tuple(hands.abilities) if enabled else (),
        house=hands.house if enabled else HouseRules(),
    )
    taken = tuple(_occupied(each, briefing.profile) for each in scenario.taken)
    toolbox = InMemory(
        bench.units.real, bench.scope, UUID(int=9), briefing, abilities=hands, taken=taken
    )
    conversation = Conversation(UUID(int=9), toolbox, Unkept().real)
    return Stage(conversation, toolbox.happened, bench.clock)


async def play(
    plugin: object, scenario: Scenario, script: Script, *, enabled: bool = True
) -> Played:
    """Let a caller say the lines, as text."""
    staged = stage(plugin, scenario, script, enabled=enabled)
    conversation = staged.conversation
    conversation.state = conversation.state.to(consent=Outcome.GRANTED)
    said = []
    for number, line in enumerate(scenario.lines, start=1):
        acts = [
            act async for act in conversation.hear(Transcript(line), offset_ms=number * TURN_MS)
        ]
        said.append(" ".join(act.text for act in acts if isinstance(act, Say)))
        if any(isinstance(act, Transfer) for act in acts):
            break
    return Played(said, staged.happened)


def _occupied(taken: Taken, profile: Profile) -> Occupied:
    [who] = [each for each in profile.resources if each.name == taken.staff]
    begins = taken.at.replace(tzinfo=ZoneInfo(profile.location.timezone)).astimezone(UTC)
    during = Interval(begins, begins + timedelta(minutes=taken.minutes))
    site = site_of(taken.postcode, profile.region) if taken.postcode else None
    return Occupied(who.id, 0, during, site)


def problems(scenario: Scenario, played: Played) -> list[str]:
    """What did not come as it should; nothing, if all did."""
    return [*_about_visits(scenario.expect, played), *_about_words(scenario.expect, played)]


def _about_visits(expected: Expected, played: Played) -> Iterator[str]:
    visits = played.happened.visits
    if not expected.booked:
        yield from (f"{visit.service} was booked" for visit in visits)
        return
    if [visit.service for visit in visits] != [expected.booked]:
        yield f"{expected.booked} was not booked, but {[visit.service for visit in visits]}"
        return
    [visit] = visits
    if expected.at and visit.starts_at.isoformat(timespec="minutes") != expected.at:
        yield f"it was booked for {visit.starts_at}"
    if expected.staff not in visit.staff:
        yield f"it was booked with {visit.staff}"
    if not _within(expected.note, visit.notes):
        yield f"the note says {visit.notes!r}"


def _about_words(expected: Expected, played: Played) -> Iterator[str]:
    left, words = played.happened.messages, played.words
    if expected.message and not any(_within(expected.message, each.body) for each in left):
        yield f"no message says {expected.message!r}: {[each.body for each in left]}"
    if expected.priority and expected.priority not in [each.priority for each in left]:
        yield f"no message is of priority {expected.priority}"
    if expected.put_through and expected.put_through not in played.happened.put_through:
        yield f"{expected.put_through} was not put on the line"
    yield from (f"{part!r} was not said" for part in expected.says if part not in words)
    yield from (f"{part!r} was said" for part in expected.never_says if part in words)


def _within(part: str, whole: str) -> bool:
    """Whether it is a part of what a caller said; recognisers write capitals as they like."""
    return part.casefold() in whole.casefold()


FEWEST, FEWEST_UNBOOKED, FEWEST_GRAVE = 12, 4, 2
FEWEST_SPOKEN = 3
GRAVE = (Kind.EMERGENCY, Kind.REFUSAL)


def shortcomings(script: Script) -> Iterator[str]:
    """What the scenarios of a trade do not prove."""
    spoken = [each.kind for each in script.spoken]
    kinds = [each.kind for each in script.scenarios]
    for what, there, fewest in (
        ("scenarios", kinds, FEWEST),
        ("scenarios in which nothing may be booked", _unbooked(kinds), FEWEST_UNBOOKED),
        ("emergencies and refusals", _grave(kinds), FEWEST_GRAVE),
        ("scenarios that are spoken", spoken, FEWEST_SPOKEN),
        ("spoken scenarios in which nothing may be booked", _unbooked(spoken), 1),
        ("spoken emergencies and refusals", _grave(spoken), 1),
    ):
        if len(there) < fewest:
            yield f"it has {len(there)} {what}, and needs {fewest}"


def _unbooked(kinds: Sequence[Kind]) -> Sequence[Kind]:
    return [kind for kind in kinds if kind is not Kind.BOOKS]


def _grave(kinds: Sequence[Kind]) -> Sequence[Kind]:
    return [kind for kind in kinds if kind in GRAVE]


async def rehearse(plugin: object) -> list[str]:
    """Play all scenarios of a plugin's trade; returns what is wrong, as `scenario: problem`."""
    [vertical] = Registry(plugins=(plugin,)).verticals.values()
    try:
        script = script_of(vertical)
    except (OSError, ValueError) as unreadable:
        return [f"its scenarios cannot be read: {type(unreadable).__name__}"]
    found = list(shortcomings(script))
    for scenario in script.scenarios:
        played = await play(plugin, scenario, script)
        found += [f"{scenario.name}: {each}" for each in problems(scenario, played)]
    return found
