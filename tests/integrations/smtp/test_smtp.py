"""Letters over a real SMTP server, and into a real mailbox folder."""

import mailbox
import socket
import ssl
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from ipaddress import ip_address

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from domain.clock import FixedClock, SystemClock
from domain.errors import Unavailable
from domain.messages.ports import Mail
from domain.ports import PortInsideTransaction, transaction_guard
from integrations.smtp import MailboxMailer, SmtpMailer, SmtpSettings

CLOCK = FixedClock(datetime(2026, 11, 16, 15, 0, tzinfo=UTC))
SENDER = "Deskbell <deskbell@localhost>"
MAIL = Mail(("olive@example.test", "front@example.test"), "Call from Zoë", "Grüße\n", "1@desk")


class Box:
    """What arrived, as `aiosmtpd` hands it over."""

    def __init__(self) -> None:
        self.envelopes = []
        self.answer = "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.envelopes.append(envelope)
        return self.answer


def log_in(server, session, envelope, mechanism, data):
    right = data == LoginPassword(b"desk", b"p@ss/word")
    return AuthResult(success=right, handled=right)


@pytest.fixture
def box():
    return Box()


@pytest.fixture
def certificate(tmp_path, monkeypatch):
    """A certificate for this machine that programs here trust, with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail.test")])
    here = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    now = SystemClock().now()
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(here, critical=False)
        .sign(key, SHA256())
    )
    file = tmp_path / "mail.pem"
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(private + made.public_bytes(Encoding.PEM))
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    return file


@pytest.fixture
def server(box, certificate):
    """A mail server that takes a password, after STARTTLS only."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    running = Controller(
        box,
        hostname="127.0.0.1",
        port=free_port(),
        authenticator=log_in,
        auth_required=True,
        tls_context=context,
    )
    running.start()
    yield running
    running.stop()


@pytest.fixture
def plain_server(box):
    """A mail server without TLS or passwords, as on a private network."""
    running = Controller(box, hostname="127.0.0.1", port=free_port())
    running.start()
    yield running
    running.stop()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]


def mailer(port: int, account: str = "desk:p%40ss%2Fword@") -> SmtpMailer:
    return SmtpMailer(SmtpSettings.from_url(f"smtp://{account}127.0.0.1:{port}"), SENDER, CLOCK)


async def test_a_letter_arrives_as_it_was_written(server, box):
    await mailer(server.port).send(MAIL)
    [envelope] = box.envelopes
    letter = message_from_bytes(envelope.content, policy=policy.default)
    assert envelope.rcpt_tos == list(MAIL.to)
    assert letter["Subject"] == "Call from Zoë"
    assert letter["Message-ID"] == "<1@desk>"
    assert letter["From"] == SENDER
    assert letter["Date"].datetime == CLOCK.now()
    assert letter.get_content().replace("\r\n", "\n") == "Grüße\n"


async def test_a_wrong_password_is_unavailable(server, box):
    with pytest.raises(Unavailable, match="SMTPAuthenticationError"):
        await mailer(server.port, "desk:wrong@").send(MAIL)
    assert box.envelopes == []


async def test_a_server_nobody_vouches_for_is_unavailable(server, box, monkeypatch):
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(Unavailable):
        await mailer(server.port).send(MAIL)
    assert box.envelopes == []


async def test_no_password_is_sent_in_the_clear(plain_server, box):
    with pytest.raises(Unavailable):
        await mailer(plain_server.port).send(MAIL)
    assert box.envelopes == []


async def test_a_server_without_passwords_needs_no_encryption(plain_server, box):
    await mailer(plain_server.port, account="").send(MAIL)
    assert len(box.envelopes) == 1


async def test_a_refused_letter_is_unavailable_without_addresses(server, box):
    box.answer = "550 no olive@example.test here"
    with pytest.raises(Unavailable) as refused:
        await mailer(server.port).send(MAIL)
    assert "olive" not in str(refused.value)


async def test_a_server_that_is_away_is_unavailable():
    with pytest.raises(Unavailable):
        await mailer(free_port()).send(MAIL)


async def test_a_silent_server_is_given_up():
    with socket.create_server(("127.0.0.1", 0)) as silence:
        silent = SmtpSettings(*silence.getsockname(), tls=False, timeout=0.05)
        with pytest.raises(Unavailable):
            await SmtpMailer(silent, SENDER, CLOCK).send(MAIL)


async def test_nobody_mails_inside_a_unit_of_work(tmp_path):
    with transaction_guard(), pytest.raises(PortInsideTransaction):
        await MailboxMailer(tmp_path / "mail", SENDER, CLOCK).send(MAIL)


async def test_a_mailbox_folder_keeps_letters(tmp_path):
    folder = tmp_path / "home" / "mail"
    await MailboxMailer(folder, SENDER, CLOCK).send(MAIL)
    [letter] = list(mailbox.Maildir(folder))
    assert letter["Message-ID"] == "<1@desk>"


async def test_a_subject_cannot_add_a_header(tmp_path):
    sly = Mail(("olive@example.test",), "Hello\r\nBcc: all@example.test", "", "1@desk")
    await MailboxMailer(tmp_path / "mail", SENDER, CLOCK).send(sly)
    [letter] = list(mailbox.Maildir(tmp_path / "mail"))
    assert letter["Bcc"] is None
    assert letter["Subject"] == "Hello Bcc: all@example.test"


@pytest.mark.parametrize(
    ("url", "port", "tls"),
    [
        ("smtp://mail.test", 587, False),
        ("smtps://mail.test", 465, True),
        ("smtp://mail.test:25", 25, False),
    ],
)
def test_an_address_says_port_and_encryption(url, port, tls):
    settings = SmtpSettings.from_url(url)
    assert (settings.host, settings.port, settings.tls) == ("mail.test", port, tls)


@pytest.mark.parametrize("url", ["http://mail.test", "mail.test:25", "smtp://"])
def test_an_address_that_is_none_is_refused(url):
    with pytest.raises(ValueError, match="smtp://user"):
        SmtpSettings.from_url(url)


def test_the_password_is_not_shown():
    assert "p@ss" not in repr(SmtpSettings.from_url("smtp://desk:p%40ss@mail.test"))
