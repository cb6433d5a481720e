"""What is sent can be checked: by hand, and by the libraries that receivers use."""

import base64
import hashlib
import hmac
import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import ModuleType
from uuid import UUID, uuid4

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from api.graphql.payloads import payload_document
from domain.sealed import Sealed
from plugins.webhooks import service
from plugins.webhooks.models import WebhookAlgorithm, WebhookKey
from plugins.webhooks.repository import WebhookKeys
from plugins.webhooks.signatures import jwks, new_key, sign
from tests.docs.pages import blocks
from tests.fakes.npm import installed, needs_node, run

HERE = Path(__file__).parent / "npm"
ROOT = Path(__file__).parents[3]
PAGE = ROOT / "docs" / "webhooks.md"


def signed_text(heard) -> bytes:
    """What a signature covers, read from the request alone."""
    named = f"{heard.headers['webhook-id']}.{heard.headers['webhook-timestamp']}."
    return named.encode() + heard.body


def signatures(heard) -> list[tuple[str, bytes]]:
    given = heard.headers["webhook-signature"].split(" ")
    return [(kind, base64.b64decode(text)) for kind, _, text in (g.partition(",") for g in given)]


def holds(heard, shown: str) -> bool:
    """A plain check, as the specification describes it."""
    text = signed_text(heard)
    if shown.startswith("whsec_"):
        digest = hmac.digest(base64.b64decode(shown[6:]), text, hashlib.sha256)
        return ("v1", digest) in signatures(heard)
    key = Ed25519PublicKey.from_public_bytes(base64.b64decode(shown.removeprefix("whpk_")))
    return any(kind == "v1a" and verifies(key, each, text) for kind, each in signatures(heard))


def verifies(key: Ed25519PublicKey, signature: bytes, text: bytes) -> bool:
    try:
        key.verify(signature, text)
    except InvalidSignature:
        return False
    return True


async def told(way, receiver):
    await way.happen(uuid4())
    await way.travel()
    return receiver.heard[-1]


@pytest.mark.parametrize("algorithm", WebhookAlgorithm)
async def test_a_request_is_signed_with_the_key_that_was_shown(way, receiver, algorithm):
    made = await way.name(receiver.url, algorithm=algorithm)
    heard = await told(way, receiver)
    assert holds(heard, made.key.shown)
    other = await way.name(receiver.url, algorithm=algorithm)
    assert not holds(heard, other.key.shown)


async def test_both_keys_sign_while_they_overlap(way, receiver):
    old = await way.name(receiver.url)
    new = await way.do(service.rotate, old.endpoint.id, timedelta(hours=24))
    heard = await told(way, receiver)
    assert holds(heard, old.key.shown)
    assert holds(heard, new.key.shown)
    way.road.wait(timedelta(hours=25))
    heard = await told(way, receiver)
    assert not holds(heard, old.key.shown)
    assert holds(heard, new.key.shown)


async def test_a_secret_that_leaked_is_replaced_at_once(way, receiver):
    old = await way.name(receiver.url)
    new = await way.do(service.rotate, old.endpoint.id, timedelta(0))
    heard = await told(way, receiver)
    assert (holds(heard, old.key.shown), holds(heard, new.key.shown)) == (False, True)


async def test_an_endpoint_moves_to_an_asymmetric_key(way, receiver):
    old = await way.name(receiver.url)
    kind = WebhookAlgorithm.ED25519
    new = await way.do(service.rotate, old.endpoint.id, timedelta(hours=1), kind)
    heard = await told(way, receiver)
    assert [kind for kind, _ in signatures(heard)] == ["v1a", "v1"]
    assert holds(heard, old.key.shown)
    assert holds(heard, new.key.shown)


async def test_the_key_set_holds_public_keys_and_no_secret(way, receiver):
    made = await way.name(receiver.url, algorithm=WebhookAlgorithm.ED25519)
    async with way.road.unit_of_work(way.road.scope) as uow:
        keys = await WebhookKeys(uow).signing(made.endpoint.id)
    [shown] = jwks(keys)["keys"]
    raw = base64.urlsafe_b64decode(shown["x"] + "=")
    assert raw == base64.b64decode(made.key.shown.removeprefix("whpk_"))
    assert keys[0].secret.read() not in json.dumps(shown)
    assert "d" not in shown


async def test_the_timestamp_is_of_the_sending(way, receiver):
    await way.name(receiver.url)
    receiver.status = 503
    await way.happen(uuid4())
    await way.travel()
    receiver.status = 200
    await way.pass_time(1)
    [heard] = receiver.heard
    clock = way.road.unit_of_work.clock
    sent = datetime.fromtimestamp(int(heard.headers["webhook-timestamp"]), UTC)
    assert clock.now() - sent < timedelta(hours=1)
    assert sent > datetime.fromisoformat(heard.message["timestamp"])


def key_of(algorithm: WebhookAlgorithm) -> WebhookKey:
    """The key of the published examples: the bytes 0 to 31."""
    made = new_key(algorithm, bytes(range(32)))
    secret = Sealed.text(made.secret)
    return WebhookKey(algorithm=algorithm, secret=secret, public_key=made.public)


def test_the_published_examples_hold():
    table = dict(re.findall(r"^\| (\S+) \| `(.+)` \|$", PAGE.read_text(), re.MULTILINE))
    at = datetime.fromtimestamp(int(table["webhook-timestamp"]), UTC)
    for kind, algorithm in (
        ("v1", WebhookAlgorithm.HMAC_SHA256),
        ("v1a", WebhookAlgorithm.ED25519),
    ):
        id, body = UUID(table["webhook-id"]), table["body"].encode()
        signed = sign([key_of(algorithm)], id, at, body)
        assert signed.headers["webhook-signature"] == table[kind]
        assert new_key(algorithm, bytes(range(32))).shown == table[f"{kind}-key"]


async def test_the_example_of_a_receiver_accepts_it_and_nothing_else(way, receiver):
    example = ModuleType("receiver")
    exec(blocks(PAGE, "python")[0], example.__dict__)
    made = await way.name(receiver.url)
    heard = await told(way, receiver)
    assert example.genuine(made.key.shown, heard.headers, heard.body)
    assert not example.genuine(made.key.shown, heard.headers, heard.body + b" ")


def test_the_example_of_a_payload_is_one():
    examples = blocks(PAGE, "graphql")
    assert payload_document(examples[1]) == examples[1]


async def verdict(heard, secret: str, body: bytes):
    given = json.dumps({"secret": secret, "headers": heard.headers, "body": body.decode()})
    folder = await installed(HERE)
    return json.loads(await run("node", "verify.mjs", cwd=folder, given=given.encode()))


@needs_node("signatures are not checked with npm standardwebhooks")
async def test_the_library_of_receivers_accepts_it_and_nothing_else(way, receiver):
    # The library refuses what is older than five minutes by the machine's own clock.
    way.road.unit_of_work.clock.advance(datetime.now(UTC) - way.road.unit_of_work.clock.now())
    made = await way.name(receiver.url)
    heard = await told(way, receiver)
    accepted = await verdict(heard, made.key.shown, heard.body)
    assert accepted == {"ok": True, "payload": heard.message}
    forged = await verdict(heard, made.key.shown, heard.body + b" ")
    assert forged["ok"] is False
    stranger = await way.name(receiver.url)
    assert (await verdict(heard, stranger.key.shown, heard.body))["ok"] is False
