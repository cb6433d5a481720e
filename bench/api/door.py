"""What it costs to be let in: a field that needs no row, bare and through the whole API."""

from dataclasses import dataclass
from uuid import UUID

import orjson
from starlette.requests import HTTPConnection

from api.graphql.context import Context, Request, Wiring
from api.graphql.schema import build_schema
from bench.api.in_process import Ask, Client, Refused, cpu_ms
from bench.house import House, Step
from bench.tables import Column, Table
from deskbell import people
from deskbell.app import api_app
from domain.scope import Scope
from plugins.registry import Registry
from tenants import sessions
from tenants.api_keys import service as api_keys
from tenants.apps import families
from tenants.apps import service as apps
from tenants.devices import Origin

QUERY = "{ tenant { name } }"
BODY = orjson.dumps({"query": QUERY})
BARE = "bare resolver"
READ = "tenant:read"
_TIMES, _QUICK_TIMES = 600, 150
_ROUNDS, _QUICK_ROUNDS = 5, 2


@dataclass
class LetIn(Request):
    """A request of somebody who was let in already."""

    scope: Scope | None = None

    async def begin(self) -> Context:
        """Ask nobody."""
        return Context(self, self.scope)


async def table(house: House, step: Step, *, quick: bool) -> Table:
    """CPU time of one request, by how whoever asks is known."""
    asked = await _asked(house)
    seen: dict[str, list[float]] = {name: [] for name in asked}
    for number in range(_QUICK_ROUNDS if quick else _ROUNDS):
        for name, ask in asked.items():
            step(f"round {number + 1}: {name}")
            seen[name].append(await cpu_ms(ask, _QUICK_TIMES if quick else _TIMES))
    rows = [{"server": name, "cpu_ms": min(times)} for name, times in seen.items()]
    columns = (Column("cpu_ms", "CPU ms / request", better="less"),)
    return Table("door", "One small query, in process", columns, rows, BARE)


async def _asked(house: House) -> dict[str, Ask]:
    app = api_app(house.wiring)
    key, token = await _key(house), await _app_token(house)
    return {
        BARE: _bare(house),
        "session": Client(app, BODY, await _cookies(house)),
        "API key": Client(app, BODY, {"authorization": f"Bearer {key}"}),
        "app token": Client(app, BODY, {"authorization": f"Bearer {token}"}),
    }


def _bare(house: House) -> Ask:
    wiring = house.wiring
    connection = HTTPConnection({"type": "http", "headers": []})
    with_nothing = Wiring(wiring.unit_of_work, None, wiring.live, Registry())  # type: ignore[arg-type]
    request = LetIn(with_nothing, connection, scope=house.scope)
    schema = build_schema(production=True)

    async def ask() -> None:
        answered = await schema.execute(QUERY, context_value=request)
        if answered.errors:
            raise Refused(answered.errors)

    return ask


async def _cookies(house: House) -> dict[str, str]:
    cookies = people.desk(house.wiring).cookies
    user_id = UUID(house.scope.actor.id)
    async with house.wiring.unit_of_work(house.scope) as uow:
        until = uow.now + cookies.lifetimes.idle
        values = {"idle_until": until, "expires_at": until, "proved_at": uow.now}
        token, _ = await sessions.add(uow, user_id, Origin(), **values)
    return {
        "cookie": f"{cookies.settings.name}={cookies.signed(token)}",
        "x-csrf-token": cookies.csrf_token(token),
    }


async def _key(house: House) -> str:
    async with house.wiring.unit_of_work(house.scope) as uow:
        return (await api_keys.create(uow, api_keys.NewKey("bench", (READ,)))).token


async def _app_token(house: House) -> str:
    async with house.wiring.unit_of_work(house.scope) as uow:
        made = await apps.create(uow, apps.NewApp("bench", (READ,), acts_at_home=True))
        return (await families.act_at_home(uow, made.app, (READ,))).access
