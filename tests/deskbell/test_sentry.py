"""What reaches Sentry: enough to find a fault, and nothing that anybody said or typed."""

import asyncio
import gzip
import json
import os
import secrets
import sys
from contextlib import asynccontextmanager
from uuid import uuid4

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from deskbell import sentry
from deskbell.settings import Settings
from tests.architecture.source import ROOT
from tests.fakes.serving import free_port, serving

KINDS = (
    *("message", "variable", "note", "cause", "argument", "extra", "breadcrumb", "words", "id"),
    *("refusal", "user", "address", "tag", "context", "thread", "path", "statement", "row"),
    *("query", "header", "cookie", "body", "baggage"),
)
TENANT = str(uuid4())


class Receiver:
    """A Sentry server that keeps everything it is sent, as it came and unpacked."""

    def __init__(self):
        self.everything = b""
        self.items = []

    async def __call__(self, request: Request):
        body = await request.body()
        packed = request.headers.get("content-encoding") == "gzip"
        envelope = gzip.decompress(body) if packed else body
        self.everything += str(request.url).encode() + str(request.headers.items()).encode()
        self.everything += envelope
        lines = envelope.splitlines()
        # One header for the envelope, then a header and a payload for each item.
        for header, payload in zip(lines[1::2], lines[2::2], strict=True):
            self.items.append((json.loads(header)["type"], json.loads(payload)))
        return JSONResponse({})

    def of(self, kind):
        return [payload for type_, payload in self.items if type_ == kind]


@asynccontextmanager
async def receiving():
    receiver = Receiver()
    route = Route("/api/{project}/envelope/", receiver.__call__, methods=["POST"])
    async with serving(Starlette(routes=[route]), free_port()) as port:
        yield receiver, f"http://public@127.0.0.1:{port}/1"


async def run(dsn, canaries, **given):
    given |= {"DESKBELL_SENTRY_DSN": dsn, "SECRETS": json.dumps(canaries), "TENANT": TENANT}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.deskbell.sentry_program"),
        cwd=ROOT,
        env=os.environ | given,
        stderr=asyncio.subprocess.PIPE,
    )
    _, said = await process.communicate()
    # The last fault is one that nobody catches.
    assert process.returncode == 1
    assert b"Broken" in said


@pytest.fixture(scope="module")
def canaries():
    return {kind: f"canary{secrets.token_hex(8)}" for kind in KINDS}


@pytest.fixture(scope="module")
async def received(canaries):
    async with receiving() as (receiver, dsn):
        await run(dsn, canaries)
        yield receiver


def chains(received):
    return [
        [value["type"] for value in event["exception"]["values"]] for event in received.of("event")
    ]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.law("L44")
async def test_nothing_of_a_person_leaves(received, canaries, kind):
    assert received.items
    assert canaries[kind].encode() not in received.everything


async def test_the_sdk_by_itself_would_have_told(canaries):
    async with receiving() as (receiver, dsn):
        await run(dsn, canaries, UNGUARDED="1")
    told = {kind for kind in KINDS if canaries[kind].encode() in receiver.everything}
    assert told >= {"message", "cause", "note", "extra", "breadcrumb", "words", "user", "query"}


async def test_every_fault_arrives_with_its_causes(received):
    # Logged, in a thread, in a request, captured, and caught by nobody.
    assert chains(received) == [["LookupError", "Broken"]] * 5


async def test_a_fault_says_where_it_is_in_the_code(received):
    for event in received.of("event"):
        frame = event["exception"]["values"][-1]["stacktrace"]["frames"][-1]
        assert frame["function"] == "fail"
        assert frame["lineno"] > 0
        assert set(frame) <= set(sentry.FRAME)


async def test_a_fault_says_which_release_it_is_in(received):
    assert {event["release"] for event in received.of("event")} == {"deskbell@0.1.0"}
    assert {event["environment"] for event in received.of("event")} == {"development"}


async def test_our_own_ids_and_codes_arrive(received):
    logged, in_thread, served, *_ = [event["tags"] for event in received.of("event")]
    assert logged == {"process": "api", "tenant_id": TENANT}
    assert in_thread == {"process": "api"}
    assert set(served) == {"process", "incident"}


async def test_durations_have_names_only_from_code(received):
    named, unnamed = received.of("transaction")
    assert named["transaction"] == "calls.finalize"
    assert "transaction" not in unnamed
    assert [span["op"] for span in named["spans"]] == ["db"]


async def test_only_faults_and_durations_are_sent(received):
    assert {kind for kind, _ in received.items} == {"event", "transaction"}


async def test_without_an_address_nothing_is_set_up():
    sentry.report_faults(Settings(sentry_dsn=None, _env_file=None), "api")
    assert not sentry.sentry_sdk.get_client().is_active()


def test_an_unknown_part_of_an_event_stays_behind():
    event = {"exception": {"values": []}, "of_a_later_version": "anything"}
    assert "of_a_later_version" not in sentry.fault(event, {})
