"""What every request goes through: limits, headers, problems, health."""

import re

import httpx
import pytest
from starlette.applications import Starlette

from api import health
from api.middleware import SECURE_HEADERS, LimitBody
from tests.api.conftest import browse


async def unreachable() -> None:
    raise ConnectionRefusedError


async def reachable() -> None:
    """Say nothing: all is well."""


async def health_of(**checks):
    transport = httpx.ASGITransport(Starlette(routes=health.routes(checks)))
    async with httpx.AsyncClient(transport=transport, base_url="http://deskbell.test") as http:
        assert (await http.get("/health/live")).json() == {"status": "ok"}
        return await http.get("/health/ready")


async def test_ready_when_everything_answers():
    response = await health_of(database=reachable, redis=reachable)
    assert (response.status_code, response.json()["status"]) == (200, "ok")


async def test_not_ready_while_something_is_down():
    response = await health_of(database=reachable, redis=unreachable)
    assert response.status_code == 503
    assert response.json()["checks"] == {"database": "ok", "redis": "ConnectionRefusedError"}


async def test_a_body_that_is_announced_too_long(stranger):
    response = await stranger.http.post("/graphql", content=b"x" * 1_000_001)
    assert (response.status_code, response.json()["code"]) == (413, "BODY_TOO_LARGE")


async def test_a_body_that_turns_out_too_long(stranger):
    async def endless():
        for _ in range(11):
            yield b"x" * 100_000

    headers = {"Content-Type": "application/json"}
    response = await stranger.http.post("/graphql", content=endless(), headers=headers)
    assert response.status_code == 413


async def test_a_nonsense_length_is_refused():
    refused = LimitBody(Starlette())
    async with browse(refused) as browser:
        response = await browser.http.get("/", headers={"Content-Length": "-1"})
    assert response.status_code == 413


async def test_every_answer_has_a_number(stranger):
    one, other = [await stranger.http.get("/graphql/nowhere") for _ in range(2)]
    assert one.headers["X-Request-Id"] != other.headers["X-Request-Id"]
    own = await stranger.http.get("/graphql", headers={"X-Request-Id": "mine_1-2"})
    assert own.headers["X-Request-Id"] == "mine_1-2"


@pytest.mark.parametrize("number", ["", "x" * 65, "two words", "a;b"])
async def test_a_number_that_could_fool_a_log_is_replaced(stranger, number):
    answer = await stranger.http.get("/graphql", headers={"X-Request-Id": number})
    assert re.fullmatch("[0-9a-f]{32}", answer.headers["X-Request-Id"])


async def test_answers_carry_careful_headers(stranger):
    response = await stranger.http.get("/nowhere")
    for name, value in SECURE_HEADERS.items():
        assert response.headers[name] == value
    assert "'unsafe-inline'" not in response.headers["Content-Security-Policy"]


async def test_an_unknown_path_is_a_problem(stranger):
    response = await stranger.http.get("/nowhere")
    assert response.headers["Content-Type"] == "application/problem+json"
    assert (response.status_code, response.json()["code"]) == (404, "HTTP_ERROR")


@pytest.mark.parametrize("body", [b"1", b'"x"', b"null", b"[]", b"{", b"\xff", b'{"query": 1}'])
async def test_a_body_that_is_no_request_is_refused(stranger, body):
    headers = {"Content-Type": "application/json"}
    response = await stranger.http.post("/graphql", content=body, headers=headers)
    assert response.status_code == 400
    assert response.json()["errors"][0]["extensions"]["code"] == "BAD_REQUEST"


async def test_a_document_that_cannot_run_is_a_bad_request(stranger):
    accept = {"Accept": "application/graphql-response+json"}
    response = await stranger.http.post("/graphql", json={"query": "{ nope }"}, headers=accept)
    assert (response.status_code, "data" in response.json()) == (400, False)
