"""Nobody speaks an older TLS than the operator allows, neither in nor out."""

import asyncio
import json
import ssl
import warnings
from contextlib import asynccontextmanager
from datetime import timedelta
from ipaddress import ip_address
from time import sleep

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from deskbell.checkup import _encryption, _judged, _served
from deskbell.connecting import postgres_tls, redis_tls
from deskbell.deployment import Deployment
from deskbell.home import Home
from deskbell.roles import Databases
from deskbell.settings import Settings
from deskbell.transport import Offered, in_the_clear, is_encrypted, is_loopback, offered
from domain.clock import SystemClock
from domain.errors import Unavailable
from domain.messages.ports import Mail
from domain.tls import TlsFloor, asking, serving
from integrations.http_out import NoAnswer, Outbound, Reach
from integrations.smtp import SmtpMailer, SmtpSettings
from tests.fakes.serving import free_port
from tests.fakes.serving import serving as serving_app

LOOPBACK = Reach.parse("127.0.0.0/8")
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK"
OLD, STRICT = TlsFloor.TLS_1_2, TlsFloor.TLS_1_3


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate for this machine, good for a month, with its key in the same file."""
    return made(tmp_path_factory.mktemp("tls") / "desk.pem", timedelta(days=30))


def made(file, good_for):
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "desk.test")])
    here = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    now = SystemClock().now()
    signed = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + good_for)
        .add_extension(here, critical=False)
        .sign(key, SHA256())
    )
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(private + signed.public_bytes(Encoding.PEM))
    return file


def only(certificate, *versions):
    """A server that speaks the versions of that span and no other."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version, context.maximum_version = versions[0], versions[-1]
    context.set_ciphers("ALL:@SECLEVEL=0")
    return context


@asynccontextmanager
async def answering(context):
    """A server that answers every request; its port."""

    async def serve(reader, writer):
        try:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(OK)
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    listener = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context)
    try:
        yield listener.sockets[0].getsockname()[1]
    finally:
        listener.close()


@asynccontextmanager
async def served(context):
    """An application that ends TLS itself; its port."""

    async def hello(_):
        return PlainTextResponse("Hello")

    app = Starlette(routes=[Route("/", hello)])
    async with serving_app(app, free_port(), tls=context) as port:
        yield port


@pytest.mark.promise("P104")
@pytest.mark.parametrize(("floor", "versions"), [(OLD, ("1.2", "1.3")), (STRICT, ("1.3",))])
async def test_we_serve_the_floor_and_nothing_older(certificate, floor, versions):
    async with served(serving(floor, certificate)) as port:
        found = await offered("127.0.0.1", port)
        async with httpx.AsyncClient(verify=asking(floor, authorities=certificate)) as client:
            assert (await client.get(f"https://127.0.0.1:{port}/")).text == "Hello"
    assert found.versions == versions
    assert found.keeps(floor)


@pytest.mark.promise("P104")
async def test_whoever_asks_us_in_an_old_version_is_refused(certificate):
    async with served(serving(STRICT, certificate)) as port:
        old = asking(OLD, authorities=certificate)
        old.maximum_version = ssl.TLSVersion.TLSv1_2
        async with httpx.AsyncClient(verify=old) as client:
            with pytest.raises(httpx.ConnectError):
                await client.get(f"https://127.0.0.1:{port}/")


async def test_only_ciphers_that_forget_their_keys_are_offered(certificate):
    for cipher in serving(OLD, certificate).get_ciphers():
        assert cipher["aead"], cipher["name"]
        assert cipher["kea"] in {"kx-ecdhe", "kx-any"}, cipher["name"]


V1_1, V1_2, V1_3 = ssl.TLSVersion.TLSv1_1, ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3


@pytest.mark.promise("P104")
@pytest.mark.parametrize(
    ("version", "floor", "answered"),
    [
        (V1_1, OLD, False),
        (V1_1, STRICT, False),
        (V1_2, OLD, True),
        (V1_2, STRICT, False),
        (V1_3, STRICT, True),
    ],
)
async def test_we_ask_nobody_who_speaks_an_older_version(certificate, version, floor, answered):
    async with answering(only(certificate, version)) as port:
        out = Outbound(LOOPBACK, trust=asking(floor, authorities=certificate))
        deed = out.post(f"https://127.0.0.1:{port}/", {}, b"hi")
        if answered:
            assert (await deed).body == b"OK"
        else:
            with pytest.raises(NoAnswer):
                await deed


@pytest.mark.promise("P104")
@pytest.mark.parametrize(("floor", "sent"), [(OLD, True), (STRICT, False)])
async def test_no_letter_leaves_in_an_older_version(certificate, monkeypatch, floor, sent):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))

    spoken = []

    async def take(reader, writer):
        """Who comes as far as this speaks our version; then it breaks off."""
        spoken.append(writer.get_extra_info("ssl_object").version())
        writer.close()

    listener = await asyncio.start_server(take, "127.0.0.1", 0, ssl=only(certificate, V1_2))
    port = listener.sockets[0].getsockname()[1]
    settings = SmtpSettings.from_url(f"smtps://127.0.0.1:{port}", floor)
    mailer = SmtpMailer(settings, "Desk <d@desk.test>", SystemClock())
    with pytest.raises(Unavailable):
        await mailer.send(Mail(("a@b.test",), "Hi", "Hi", "1@desk"))
    listener.close()
    assert spoken == (["TLSv1.2"] if sent else [])


async def test_old_servers_are_seen_through(certificate):
    async with answering(only(certificate, V1_1, V1_2)) as port:
        found = await offered("127.0.0.1", port)
    assert found.versions == ("1.1", "1.2")
    assert not found.keeps(OLD)


async def test_a_server_without_tls_offers_nothing():
    async def hang_up(_, writer):
        writer.close()

    listener = await asyncio.start_server(hang_up, "127.0.0.1", 0)
    found = await offered("127.0.0.1", listener.sockets[0].getsockname()[1])
    listener.close()
    assert (found.versions, found.expires_at, found.keeps(OLD)) == ((), None, False)


def deployment(tmp_path, **given):
    settings = Settings(home=tmp_path, _env_file=None, **given)
    urls = Databases(*["postgresql://app@db.example/d?sslmode=verify-full"] * 6)
    return Deployment(settings, Home(tmp_path), urls, "rediss://valkey.example")


SAFE = {"public_url": "https://desk.example", "media_url": "wss://media.example"}


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({}, []),
        ({"public_url": "http://desk.example"}, ["DESKBELL_PUBLIC_URL"]),
        ({"media_url": "ws://media.example"}, ["DESKBELL_MEDIA_URL"]),
        ({"smtp_url": "smtp://mail.example"}, ["DESKBELL_SMTP_URL"]),
        ({"smtp_url": "smtp://desk:secret@mail.example"}, []),
        ({"smtp_url": "smtp://localhost:25"}, []),
        ({"storage_url": "s3://bucket"}, []),
    ],
)
async def test_what_is_in_the_clear_is_named(tmp_path, given, named):
    there = deployment(tmp_path, **(SAFE | given))
    assert in_the_clear(there) == named
    for environment, well in (("production", not named), ("development", True)):
        there = deployment(tmp_path, environment=environment, **(SAFE | given))
        finding = await _encryption(there)
        assert (finding.well, all(name in finding.advice for name in named)) == (well, True)


@pytest.mark.parametrize(
    ("url", "encrypted"),
    [
        ("postgresql://a@b/c", False),
        ("postgresql://a@b/c?sslmode=prefer", False),
        ("postgres://a@b/c?sslmode=require", True),
        ("redis://b", False),
        ("rediss://b", True),
        ("", False),
    ],
)
def test_a_url_tells_whether_it_is_encrypted(url, encrypted):
    assert is_encrypted(url) is encrypted


@pytest.mark.parametrize(
    ("host", "here"),
    [
        ("127.0.0.1", True),
        ("::1", True),
        ("localhost", True),
        (None, True),
        ("10.0.0.1", False),
        ("localhost.example", False),
        ("desk.example", False),
    ],
)
def test_only_this_machine_is_this_machine(host, here):
    assert is_loopback(host) is here


def test_the_mode_of_a_database_url_is_kept():
    assert postgres_tls("postgresql://a@b/c", OLD) == {}
    assert postgres_tls("postgresql://a@b/c?sslmode=disable", OLD) == {"ssl": "disable"}
    for mode, verifies, named in (
        ("require", ssl.CERT_NONE, False),
        ("verify-ca", ssl.CERT_REQUIRED, False),
        ("verify-full", ssl.CERT_REQUIRED, True),
    ):
        context = postgres_tls(f"postgresql://a@b/c?sslmode={mode}", STRICT)["ssl"]
        assert (context.verify_mode, context.check_hostname) == (verifies, named)
        assert context.minimum_version is V1_3


def test_valkey_is_asked_by_name_and_in_the_floor():
    assert redis_tls("redis://x", STRICT) == {}
    assert redis_tls("rediss://x", STRICT) == {"ssl_min_version": V1_3, "ssl_check_hostname": True}


async def test_the_doctor_shakes_hands_with_the_public_address(tmp_path, certificate):
    async with answering(only(certificate, V1_1, V1_3)) as port:
        public = {**SAFE, "public_url": f"https://127.0.0.1:{port}"}
        finding = await _served(deployment(tmp_path, **public))
    assert not finding.well
    assert "TLS 1.1, 1.2, 1.3; certificate until " in finding.version
    assert finding.advice == "It speaks TLS older than 1.2."


@pytest.mark.parametrize(("days", "well"), [(13, False), (15, True)])
def test_a_certificate_is_renewed_two_weeks_before_it_ends(days, well):
    until = SystemClock().now() + timedelta(days=days)
    finding = _judged(Offered(("1.2", "1.3"), until), OLD)
    assert (finding.well, "Renew" in finding.advice) == (well, not well)


@pytest.mark.parametrize(("environment", "well"), [("production", False), ("development", True)])
async def test_where_nobody_answers_the_doctor_says_so(tmp_path, environment, well):
    public = {**SAFE, "public_url": "https://127.0.0.1:9", "environment": environment}
    finding = await _served(deployment(tmp_path, **public))
    assert (finding.well, finding.advice) == (well, "Nobody answers at https://127.0.0.1:9.")


def test_a_certificate_that_is_not_there_is_no_plain_text(tmp_path):
    with pytest.raises(OSError, match="No such file"):
        serving(OLD, tmp_path / "none.pem")


@pytest.mark.promise("P104")
def test_a_strict_deployment_serves_nothing_older(house, certificate):
    with free_port() as free:
        port = free.getsockname()[1]
    given = {
        "DESKBELL_TLS_FLOOR": "1.3",
        "DESKBELL_TLS_CERTIFICATE_FILE": str(certificate),
        "DESKBELL_PORT": str(port),
        "DESKBELL_PUBLIC_URL": f"https://127.0.0.1:{port}",
    }
    api = house.start("serve", **given)
    try:
        while (seen := asyncio.run(versions(port))) is None:
            assert api.poll() is None, api.stderr.read()
            sleep(0.05)
        [finding] = [each for each in told(house, given) if each["component"] == "Public address"]
    finally:
        api.terminate()
        api.communicate(timeout=60)
    assert seen == ("1.3",)
    assert (finding["well"], finding["version"].partition(";")[0]) == (True, "TLS 1.3")


async def versions(port):
    """What is spoken there; None while nobody is there."""
    try:
        return (await offered("127.0.0.1", port)).versions
    except OSError:
        return None


def told(house, given):
    return json.loads(house.say("doctor", "--json", **given).stdout)
