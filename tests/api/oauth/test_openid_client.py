"""A partner's program, written with npm openid-client, against the real server and its page."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from api.oauth.app import OAuthSettings
from tests.api.conftest import Browser, build_app, owner_of
from tests.factories.apps import CALLBACK, app_of
from tests.fakes.npm import installed, needs_node, run
from tests.fakes.serving import free_port, serving

HERE = Path(__file__).parent / "npm"
TOKEN = "an initial access token"
SCOPE = "contacts:read tenant:read"

pytestmark = needs_node("the authorisation server is not checked with npm openid-client")


@dataclass
class Program:
    """The partner's program: each step is a process of its own."""

    server: str
    client_id: str
    secret: str | None
    proof: str

    async def step(self, step: str, **more: Any) -> Any:
        given = {
            "step": step,
            "server": self.server,
            "clientId": self.client_id,
            "secret": self.secret,
            "proof": self.proof,
            "redirectUri": CALLBACK,
            "scope": SCOPE,
        } | more
        folder = await installed(HERE)
        return json.loads(
            await run("node", "client.mjs", cwd=folder, given=json.dumps(given).encode())
        )

    async def do(self, step: str, **more: Any) -> Any:
        """A step that must succeed."""
        answer = await self.step(step, **more)
        assert "ok" in answer, answer
        return answer["ok"]

    async def fail(self, step: str, **more: Any) -> str:
        """The OAuth error of a step that must not."""
        return (await self.step(step, **more))["problem"]["error"]


class Shown(HTMLParser):
    """What a page holds for its script."""

    data: dict[str, str]

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if dict(attrs).get("id") == "decision":
            self.data = dict(attrs)


@pytest.fixture
async def server(unit_of_work, live, other_scope) -> AsyncIterator[str]:
    """A server on a port of its own, which knows its own name."""
    listener = free_port()
    issuer = f"http://127.0.0.1:{listener.getsockname()[1]}"
    at = OAuthSettings(issuer, register_at=other_scope.tenant.slug, register_token=TOKEN)
    app = build_app(unit_of_work, live, oauth_settings=at)
    async with serving(app, listener):
        yield issuer


@pytest.fixture
async def owner(server, scope) -> AsyncIterator[Browser]:
    """The owner of another business, at a browser of their own."""
    async with httpx.AsyncClient(base_url=server) as http:
        browser = Browser(http)
        await browser.sign_in(owner_of(scope))
        yield browser


@pytest.fixture
async def program(server, unit_of_work, other_scope) -> Program:
    made = await app_of(unit_of_work, other_scope, "contacts:read", acts_at_home=True)
    return Program(server, str(made.app.id), made.secret, "basic")


@pytest.fixture
async def public_program(server, unit_of_work, other_scope) -> Program:
    made = await app_of(unit_of_work, other_scope, "contacts:read", confidential=False)
    return Program(server, str(made.app.id), None, "none")


async def press(owner: Browser, url: str, *, allow: bool = True) -> str:
    """Look at the page and press a button, as its script does; where the browser is sent."""
    response = await owner.http.get(url)
    assert response.status_code == 200, response.text
    page = Shown()
    page.feed(response.text)
    shown = {"tenant": page.data["data-tenant"], "scopes": page.data["data-scopes"].split()}
    body = {"request": urlsplit(url).query, "allow": allow, "shown": shown}
    answer = await owner.http.post("/oauth/consent", json=body, headers=owner.headers)
    return answer.json()["location"]


async def finish(owner: Browser, program: Program) -> tuple[dict[str, Any], dict[str, Any]]:
    """Tokens by way of the page, and what they were got with."""
    begun = await program.do("begin")
    callback = await press(owner, begun["url"])
    used = {"callback": callback, "verifier": begun["verifier"], "state": begun["state"]}
    return await program.do("finish", **used), used


@pytest.mark.parametrize("proof", ["basic", "post", "none"])
async def test_a_program_gets_tokens_refreshes_them_and_gives_them_back(
    owner, program, public_program, proof, clock
):
    program = public_program if proof == "none" else replace(program, proof=proof)
    first, _ = await finish(owner, program)
    assert (first["scope"], first["expires_in"]) == (SCOPE, 3600)
    told = await program.do("introspect", token=first["access_token"])
    assert (told["active"], told["client_id"]) == (True, program.client_id)
    second = await program.do("refresh", token=first["refresh_token"])
    clock.advance(timedelta(seconds=11))
    assert await program.fail("refresh", token=first["refresh_token"]) == "invalid_grant"
    assert await program.fail("refresh", token=second["refresh_token"]) == "invalid_grant"
    dead = await program.do("introspect", token=second["access_token"])
    assert dead == {"active": False}
    third, _ = await finish(owner, program)
    await program.do("revoke", token=third["refresh_token"])
    assert await program.do("introspect", token=third["access_token"]) == {"active": False}


async def test_a_code_that_a_program_sends_twice_ends_its_tokens(owner, program):
    tokens, used = await finish(owner, program)
    assert await program.fail("finish", **used) == "invalid_grant"
    assert await program.do("introspect", token=tokens["access_token"]) == {"active": False}
    assert await program.fail("refresh", token=tokens["refresh_token"]) == "invalid_grant"


async def test_a_program_hears_that_nobody_agreed(owner, program):
    begun = await program.do("begin")
    callback = await press(owner, begun["url"], allow=False)
    used = {"callback": callback, "verifier": begun["verifier"], "state": begun["state"]}
    assert await program.fail("finish", **used) == "access_denied"


async def test_a_program_notices_an_answer_of_another_server(owner, program):
    begun = await program.do("begin")
    callback = await press(owner, begun["url"])
    forged = callback.replace("iss=http%3A%2F%2F127.0.0.1", "iss=http%3A%2F%2F127.0.0.2")
    assert forged != callback
    used = {"callback": forged, "verifier": begun["verifier"], "state": begun["state"]}
    problem = (await program.step("finish", **used))["problem"]
    assert problem["code"] == "OAUTH_INVALID_RESPONSE"


async def test_a_program_acts_at_home_by_its_secret(program):
    tokens = await program.do("home")
    assert "refresh_token" not in tokens
    assert (await program.do("introspect", token=tokens["access_token"]))["active"] is True


async def test_a_program_registers_itself_and_is_agreed_to(server, owner):
    newcomer = Program(server, "", None, "none")
    assert "ok" not in await newcomer.step("register")
    made = await newcomer.do("register", initialToken=TOKEN)
    known = Program(server, made["client_id"], made["client_secret"], "basic")
    tokens, _ = await finish(owner, known)
    assert tokens["scope"] == SCOPE
