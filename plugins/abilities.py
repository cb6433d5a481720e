"""The tools of a tenant's plugins, as one conversation sees them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from pydantic import ValidationError

from domain.errors import InvalidInput, Unavailable
from domain.receptionist.offers import Ability, NotNow, Situation
from domain.scope import Scope
from domain.work import UnitOfWork
from plugins.admission import Admission, Equipment, admitted, scope_of
from plugins.guard import Breakers, Guard, Here, Runner
from plugins.registry import Registry
from plugins.tools import MOST_WORDS, Tool, ToolContext


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
class ConversationTools:
    """What plugins can do in one conversation; settings were read when it began."""

    scope: Scope
    equipment: Equipment
    breakers: Breakers
    runner: Runner
    offered: dict[str, Offered]

    @property
    def abilities(self) -> Sequence[Ability]:
        """What is on offer."""
        return [each.ability for each in self.offered.values()]

    async def use(self, name: str, answers: Mapping[str, str], situation: Situation) -> str:
        """What to say when it is done. Raises `NotNow`, and `Unavailable` when it fails."""
        if name not in self.offered:
            raise Unavailable(f"Nobody offers {name}")
        offered = self.offered[name]
        tool, admission = offered.tool, offered.admission
        arguments = _arguments(tool, answers)
        context = self._context(tool, admission, situation)
        guard = Guard((self.scope.tenant_id, admission.manifest.name), self.breakers, self.runner)

        async def work() -> str:
            if not tool.when(situation):
                raise NotNow(tool.otherwise)
            return str(await tool.run(arguments, context))[:MOST_WORDS]

        return await guard.call(work, tool.deadline)

    def _context(self, tool: Tool, admission: Admission, situation: Situation) -> ToolContext:
        scope = replace(scope_of(admission.manifest, self.scope), permissions=tool.permissions)
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
        found = await admitted(uow, self.registry, sorted(self.registry.tools))
        known = [
            Offered(tool, each)
            for each in found
            for tool in self.registry.tools[each.manifest.name]
        ]
        named = {each.ability.name: each for each in known}
        return ConversationTools(uow.scope, self.equipment, self.breakers, self.runner, named)
