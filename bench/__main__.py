"""`python -m bench [NAME] [--quick] [--json]`: measure it. `--help` lists what there is."""

import argparse
import asyncio
import json
import sys
from collections.abc import Awaitable, Callable

from rich.console import Console

from bench import machine
from bench.api.compare import compare as compare_api
from bench.availability.compare import compare as compare_availability
from bench.graphql.compare import compare as compare_graphql
from bench.house import House, Step, open_house
from bench.machine import Cores
from bench.outbox.compare import compare as compare_outbox
from bench.plugins.compare import compare as compare_plugins
from bench.retention.compare import compare as compare_retention
from bench.search.compare import compare as compare_search
from bench.tables import Report
from bench.voice.caller import NoCompiler
from bench.voice.compare import compare as compare_voice

Bench = Callable[[House, Cores, Step, bool], Awaitable[Report]]


async def _voice(house: House, cores: Cores, step: Step, quick: bool) -> Report:
    try:
        # It waits for processes; the loop stays free for the house's connections.
        return await asyncio.to_thread(compare_voice, house, cores, step, quick=quick)
    except NoCompiler as missing:
        return Report("Voice", [], [f"SKIPPED: {missing}"])


BENCHES: dict[str, Bench] = {
    "voice": _voice,
    "graphql": compare_graphql,
    "outbox": compare_outbox,
    "api": compare_api,
    "search": compare_search,
    "retention": compare_retention,
    "plugins": compare_plugins,
    "availability": compare_availability,
}


def main() -> None:
    """Run what was asked for."""
    words = _words()
    said = Console(stderr=True)
    cores = Cores.find()
    before = machine.describe()
    if not cores.apart:
        said.print("[bold yellow]One core only: server and load disturb each other.[/bold yellow]")
    # Children inherit the core; servers under test are moved to their own.
    machine.settle_on(cores.rest)
    names = [words.bench] if words.bench else list(BENCHES)
    with said.status("Starting") as status:
        reports = asyncio.run(_run(names, cores, status.update, quick=words.quick))
    if words.json:
        results = {name: report.written() for name, report in reports.items()}
        json.dump({"machine": before, **results}, sys.stdout, indent=2)
        print()
        return
    show = Console(width=150 if not sys.stdout.isatty() else None)
    show.print(", ".join(f"{name} {value}" for name, value in before.items()))
    for report in reports.values():
        report.show(show)


async def _run(names: list[str], cores: Cores, step: Step, *, quick: bool) -> dict[str, Report]:
    async with open_house(step) as house:
        return {name: await BENCHES[name](house, cores, step, quick) for name in names}


def _words() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("bench", nargs="?", choices=BENCHES, help="only this one")
    parser.add_argument("--quick", action="store_true", help="under a minute each")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    return parser.parse_args()


if __name__ == "__main__":
    main()
