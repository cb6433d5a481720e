"""Browsers of members: what they need before, and what members say of them over GraphQL."""

from starlette.applications import Starlette
from starlette.middleware import Middleware

from api import pushing
from api.middleware import SecureHeaders
from integrations.web_push import Vapid
from tests.api.conftest import browse
from tests.api.deeds import do, refuse
from tests.fakes.push_service import Browser, unb64

DEVICE = "pushDevice { id label lastToldAt problem }"
OWN = "{ viewer { pushDevices { id label } notifications { push { news pace } pushDetails } } }"
CHOOSE = """mutation ($input: NotificationsChooseInput!) { notificationsChoose(input: $input) {
    ... on NotificationsChoosePayload { notifications { push { news pace } pushDetails } } } }"""


def described(name: str) -> dict[str, str]:
    device = Browser(name).device
    return {"endpoint": device.endpoint, "p256dh": device.p256dh, "auth": device.auth}


async def test_a_browser_gets_its_script_and_a_key():
    vapid = Vapid.derived(b"a secret of tests", "mailto:ops@deskbell.test")
    routes = pushing.routes(vapid.public_key)
    app = Starlette(routes=routes, middleware=[Middleware(SecureHeaders)])
    async with browse(app) as stranger:
        script = await stranger.http.get("/push.js")
        key = await stranger.http.get("/push/key.json")
    assert script.headers["Content-Type"].startswith("text/javascript")
    assert script.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "showNotification" in script.text
    point = unb64(key.json()["applicationServerKey"])
    assert (len(point), point[:1]) == (65, b"\x04")


async def test_a_member_keeps_their_devices(owner):
    device = (await do(owner, "pushSubscribe", DEVICE, **described("phone"), label="Phone"))[
        "pushDevice"
    ]
    assert (device["label"], device["problem"]) == ("Phone", None)
    again = await do(owner, "pushTest", DEVICE, id=device["id"])
    assert again["pushDevice"] == device
    listed = (await owner.ask(OWN))["viewer"]["pushDevices"]
    assert listed == [{"id": device["id"], "label": "Phone"}]
    assert await do(owner, "pushUnsubscribe", "id", id=device["id"]) == {"id": device["id"]}
    assert (await owner.ask(OWN))["viewer"]["pushDevices"] == []


async def test_what_is_no_subscription_is_refused(owner):
    wrong = described("phone") | {"auth": "words"}
    assert await refuse(owner, "pushSubscribe", **wrong, label="Phone") == "InvalidInputError"


async def test_a_member_chooses_what_is_pushed(owner):
    before = (await owner.ask(OWN))["viewer"]["notifications"]
    assert {each["pace"] for each in before["push"]} == {"IMMEDIATE"}
    assert before["pushDetails"] is False
    given = {"push": [{"news": "CHATS", "pace": "OFF"}], "pushDetails": True}
    chosen = (await owner.ask(CHOOSE, input=given))["notificationsChoose"]["notifications"]
    assert {"news": "CHATS", "pace": "OFF"} in chosen["push"]
    assert chosen["pushDetails"] is True
    assert (await owner.ask(OWN))["viewer"]["notifications"] == chosen
