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
        name = f"{self.admission.manifest.name}.{self.tool.name}"
        return Ability(name, self.tool.phrases, self.tool.questions)


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

        return await self._guard(trade.admission).call(work, vertical.deadline)

    async def use(self, name: str, answers: Mapping[str, str], situation: Situation) -> str:
        """What to say when it is done. Raises `NotNow`, and `Unavailable` when it fails."""
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

        return await self._guard(admission).call(work, tool.deadline)

    def _guard(self, admission: Admission) -> Guard:
        key = (self.scope.tenant_id, admission.manifest.name)
        return Guard(key, self.breakers, self.runner)

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
        tools, verticals = self.registry.tools, self.registry.verticals
        found = await admitted(uow, self.registry, sorted({*tools, *verticals}))
        known = [
            Offered(tool, each) for each in found for tool in tools.get(each.manifest.name, ())
        ]
        named = {each.ability.name: each for each in known}
        return ConversationTools(
            uow.scope,
            self.equipment,
            self.breakers,
            self.runner,
            named,
            trades_of(verticals, found),
        )


def trades_of(verticals: Mapping[str, Vertical], found: Sequence[Admission]) -> dict[str, Trade]:
    """The trades of those plugins that may work, by what each decides."""
    return {
        screening_of(each.manifest.name): Trade.of(verticals[each.manifest.name], each)
        for each in found
        if each.manifest.name in verticals
    }
