"""Call control over real HTTPS, against the fake carrier's REST side."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from pydantic import SecretStr

from domain.errors import RateLimited, Unavailable
from integrations.vonage.client import UntrustedHost, VonageCalls
from integrations.vonage.fake import FakeCallControl, Replaced
from integrations.vonage.ncco import announce
from integrations.vonage.settings import VonageSettings
from tests.fakes.serving import free_port, serving

PEM = serialization.Encoding.PEM


def new_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def private_pem(key: rsa.RSAPrivateKey) -> str:
    unprotected = serialization.NoEncryption()
    return key.private_bytes(PEM, serialization.PrivateFormat.PKCS8, unprotected).decode()


def public_pem(key: rsa.RSAPrivateKey) -> str:
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return key.public_key().public_bytes(PEM, form).decode()


def certify(key: rsa.RSAPrivateKey) -> bytes:
    """A certificate for this machine, signed by itself."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "fake carrier")])
    now = datetime.now(UTC)
    address = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(now - timedelta(days=1))
    builder = builder.not_valid_after(now + timedelta(days=1)).add_extension(address, False)
    return builder.sign(key, hashes.SHA256()).public_bytes(PEM)


@dataclass
class Account:
    calls: VonageCalls
    control: FakeCallControl
    port: int
    replaced: Replaced


@pytest.fixture(scope="module")
def key() -> rsa.RSAPrivateKey:
    return new_key()


@pytest.fixture
async def account(key: rsa.RSAPrivateKey, tmp_path: Path) -> AsyncIterator[Account]:
    certificate, tls_key = tmp_path / "tls.crt", tmp_path / "tls.key"
    certificate.write_bytes(certify(key))
    tls_key.write_text(private_pem(key))
    control = FakeCallControl(public_pem(key))
    replaced = Replaced()
    control.begin("leg-1", replaced)
    listener = free_port()
    settings = VonageSettings(
        application_id="app",
        private_key=SecretStr(private_pem(key)),
        signature_secret=SecretStr("secret"),
        api_host=f"127.0.0.1:{listener.getsockname()[1]}",
        trusted_hosts=("127.0.0.1", ".nexmo.com"),
        ca_file=certificate,
    )
    async with serving(control.app(), listener, certificate=certificate, key=tls_key) as port:
        calls = VonageCalls(settings)
        yield Account(calls, control, port, replaced)
        await calls.close()


async def test_hang_up_ends_the_call(account: Account) -> None:
    await account.calls.hang_up("leg-1")
    assert account.control.commands[0].body == {"action": "hangup"}
    assert account.replaced.is_set()


async def test_instructions_replace_the_call(account: Account) -> None:
    region = f"https://127.0.0.1:{account.port}"
    await account.calls.instruct("leg-1", announce("Goodbye."), region_url=region)
    destination = account.control.commands[0].body["destination"]
    assert destination == {"type": "ncco", "ncco": announce("Goodbye.")}
    assert account.replaced.ncco == announce("Goodbye.")


async def test_ended_call_is_no_error(account: Account) -> None:
    await account.calls.hang_up("leg-1")
    await account.calls.hang_up("leg-1")
    assert len(account.control.commands) == 1


async def test_too_many_commands_are_typed(account: Account) -> None:
    account.control.failures = [429]
    with pytest.raises(RateLimited):
        await account.calls.hang_up("leg-1")


@pytest.mark.parametrize("status", [401, 500, 503])
async def test_carrier_failures_are_unavailable(account: Account, status: int) -> None:
    account.control.failures = [status]
    with pytest.raises(Unavailable):
        await account.calls.hang_up("leg-1")


async def test_unreachable_carrier_is_unavailable(account: Account) -> None:
    closed = free_port()
    port = closed.getsockname()[1]
    closed.close()
    with pytest.raises(Unavailable):
        await account.calls.hang_up("leg-1", region_url=f"https://127.0.0.1:{port}")


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/?x=api.nexmo.com",
        "https://nexmo.com.evil.example",
        "https://evilnexmo.com",
        "http://api.nexmo.com",
        "https://user@api.nexmo.com",
        "nonsense",
    ],
)
async def test_untrusted_host_gets_no_credentials(account: Account, url: str) -> None:
    with pytest.raises(UntrustedHost):
        await account.calls.hang_up("leg-1", region_url=url)
    assert account.control.commands == []


async def test_commands_at_once_do_not_mix(account: Account) -> None:
    legs = [f"many-{number}" for number in range(8)]
    for leg in legs:
        account.control.begin(leg, Replaced())
    await asyncio.gather(*(account.calls.hang_up(leg) for leg in legs))
    assert sorted(command.leg for command in account.control.commands) == legs
