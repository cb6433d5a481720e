"""Putting everybody who is known here on file there, and calls of the past, some at a time.

How far it has come is kept after each of them: whatever ends a turn, the next one goes on there.
"""

from datetime import timedelta

from domain.crm import files
from domain.crm.files import Step
from domain.crm.ports import CrmRefused, Kind
from plugins.context import PluginContext
from plugins.crm_sync import Desk, FieldMissing
from plugins.erased import unless_erased
from plugins.errors import PutOff

# So many fit into one turn; vendors' bursts are far from used up by one after the other.
AT_ONCE = 10
# So much of a day's requests is left to calls, and how long until there may be more again.
RESERVE = 0.2
RECOVERING = timedelta(minutes=30)


async def turn(context: PluginContext, desk: Desk, *, calls: bool) -> None:
    """Do what comes next. Raises `PutOff` and `Unavailable`: it will be tried again."""
    plugin = desk.wishes.plugin
    async with context.unit_of_work() as uow:
        steps = await files.turn(uow, plugin, AT_ONCE, calls=calls)
    for step in steps:
        try:
            await _take(context, desk, step)
            refused = False
        except FieldMissing as missing:
            await _stop(context, plugin, str(missing))
            return
        except CrmRefused:
            # One that they do not take keeps nothing else out.
            refused = True
        async with context.unit_of_work() as uow:
            if not await files.moved(uow, plugin, step, refused=refused):
                return
        if desk.provider.left < RESERVE:
            raise PutOff(context.clock.now() + RECOVERING)
    async with context.settle() as uow:
        await files.next_turn(uow, plugin)


async def _take(context: PluginContext, desk: Desk, step: Step) -> None:
    """Put somebody on file, or note a call; by the same rules as when it has just happened."""
    if step.is_there:
        return
    if step.kind is Kind.CONTACT:
        await desk.put_on_file(step.id)
        return
    async with unless_erased(context):
        await desk.call_over(step.id)


async def _stop(context: PluginContext, plugin: str, field: str) -> None:
    """Until the mapping is mended, nobody could be put on file."""
    async with context.settle() as uow:
        row = await files.compared(uow, plugin, [field])
        await files.pause(uow, row)
