"""What a plugin brings for one trade: a starter, its words, what to heed, what to ask, and proof.

A vertical is one folder and no change of the core. What it brings is data and pure functions of
its settings; only `screen` does anything, aside from the media loop, with a deadline.
"""

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from domain.personal import DataClass
from domain.privacy.bounds import Authority, Bound, Side
from domain.privacy.periods import Period
from domain.receptionist.house_rules import (
    Case,
    HouseRules,
    Inquiry,
    Screening,
    TriageRule,
    Verdict,
)
from domain.reminders.models import RuleKind
from domain.reminders.rules import check_words
from plugins.tools import PATIENCE, ToolContext
from tenants.organizations.setup import Setup, read

STARTER, SCENARIOS = "starter.json", "scenarios.json"
Screen = Callable[[Case, Any], Awaitable[Verdict]]
"""`async (case, context)`: what is decided before a booking; the context is a `ToolContext`."""


def nothing(settings: Any) -> tuple[Any, ...]:
    """What a trade has that heeds or asks nothing."""
    return ()


async def pass_all(case: Case, context: ToolContext) -> Verdict:
    """The verdict of a trade that only asks: the answers are noted with the visit."""
    return Verdict(note="; ".join(answer for answer in case.answers.values() if answer))


@dataclass(frozen=True)
class Floor:
    """For how long a trade has to keep something, and why."""

    data_class: DataClass
    period: Period
    reason: str

    @property
    def bound(self) -> Bound:
        """As it binds a business while the plugin is on."""
        return Bound(self.data_class, Side.AT_LEAST, self.period, Authority.PLUGIN, self.reason)


@dataclass(frozen=True)
class Vertical:
    """One trade. `starter.json` and `scenarios.json` stand in its folder."""

    folder: Path
    triage: Callable[[Any], Sequence[TriageRule]] = nothing
    """What is heeded at once, by the settings; names need not carry the plugin's."""
    inquiries: Callable[[Any], Sequence[Inquiry]] = nothing
    """What is asked before a booking, by the settings."""
    screen: Screen | None = None
    """What is decided then; None is that nothing is asked or decided."""
    services: tuple[str, ...] = ()
    """For which services it is asked, by name; empty for all."""
    decides_service: bool = False
    """Whether the verdict names the service, so that it is asked first."""
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Other names of services, as callers of the trade use them."""
    floors: tuple[Floor, ...] = ()
    wordings: Mapping[RuleKind, str] = field(default_factory=dict)
    """What the trade writes to people of their visits, with the places of reminders."""
    birth_dates: bool = False
    """Whether visits are told and changed only for who says the date of birth, too: `screen` then
    has to say who comes (`Verdict.visitor`)."""
    permissions: frozenset[str] = frozenset()
    """What `screen` may do in its units of work: some of what the manifest says."""
    deadline: float = PATIENCE

    @cached_property
    def starter(self) -> Setup:
        """How a fresh business of the trade is set up. Raises `InvalidInput`."""
        setup = read(json.loads((self.folder / STARTER).read_text()))
        if not setup.reminders:
            return setup
        worded = [
            each.model_copy(update={"words": each.words or self.wordings.get(each.kind, "")})
            for each in setup.reminders
        ]
        return setup.model_copy(update={"reminders": tuple(worded)})

    def house(self, plugin: str, settings: Any) -> HouseRules:
        """What the core heeds and asks, at a business with these settings."""
        triage = tuple(
            replace(rule, name=f"{plugin}.{rule.name}") for rule in self.triage(settings)
        )
        screening = Screening(
            screening_of(plugin),
            tuple(self.inquiries(settings)),
            self.services,
            self.decides_service,
        )
        screenings = (screening,) if self.screen else ()
        return HouseRules(triage, screenings, self.words, self.birth_dates)

    def check(self, plugin: str, permissions: frozenset[str], settings: Any) -> None:
        """Raise `TypeError` or `InvalidInput` unless it can be used with these settings."""
        house = self.house(plugin, settings)
        for rule in house.triage:
            rule.check()
        for screening in house.screenings:
            screening.check()
        for words in self.wordings.values():
            check_words(words)
        if not self.permissions <= permissions:
            raise TypeError(f"{plugin} screens with more than its plugin may do")


def screening_of(plugin: str) -> str:
    """How the core knows what a plugin decides before a booking."""
    return f"{plugin}.screening"


def joined(houses: Sequence[HouseRules]) -> HouseRules:
    """The rules of several trades as those of one house."""
    words: dict[str, tuple[str, ...]] = {}
    for house in houses:
        for service, names in house.words.items():
            words[service] = (*words.get(service, ()), *names)
    return HouseRules(
        tuple(rule for house in houses for rule in house.triage),
        tuple(each for house in houses for each in house.screenings),
        words,
        any(house.birth_dates for house in houses),
    )
