"""One request: to what was looked up, without detours, and with an end."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from domain.ports import PortInsideTransaction, transaction_guard
from integrations.http_out import AddressRefused, NoAnswer, Outbound, Reach, TooSlow
from integrations.http_out.outbound import MOST_ANSWER

LOOPBACK = Reach.parse("127.0.0.0/8")
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK"
NAMED = "hooks.example"


class Server:
    """Answers every connection with a script; `heard` is what came."""

    def __init__(self) -> None:
        self.heard: list[bytes] = []
        self.answer = OK
        self.then: Callable[[asyncio.StreamWriter], object] | None = None

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            self.heard.append(await reader.readuntil(b"\r\n\r\n"))
            writer.write(self.answer)
            if self.then is not None:
                await self.then(writer)
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()


@asynccontextmanager
async def listening(server: Server, tls: ssl.SSLContext | None = None) -> AsyncIterator[int]:
    listener = await asyncio.start_server(server.serve, "127.0.0.1", 0, ssl=tls)
    try:
        yield listener.sockets[0].getsockname()[1]
    finally:
        listener.close()


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
async def port(server) -> AsyncIterator[int]:
    async with listening(server) as number:
        yield number


async def test_a_body_is_posted_and_answered(server, port):
    answer = await Outbound(LOOPBACK).post(f"http://127.0.0.1:{port}/in?a=1", {"x-y": "z"}, b"hi")
    assert (answer.status, answer.body, answer.is_success) == (200, b"OK", True)
    [heard] = server.heard
    assert heard.startswith(b"POST /in?a=1 HTTP/1.1\r\n")
    assert b"x-y: z" in heard


class Rebinding:
    """A name that leads to a public machine when it is checked, and to ours ever after."""

    def __init__(self, *answers: str) -> None:
        self.answers = list(answers)
        self.asked = 0

    async def __call__(self, host: str, port: int):
        self.asked += 1
        return [ip_address(self.answers[min(self.asked, len(self.answers)) - 1])]


async def test_a_name_is_looked_up_once_and_called_as_found(server, port):
    # Were the name looked up again for the connection, it would lead nowhere.
    name = Rebinding("127.0.0.1", "203.0.113.1")
    reach = Reach.parse("127.0.0.0/8", str(port))
    url = f"http://{NAMED}:{port}/"
    assert (await Outbound(reach, name).post(url, {}, b"")).status == 200
    assert name.asked == 1
    assert f"Host: {NAMED}:{port}".lower().encode() in server.heard[0].lower()


@pytest.mark.parametrize("leads_to", ["127.0.0.1", "169.254.169.254", "::1", "::ffff:10.0.0.1"])
async def test_a_name_that_leads_inside_is_refused(server, port, leads_to):
    reach = Reach.parse("", str(port))
    with pytest.raises(AddressRefused):
        await Outbound(reach, Rebinding(leads_to)).post(f"https://{NAMED}:{port}/", {}, b"")
    assert server.heard == []


async def test_one_machine_inside_spoils_a_name(server, port):
    async def mixed(host, port):
        return [ip_address("93.184.216.34"), ip_address("127.0.0.1")]

    reach = Reach.parse("", str(port))
    with pytest.raises(AddressRefused):
        await Outbound(reach, mixed).post(f"https://{NAMED}:{port}/", {}, b"")
    assert server.heard == []


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "localhost"])
async def test_a_disguised_loopback_is_refused_by_what_it_leads_to(host):
    with pytest.raises((AddressRefused, NoAnswer)):
        await Outbound().post(f"https://{host}/", {}, b"")


async def test_a_redirect_is_an_answer_and_is_not_followed(server, port):
    server.answer = (
        f"HTTP/1.1 307 Moved\r\nLocation: http://127.0.0.1:{port}/secret\r\n"
        "Content-Length: 0\r\n\r\n"
    ).encode()
    answer = await Outbound(LOOPBACK).post(f"http://127.0.0.1:{port}/", {}, b"")
    assert (answer.status, answer.is_success, len(server.heard)) == (307, False, 1)


async def test_an_answer_that_drips_is_cut_off(server, port):
    async def drip(writer):
        while True:
            writer.write(b"x")
            await writer.drain()
            await asyncio.sleep(0.02)

    server.answer, server.then = b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n", drip
    with pytest.raises(TooSlow):
        await Outbound(LOOPBACK, patience=0.3).post(f"http://127.0.0.1:{port}/", {}, b"")


async def test_headers_that_drip_are_cut_off(server, port):
    async def drip(writer):
        while True:
            writer.write(b"X-More: 1\r\n")
            await writer.drain()
            await asyncio.sleep(0.02)

    server.answer, server.then = b"HTTP/1.1 200 OK\r\n", drip
    with pytest.raises((TooSlow, NoAnswer)):
        await Outbound(LOOPBACK, patience=0.3).post(f"http://127.0.0.1:{port}/", {}, b"")


async def test_a_huge_answer_is_read_only_as_far_as_it_is_kept(server, port):
    sent = []

    async def flood(writer):
        for _ in range(1000):
            writer.write(b"y" * 65536)
            await writer.drain()
            sent.append(65536)

    server.answer, server.then = b"HTTP/1.1 200 OK\r\nContent-Length: 65536000\r\n\r\n", flood
    answer = await Outbound(LOOPBACK).post(f"http://127.0.0.1:{port}/", {}, b"")
    assert answer.body == b"y" * MOST_ANSWER
    assert sum(sent) < 65536000


async def test_a_packed_answer_is_not_unpacked(server, port):
    packed = b"\x1f\x8b" + b"\0" * 40
    server.answer = (
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 42\r\n\r\n" + packed
    )
    answer = await Outbound(LOOPBACK).post(f"http://127.0.0.1:{port}/", {}, b"")
    assert answer.body == packed


async def test_what_does_not_speak_http_is_no_answer(server, port):
    server.answer = b"220 smtp.example ESMTP\r\n"
    with pytest.raises(NoAnswer):
        await Outbound(LOOPBACK).post(f"http://127.0.0.1:{port}/", {}, b"")


async def test_nobody_there_is_no_answer(server):
    async with listening(server) as port:
        pass
    with pytest.raises(NoAnswer):
        await Outbound(LOOPBACK).post(f"http://127.0.0.1:{port}/", {}, b"")


async def test_a_name_that_leads_nowhere_is_no_answer():
    with pytest.raises(NoAnswer):
        await Outbound(LOOPBACK).post("https://nowhere.invalid/", {}, b"")


async def test_the_next_machine_of_a_name_is_tried(server, port):
    async def two(host, port):
        return [ip_address("127.0.0.2"), ip_address("127.0.0.1")]

    reach = Reach.parse("127.0.0.0/8", str(port))
    assert (await Outbound(reach, two).post(f"http://{NAMED}:{port}/", {}, b"")).status == 200


async def test_nothing_is_sent_while_a_transaction_is_open():
    with transaction_guard(), pytest.raises(PortInsideTransaction):
        await Outbound(LOOPBACK).post("http://127.0.0.1:1/", {}, b"")


def certificate(folder, name: str) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """TLS for a server of that name, and a client's trust in it."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    made = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(made - timedelta(days=1))
        .not_valid_after(made + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = folder / "server.pem"
    pem.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + signed.public_bytes(serialization.Encoding.PEM)
    )
    server = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    server.load_cert_chain(pem)
    client = ssl.create_default_context(cafile=pem)
    return server, client


async def test_tls_wants_the_certificate_of_the_name_not_of_the_number(server, tmp_path):
    serving, trusting = certificate(tmp_path, NAMED)
    async with listening(server, serving) as port:
        reach = Reach.parse("127.0.0.0/8", str(port))
        out = Outbound(reach, Rebinding("127.0.0.1"), trust=trusting)
        assert (await out.post(f"https://{NAMED}:{port}/", {}, b"")).status == 200
        with pytest.raises(NoAnswer):
            await out.post(f"https://other.example:{port}/", {}, b"")
    assert len(server.heard) == 1


async def test_something_can_be_asked_for(server):
    async with listening(server) as port:
        out = Outbound(LOOPBACK, patience=5)
        answer = await out.get(f"http://127.0.0.1:{port}/keys", {"Accept": "application/json"})
    assert (answer.status, answer.body) == (200, b"OK")
    [heard] = server.heard
    assert heard.startswith(b"GET /keys HTTP/1.1")
    assert b"accept: application/json" in heard.lower()


async def test_whoever_wants_less_reads_less(server):
    async with listening(server) as port:
        out = Outbound(LOOPBACK, patience=5, most=1)
        answer = await out.get(f"http://127.0.0.1:{port}/", {})
    assert answer.body == b"O"


@pytest.mark.parametrize("url", ["https://169.254.169.254/", "https://10.0.0.1/", "http://1.1.1.1"])
async def test_asking_goes_no_further_than_posting(url):
    with pytest.raises(AddressRefused):
        await Outbound().get(url, {})
