"""The GraphQL bench: the same four questions to both servers, in turns."""

import sys
from collections import defaultdict
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from typing import Any

import httpx
import orjson

from api.graphql.ids import write_id
from bench import machine
from bench.graphql.operations import DOCUMENTS, EMAIL, PASSWORD, WORDING
from bench.graphql.seed import PRACTICE, forget_added, seeded
from bench.house import LOGS, House, Step
from bench.http_load import Ask, Burst, Served
from bench.machine import Cores
from bench.processes import Program, Running, serving
from bench.tables import Column, Report, Table
from domain.appointments.times import local_day
from domain.clock import SystemClock

OURS, LIMIT = "deskbell", "by hand"
# Everything is counted as always, but nobody is sent away.
UNLIMITED = {"DESKBELL_API_POINTS_PER_MINUTE": "1000000000"}
_ROUNDS = 4
_WARM, _SECONDS = 0.7, 2.5
_QUICK_ROUNDS, _QUICK_SECONDS = 2, 1.5


class Unlike(RuntimeError):
    """The two servers do not give the same answer, so comparing them is pointless."""


@dataclass(frozen=True)
class Contest:
    """Both servers, signed in to, and what to ask them."""

    ours: Running
    by_hand: Running
    headers: dict[str, str]
    variables: dict[str, dict[str, Any]]

    def ask(self, name: str, server: str) -> tuple[Running, Ask]:
        """A question as one of the servers wants it."""
        variables = self.variables.get(name, {})
        if server == LIMIT:
            return self.by_hand, Ask(f"/ask/{name}", orjson.dumps(variables), self.headers)
        body = orjson.dumps({"query": DOCUMENTS[name], "variables": variables})
        return self.ours, Ask("/graphql", body, self.headers)

    def compare_answers(self, name: str) -> None:
        """Raise `Unlike` unless both give the same data."""
        ours, by_hand = (self._answer(*self.ask(name, server)) for server in (OURS, LIMIT))
        if ours != by_hand:
            raise Unlike(f"{name}: {str(ours)[:400]} is not {str(by_hand)[:400]}")

    def _answer(self, server: Running, ask: Ask) -> Any:
        headers = {**self.headers, "Content-Type": "application/json"}
        url = f"http://127.0.0.1:{server.port}{ask.path}"
        answer = httpx.post(url, content=ask.body, headers=headers, trust_env=False).json()
        # What it has cost is ours to say; the other one does not count.
        return {part: answer[part] for part in answer if part != "extensions"}


async def compare(house: House, cores: Cores, step: Step, quick: bool) -> Report:
    """Measure both."""
    newest = await seeded(house, step)
    with ExitStack() as running:
        servers = [
            running.enter_context(serving(program, cores.server, LOGS))
            for program in _programs(house)
        ]
        variables: dict[str, dict[str, Any]] = {
            "call": {"id": write_id("Call", newest)},
            "dashboard": _last_month(),
            "add": {"input": WORDING},
        }
        contest = Contest(servers[0], servers[1], sign_in(servers[0]), variables)
        for name in ("calls", "call", "dashboard"):
            contest.compare_answers(name)
        seen = await _rounds(contest, step, quick=quick)
    await forget_added(house)
    await house.empty_outbox()
    return Report("GraphQL", [_table(seen)], [f"load {machine.load():.1f}"])


def _last_month() -> dict[str, str]:
    """The days a first page begins with."""
    today = local_day(SystemClock().now(), PRACTICE.timezone)
    return {"first": str(today - timedelta(days=29)), "last": str(today)}


def _programs(house: House) -> tuple[Program, Program]:
    ours = [sys.executable, "-m", "deskbell.cli", "serve"]
    by_hand = [sys.executable, "-m", "bench.graphql.by_hand.server", "{port}"]
    return (
        Program("api", ours, house.environment | UNLIMITED),
        Program("by-hand", by_hand, house.environment),
    )


def sign_in(server: Running) -> dict[str, str]:
    """The cookie and the token of a session."""
    answer = httpx.post(
        f"http://127.0.0.1:{server.port}/auth/sign-in",
        json={"email": EMAIL, "password": PASSWORD},
        trust_env=False,
    )
    cookies = "; ".join(f"{name}={value}" for name, value in answer.cookies.items())
    return {"Cookie": cookies, "X-CSRF-Token": answer.json()["csrfToken"]}


async def _rounds(
    contest: Contest, step: Step, *, quick: bool
) -> dict[tuple[str, str], list[Served]]:
    seen: dict[tuple[str, str], list[Served]] = defaultdict(list)
    rounds, seconds = (_QUICK_ROUNDS, _QUICK_SECONDS) if quick else (_ROUNDS, _SECONDS)
    for number in range(rounds):
        for name in DOCUMENTS:
            for label in (LIMIT, OURS):
                step(f"round {number + 1} of {rounds}: {name}, {label}")
                server, ask = contest.ask(name, label)
                burst = Burst(server, ask.wire(server.port))
                seen[name, label].append(await burst.run(_WARM, seconds))
    return seen


def _table(seen: dict[tuple[str, str], list[Served]]) -> Table:
    rows = [
        {
            "group": name,
            "server": label,
            "cpu_ms": min(one.cpu_ms for one in served),
            "per_second": median(one.per_second for one in served),
        }
        for (name, label), served in seen.items()
    ]
    columns = (
        Column("cpu_ms", "CPU ms / request", better="less"),
        Column("per_second", "requests / s", better="more"),
    )
    return Table("operations", "One core, 8 connections", columns, rows, LIMIT)
