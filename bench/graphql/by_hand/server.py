"""The four questions, answered by hand."""

import base64
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import orjson
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bench.graphql.by_hand import sql
from bench.graphql.by_hand.database import Database, Open, Row
from domain.clock import SystemClock
from domain.ids import RandomIds

DATABASE = Database()


def global_id(kind: str, id: UUID) -> str:
    """The id that clients know."""
    return base64.urlsafe_b64encode(f"{kind}:{id}".encode()).decode().rstrip("=")


def cursor(moment: datetime, id: UUID) -> str:
    """The place of a row in its list."""
    return base64.urlsafe_b64encode(f"{moment.isoformat()}|{id}".encode()).decode().rstrip("=")


def shout(value: str | None) -> str | None:
    """An enum as GraphQL writes it."""
    return value and value.upper()


async def calls(tenant_id: UUID, _: Row) -> Any:
    """Fifty calls, with whom they were held and what came of them."""
    async with DATABASE.tenant(DATABASE.main, tenant_id) as connection:
        rows = await connection.fetch(sql.CALLS, tenant_id, 51)
    page = rows[:50]
    owners = [row[name] for row in page for name in ("conversation_id", "contact_id")]
    opened = await DATABASE.opener(tenant_id, owners)
    edges = [
        {
            "cursor": cursor(row["ringing_at"], row["id"]),
            "node": {
                "id": global_id("Call", row["id"]),
                "state": shout(row["state"]),
                "direction": shout(row["direction"]),
                "caller": opened(row, "caller", "call", "conversation_id"),
                "ringingAt": row["ringing_at"],
                "endedAt": row["ended_at"],
                "conversation": _talk(row, opened, ("name",)),
            },
        }
        for row in page
    ]
    info = {"hasNextPage": len(rows) > 50, "endCursor": edges[-1]["cursor"]}
    return {"tenant": {"calls": {"edges": edges, "pageInfo": info}}}


async def call(tenant_id: UUID, variables: Row) -> Any:
    """One call with everything that was said."""
    padded = variables["id"] + "=" * (-len(variables["id"]) % 4)
    id = UUID(base64.urlsafe_b64decode(padded).decode().partition(":")[2])
    async with DATABASE.tenant(DATABASE.main, tenant_id) as connection:
        row = await connection.fetchrow(sql.CALL, tenant_id, id)
        said = await connection.fetch(sql.TURNS, tenant_id, row["conversation_id"])
    opened = await DATABASE.opener(tenant_id, (row["conversation_id"], row["contact_id"]))
    talk = _talk(row, opened, ("name", "phone"))
    keyed = [{**turn, "conversation_id": row["conversation_id"]} for turn in said]
    talk["turns"] = [
        {
            "id": global_id("Turn", turn["id"]),
            "position": turn["position"],
            "speaker": shout(turn["speaker"]),
            "text": opened(turn, "text", "turn", "conversation_id"),
            "offsetMs": turn["offset_ms"],
            "interrupted": turn["interrupted"],
            "saidAt": turn["said_at"],
        }
        for turn in keyed
    ]
    return {
        "node": {
            "id": global_id("Call", row["id"]),
            "state": shout(row["state"]),
            "caller": opened(row, "caller", "call", "conversation_id"),
            "ringingAt": row["ringing_at"],
            "endedAt": row["ended_at"],
            "conversation": talk,
        }
    }


def _talk(row: Row, opened: Open, personal: Iterable[str]) -> dict[str, Any]:
    """The conversation of a call's row, and who it was held with."""
    contact = {
        column: opened(row, column, "contact", "contact_id", "contact_id") for column in personal
    }
    return {
        "outcome": shout(row["outcome"]),
        "summary": opened(row, "summary", "conversation", "conversation_id", "conversation_id"),
        "contact": contact if row["contact_id"] else None,
    }


async def dashboard(tenant_id: UUID, variables: Row) -> Any:
    """How the last days were, and the newest of everything."""
    async with DATABASE.tenant(DATABASE.main, tenant_id) as connection:
        tenant = await connection.fetchrow(sql.TENANT, tenant_id)
        during = _instants(variables, tenant["timezone"])
        called = await connection.fetch(sql.CALL_NUMBERS, tenant_id, *during)
        counts = await connection.fetchrow(sql.COUNTS, tenant_id, *during)
        used = await connection.fetch(sql.USAGE, tenant_id, *during, tenant["timezone"])
        recent = await connection.fetch(sql.RECENT_CALLS, tenant_id)
        left = await connection.fetch(sql.MESSAGES, tenant_id)
        wanted = await connection.fetch(sql.LEADS, tenant_id)
    owners = [row["conversation_id"] for row in (*recent, *left)]
    opened = await DATABASE.opener(tenant_id, [*owners, *(row["contact_id"] for row in wanted)])
    lists = {
        "calls": [_recent(row, opened) for row in recent],
        "messages": [_message(row, opened) for row in left],
        "leads": [_lead(row, opened) for row in wanted],
    }
    connections = {
        name: {"edges": [{"node": node} for node in nodes]} for name, nodes in lists.items()
    }
    numbers = {"overview": _overview(called, counts), "usage": [dict(row) for row in used]}
    named = {"name": tenant["name"], "timeZone": tenant["timezone"]}
    return {"tenant": {**named, **numbers, **connections}}


def _instants(variables: Row, zone: str) -> tuple[datetime, datetime]:
    """The first moment of the first day, and the first one after the last."""
    first, last = (date.fromisoformat(variables[name]) for name in ("first", "last"))
    whole = ZoneInfo(zone)
    end = datetime.combine(last + timedelta(days=1), time(), whole)
    return datetime.combine(first, time(), whole), end


def _overview(called: list[Row], counts: Row) -> dict[str, Any]:
    """How many of everything."""
    ended = [row for row in called if row["disposition"]]
    return {
        "calls": {
            "answered": sum(row["answered"] for row in called),
            "missed": sum(row["missed"] for row in called),
            "seconds": sum(row["milliseconds"] for row in called) // 1000,
            "dispositions": [
                {"disposition": shout(row["disposition"]), "calls": row["calls"]} for row in ended
            ],
        },
        "messages": {"left": counts["left"], "open": counts["open"]},
        "leads": {"captured": counts["captured"], "new": counts["new"]},
        "appointments": {"booked": counts["booked"], "cancelled": counts["cancelled"]},
    }


def _recent(row: Row, opened: Open) -> dict[str, Any]:
    return {
        "id": global_id("Call", row["id"]),
        "state": shout(row["state"]),
        "caller": opened(row, "caller", "call", "conversation_id"),
        "ringingAt": row["ringing_at"],
    }


def _message(row: Row, opened: Open) -> dict[str, Any]:
    return {
        "id": global_id("Message", row["id"]),
        "body": opened(row, "body", "message", "conversation_id"),
        "priority": shout(row["priority"]),
        "status": shout(row["status"]),
        "leftAt": row["left_at"],
    }


def _lead(row: Row, opened: Open) -> dict[str, Any]:
    return {
        "id": global_id("Lead", row["id"]),
        "need": opened(row, "need", "lead", "contact_id"),
        "status": shout(row["status"]),
        "createdAt": row["created_at"],
    }


async def add(tenant_id: UUID, variables: Row) -> Any:
    """A new answer, and the event that says so."""
    now, words = SystemClock().now(), variables["input"]
    ids = RandomIds()
    item, event = ids.new(now), ids.new(now)
    payload = orjson.dumps({"item_id": str(item), "item_version": 1}).decode()
    async with DATABASE.tenant(DATABASE.main, tenant_id) as connection:
        await connection.execute(
            sql.ADD_ITEM, tenant_id, item, words["question"], words["answer"], now
        )
        number = await connection.fetchval(sql.NEXT, tenant_id, item)
        await connection.execute(sql.ADD_EVENT, tenant_id, event, str(item), number, payload, now)
    made = {"id": global_id("KnowledgeItem", item), "status": "DRAFT", "version": 1, **words}
    return {"knowledgeAdd": {"item": made}}


QUESTIONS: dict[str, Callable[[UUID, Row], Awaitable[Any]]] = {
    "calls": calls,
    "call": call,
    "dashboard": dashboard,
    "add": add,
}


async def ask(request: Request) -> Response:
    """`POST /ask/<question>` with variables as JSON."""
    tenant_id = await DATABASE.tenant_of(request.cookies["deskbell_session"])
    variables = orjson.loads(await request.body())
    data = await QUESTIONS[request.path_params["question"]](tenant_id, variables)
    return Response(
        orjson.dumps({"data": data}, option=orjson.OPT_UTC_Z), media_type="application/json"
    )


@asynccontextmanager
async def lifespan(app: Starlette) -> AsyncIterator[None]:
    """Connect."""
    await DATABASE.connect()
    yield


app = Starlette(routes=[Route("/ask/{question}", ask, methods=["POST"])], lifespan=lifespan)

if __name__ == "__main__":
    uvicorn.run(app, port=int(sys.argv[1]), log_level="warning", loop="uvloop", access_log=False)
