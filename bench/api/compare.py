"""The API bench: the door, the limiter, and the hostile corpus."""

from bench import machine
from bench.api import door, hostile, limiter
from bench.house import House, Step
from bench.machine import Cores
from bench.tables import Report


async def compare(house: House, cores: Cores, step: Step, quick: bool) -> Report:
    """Measure all three."""
    tables = [
        await door.table(house, step, quick=quick),
        await limiter.table(house, step, quick=quick),
        await hostile.table(house, cores, step, quick=quick),
    ]
    return Report("API", tables, [f"load {machine.load():.1f}"])
