"""Making tools, changing them, taking them away, trying them out, and how they do."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.sealed import Sealed
from domain.work import UnitOfWork
from integrations.http_out import Reach
from plugins.custom_tools import errands, rules
from plugins.custom_tools.checking import check_secret, checked
from plugins.custom_tools.definition import Definition
from plugins.custom_tools.errands import Errand, Result
from plugins.custom_tools.errors import ToolNameTaken, TooManyTools
from plugins.custom_tools.events import ToolCreated, ToolDeleted, ToolUpdated
from plugins.custom_tools.models import CustomTool, ToolOutcome
from plugins.custom_tools.repository import CustomToolRuns, CustomTools, CustomToolSecrets
from plugins.custom_tools.running import SAID
from plugins.errors import PluginNotEnabled
from plugins.models import Health
from tenants.records.routes import refuse_outside
from tenants.repository import PluginInstallations

READ, WRITE = "tools:read", "tools:write"


@dataclass(frozen=True)
class Secret:
    """The header that opens the address."""

    header: str
    value: str = field(repr=False)


@dataclass(frozen=True)
class Standing:
    """How a tool does, from its last runs."""

    health: Health
    last_error: str = ""
    last_error_at: datetime | None = None
    last_answered_at: datetime | None = None


async def create(
    uow: UnitOfWork, new: Definition, reach: Reach, secret: Secret | None = None
) -> CustomTool:
    """Make a tool.

    Raises `InvalidInput`, `PluginNotEnabled`, `TooManyTools`, `ToolNameTaken` and `RouteOutside`.
    """
    uow.require(WRITE)
    made = checked(new, reach)
    await _require_room(uow)
    await _require_route(uow, made)
    tools = CustomTools(uow)
    async with tools.refusing(custom_tool_name_key=ToolNameTaken(made.name)):
        row = await tools.add(
            **made.columns,
            created_by=str(uow.scope.actor),
            created_at=uow.now,
            updated_at=uow.now,
        )
    if secret is not None:
        await _keep(uow, row.id, secret)
    uow.record(ToolCreated(custom_tool_id=row.id))
    return row


async def update(uow: UnitOfWork, id: UUID, reach: Reach, changes: Mapping[str, Any]) -> CustomTool:
    """Change parts of a definition, and the `secret`: None forgets it.

    Another address is another receiver: a secret does not go along unless it is given again.
    Raises as `create`, and `NotFound`.
    """
    uow.require(WRITE)
    tools = CustomTools(uow)
    row = await tools.lock(id)
    before = Definition.of(row)
    said = {name: value for name, value in changes.items() if name != "secret"}
    made = checked(Definition.parsed({**before.model_dump(), **said}), reach)
    await _require_route(uow, made)
    async with tools.refusing(custom_tool_name_key=ToolNameTaken(made.name)):
        await tools.save(row, **made.columns, updated_at=uow.now)
    if "secret" in changes or made.url != before.url:
        await CustomToolSecrets(uow).clear(id)
    if changes.get("secret") is not None:
        await _keep(uow, id, changes["secret"])
    uow.record(ToolUpdated(custom_tool_id=id))
    return row


async def delete(uow: UnitOfWork, id: UUID) -> UUID:
    """Take a tool away with its secret and its history. Raises `NotFound`."""
    uow.require(WRITE)
    tools = CustomTools(uow)
    await tools.remove(await tools.lock(id))
    uow.record(ToolDeleted(custom_tool_id=id))
    return id


async def begin_trial(uow: UnitOfWork, id: UUID, inputs: Mapping[str, Any]) -> Errand:
    """Put together what a tool is tried out with; one that is off can be tried too.

    Raises `NotFound`, `PluginNotEnabled`, `InvalidInput` and `ToolShut`.
    """
    uow.require(WRITE)
    await _require_on(uow)
    return await errands.for_trial(uow, await CustomTools(uow).get(id), inputs)


async def end_trial(uow: UnitOfWork, errand: Errand, result: Result) -> None:
    """Write down what came of it."""
    uow.require(WRITE)
    await errands.finish(uow, errand, result)


async def standing(uow: UnitOfWork, id: UUID, *, enabled: bool) -> Standing:
    """How a tool does."""
    uow.require(READ)
    runs = await CustomToolRuns(uow).recent(id)
    ended = [each for each in runs if each.outcome is not ToolOutcome.STARTED]
    failed = [each for each in ended if each.outcome not in SAID]
    answered = [each for each in ended if each.outcome in SAID]
    return Standing(
        health=_health(len(ended), len(failed)) if enabled else Health.OFF,
        last_error=failed[0].error if failed else "",
        last_error_at=failed[0].at if failed else None,
        last_answered_at=answered[0].at if answered else None,
    )


def _health(ended: int, failed: int) -> Health:
    if not failed:
        return Health.OK
    return Health.FAILING if failed == ended else Health.DEGRADED


async def _keep(uow: UnitOfWork, tool_id: UUID, secret: Secret) -> None:
    check_secret(secret.header, secret.value)
    await CustomToolSecrets(uow).add(
        custom_tool_id=tool_id,
        header=secret.header,
        secret=Sealed.text(secret.value),
        updated_at=uow.now,
    )


async def _require_on(uow: UnitOfWork) -> None:
    installation = await PluginInstallations(uow).of(rules.NAME)
    if installation is None or not installation.enabled:
        raise PluginNotEnabled(rules.NAME)


async def _require_room(uow: UnitOfWork) -> None:
    await _require_on(uow)
    if await CustomTools(uow).all().count() >= rules.MOST_TOOLS:
        raise TooManyTools(rules.MOST_TOOLS)


async def _require_route(uow: UnitOfWork, made: Definition) -> None:
    """What tells nothing of callers may be asked anywhere."""
    if made.data:
        await refuse_outside(uow, [made.recipient])
