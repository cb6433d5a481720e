"""What a push service is told of us, and what its answers mean."""

from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from domain.errors import Unavailable
from integrations.http_out import AddressRefused, NoAnswer, Outbound, Reach
from integrations.web_push import (
    Device,
    Push,
    PushClient,
    PushGone,
    PushLater,
    PushRefused,
    Vapid,
)
from plugins.push.way_out import ToPushServices
from tests.fakes.push_service import PushService

NOW = datetime(2026, 11, 16, 15, tzinfo=UTC)
CONTACT = "mailto:ops@deskbell.test"
VAPID = Vapid.derived(b"a secret of tests", CONTACT)
PUSH = Push(b'{"title":"A new call"}', "call", timedelta(hours=12))
CLIENT = PushClient(VAPID)


@pytest.fixture
def service() -> PushService:
    return PushService(VAPID.public_key, lambda: NOW)


async def test_a_push_arrives(service):
    browser = service.subscribe("phone")
    await CLIENT.push(service, browser.device, PUSH, NOW)
    [arrived] = service.arrived
    assert arrived.told == {"title": "A new call"}
    assert (arrived.headers["TTL"], arrived.headers["Urgency"]) == ("43200", "normal")


async def test_another_deployment_is_refused(service):
    browser = service.subscribe("phone")
    stranger = PushClient(Vapid.derived(b"another secret", CONTACT))
    with pytest.raises(PushRefused) as refused:
        await stranger.push(service, browser.device, PUSH, NOW)
    assert (refused.value.why, service.refused) == ("HTTP_403", ["authorization"])


@pytest.mark.parametrize("off", [timedelta(hours=-13), timedelta(hours=13)])
async def test_what_was_signed_at_another_time_is_refused(service, off):
    browser = service.subscribe("phone")
    with pytest.raises(PushRefused, match="HTTP_403"):
        await CLIENT.push(service, browser.device, PUSH, NOW + off)


@pytest.mark.parametrize(
    ("status", "fault"),
    [
        (404, PushGone),
        (410, PushGone),
        (429, PushLater),
        (400, PushRefused),
        (301, PushRefused),
        (500, Unavailable),
        (503, Unavailable),
    ],
)
async def test_each_answer_has_its_meaning(service, status, fault):
    browser = service.subscribe("phone")
    service.answer(status)
    with pytest.raises(fault):
        await CLIENT.push(service, browser.device, PUSH, NOW)


async def test_how_long_to_wait_is_heeded(service):
    browser = service.subscribe("phone")
    service.answer(429, **{"retry-after": "120"})
    with pytest.raises(PushLater) as later:
        await CLIENT.push(service, browser.device, PUSH, NOW)
    assert later.value.pause == timedelta(minutes=2)


@pytest.mark.parametrize(
    ("raised", "fault"), [(NoAnswer, Unavailable), (AddressRefused, PushRefused)]
)
async def test_who_is_not_there_and_who_may_not_be_called_differ(service, raised, fault):
    class Nobody:
        async def post(self, url, headers, body):
            raise raised("no")

    browser = service.subscribe("phone")
    with pytest.raises(fault):
        await CLIENT.push(ToPushServices(Nobody()), browser.device, PUSH, NOW)


async def test_our_own_network_is_never_pushed_to(service):
    async def inside(host, port):
        from_within = Reach.parse("10.0.0.0/8").networks[0]
        return [next(from_within.hosts())]

    device = service.subscribe("phone").device
    out = ToPushServices(Outbound(resolve=inside))
    with pytest.raises(PushRefused, match="ADDRESS"):
        await CLIENT.push(out, device, PUSH, NOW)


def pem(key) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())


async def test_an_operator_s_own_key_is_taken(service):
    key = ec.generate_private_key(ec.SECP256R1())
    own = Vapid.read(pem(key), CONTACT)
    service.application_server_key = own.public_key
    await PushClient(own).push(service, service.subscribe("phone").device, PUSH, NOW)
    assert len(service.arrived) == 1


def test_one_secret_makes_one_key():
    assert Vapid.derived(b"a secret of tests", CONTACT).public_key == VAPID.public_key
    assert Vapid.derived(b"another secret", CONTACT).public_key != VAPID.public_key


@pytest.mark.parametrize(
    "written", [b"", b"no key", pem(ec.generate_private_key(ec.SECP384R1()))], ids=len
)
def test_only_a_key_of_the_right_curve_is_taken(written):
    with pytest.raises(ValueError, match=r"."):
        Vapid.read(written, CONTACT)


def test_a_device_does_not_show_its_keys():
    assert "secret" not in repr(Device("https://push.example.net/", "secret", "secret"))
