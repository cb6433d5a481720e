"""The tools of a tenant's plugins, as one conversation sees them."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from pydantic import ValidationError

from domain.errors import InvalidInput, Unavailable
from domain.receptionist.house_rules import Case, HouseRules, Screening, Verdict
from domain.receptionist.offers import Ability, NotNow, Situation
from domain.scope import Scope
from domain.work import UnitOfWork
from plugins.admission import Admission, Equipment, admitted, scope_of
from plugins.guard import Breakers, Guard, Here, Runner
from plugins.registry import Registry
from plugins.tools import MOST_WORDS, Tool, ToolContext
from plugins.vertical import Vertical, joined, screening_of

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Offered:
    """A tool of an enabled plugin."""

    tool: Tool
    admission: Admission

    @property
    def ability(self) -> Ability:
        """How the core knows it."""
        tool = self.tool
        return Ability(
            self.name,
            tool.phrases,
            tool.questions,
            conditions=tool.conditions,
            otherwise=tool.otherwise,
            holding=tool.holding,
            failing=tool.failing,
        )

    @property
    def name(self) -> str:
        """`<plugin>.<tool>`."""
        return f"{self.admission.manifest.name}.{self.tool.name}"

    @property
    def breaker(self) -> str:
        """With whom it fails: all the tools of a plugin, or nobody."""
        return self.name if self.tool.alone else self.admission.manifest.name


@dataclass(frozen=True)
class Trade:
    """The trade of an enabled plugin, at a business with its settings."""

    vertical: Vertical
    admission: Admission
    house: HouseRules

    @classmethod
    def of(cls, vertical: Vertical, admission: Admission) -> "Trade":
        """Ask it once, when a conversation begins."""
        name = admission.manifest.name
        try:
            return cls(vertical, admission, vertical.house(name, admission.settings))
        except Exception as fault:
            log.error("The trade of %s cannot be asked: %s", name, type(fault).__name__)
            # What would have stood before a booking is not known: nothing is booked.
            nothing = Screening(screening_of(name), decides_service=True)
            shut = HouseRules(screenings=(nothing,), birth_dates=vertical.birth_dates)
            return cls(replace(vertical, screen=None), admission, shut)


@dataclass(frozen=True)
class ConversationTools:
    """What plugins can do in one conversation; settings were read when it began."""

    scope: Scope
    equipment: Equipment
    breakers: Breakers
    runner: Runner
    offered: dict[str, Offered]
    trades: dict[str, Trade] = field(default_factory=dict)
    """By the name of what each decides before a booking."""

    @property
    def abilities(self) -> Sequence[Ability]:
        """What is on offer."""
        return [each.ability for each in self.offered.values()]

    @property
    def house(self) -> HouseRules:
        """What their trades want to be heeded, and asked before a booking."""
        return joined([each.house for each in self.trades.values()])

    async def screen(self, name: str, case: Case, situation: Situation) -> Verdict:
        """What a trade decides before a booking. Raises `Unavailable` when that fails."""
        trade = self.trades.get(name)
        if trade is None or trade.vertical.screen is None:
            raise Unavailable(f"Nobody decides {name}")
        vertical, screen = trade.vertical, trade.vertical.screen
        context = self._context(vertical.permissions, trade.admission, situation)

        async def work() -> Verdict:
            verdict = await screen(case, context)
            return replace(verdict, say=verdict.say[:MOST_WORDS])

        guard = self._guard(trade.admission.manifest.name)
        return await guard.call(work, vertical.deadline)

    async def use(self, name: str, answers: Mapping[str, str], situation: Situation) -> str:
        """What to say when it is done.

        Raises `NotNow`, `AskAgain`, and `Unavailable` when it fails.
        """
        if name not in self.offered:
            raise Unavailable(f"Nobody offers {name}")
        offered = self.offered[name]
        tool, admission = offered.tool, offered.admission
        arguments = _arguments(tool, answers)
        context = self._context(tool.permissions, admission, situation)

        async def work() -> str:
            if not tool.when(situation):
                raise NotNow(tool.otherwise)
            return str(await tool.run(arguments, context))[:MOST_WORDS]

        return await self._guard(offered.breaker).call(work, tool.deadline)

    def _guard(self, breaker: str) -> Guard:
        return Guard((self.scope.tenant_id, breaker), self.breakers, self.runner)

    def _context(
        self, permissions: frozenset[str], admission: Admission, situation: Situation
    ) -> ToolContext:
        scope = replace(scope_of(admission.manifest, self.scope), permissions=permissions)
        given = self.equipment.capability(ToolContext, admission, self.scope, situation=situation)
        return replace(given, _scope=scope)


def _arguments(tool: Tool, answers: Mapping[str, str]) -> object:
    try:
        return tool.arguments.model_validate(dict(answers))
    except ValidationError:
        # Never the message: it repeats what a caller said.
        raise InvalidInput(f"{tool.name} takes other answers") from None


@dataclass(frozen=True)
class Tools:
    """Finds what a tenant's plugins can do; made once per process."""

    registry: Registry
    equipment: Equipment
    breakers: Breakers
    runner: Runner = field(default_factory=Here)

    async def of(self, uow: UnitOfWork) -> ConversationTools:
        """The tools of the plugins that are on, for one conversation."""
        verticals = self.registry.verticals
        asked = {*self.registry.tools, *self.registry.own_tools, *verticals}
        found = await admitted(uow, self.registry, sorted(asked))
        known = [Offered(tool, each) for each in found for tool in await self._tools(uow, each)]
        named = {each.name: each for each in known}
        return ConversationTools(
            uow.scope,
            self.equipment,
            self.breakers,
            self.runner,
            named,
            trades_of(verticals, found),
        )

    async def _tools(self, uow: UnitOfWork, admission: Admission) -> Sequence[Tool]:
        """What a plugin offers, and what the business has made with it."""
        plugin = admission.manifest.name
        offered = self.registry.tools.get(plugin, [])
        own = self.registry.own_tools.get(plugin)
        return [*offered, *await own.tools(uow)] if own else offered


def trades_of(verticals: Mapping[str, Vertical], found: Sequence[Admission]) -> dict[str, Trade]:
    """The trades of those plugins that may work, by what each decides."""
    return {
        screening_of(each.manifest.name): Trade.of(verticals[each.manifest.name], each)
        for each in found
        if each.manifest.name in verticals
    }
