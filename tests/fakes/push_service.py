"""A push service and the browsers behind it, strict about every header (RFC 8030, 8291, 8292).

What arrives is read by another implementation of the encryption, and the identity of the sender is
checked by another implementation of signatures, than those that made them.
"""

import base64
import json
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from domain.ports import leave
from integrations.http_out import Answer
from integrations.web_push import Device

TOPIC = re.compile(r"[A-Za-z0-9_-]{1,32}")
URGENCIES = {"very-low", "low", "normal", "high"}
ORIGIN = "https://push.example"


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unb64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class Browser:
    """One subscription of one browser."""

    name: str
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    secret: bytes = field(default_factory=lambda: os.urandom(16))

    @property
    def device(self) -> Device:
        """What the browser tells of the subscription."""
        public = self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return Device(f"{ORIGIN}/{self.name}", b64(public), b64(self.secret))

    def read(self, body: bytes) -> bytes:
        """What only this browser can read."""
        read: bytes = http_ece.decrypt(
            body, private_key=self.key, auth_secret=self.secret, version="aes128gcm"
        )
        return read


@dataclass(frozen=True)
class Arrived:
    """A push that a browser has shown."""

    browser: str
    told: dict[str, Any]
    headers: Mapping[str, str]
    length: int


@dataclass
class PushService:
    """Stands for `Outbound`: takes pushes for browsers that subscribed with a public key."""

    application_server_key: str
    now: Callable[[], datetime]
    browsers: dict[str, Browser] = field(default_factory=dict)
    arrived: list[Arrived] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    """What is answered first, whatever comes."""
    asked: int = 0

    def subscribe(self, name: str) -> Browser:
        """Let a browser subscribe."""
        self.browsers[f"{ORIGIN}/{name}"] = browser = Browser(name)
        return browser

    def unsubscribe(self, browser: Browser) -> None:
        """Let it forget us."""
        del self.browsers[browser.device.endpoint]

    def answer(self, status: int, **headers: str) -> None:
        """Answer the next push like this, without taking it."""
        self.answers.append(Answer(status, headers, b""))

    async def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """Take a push, or say why not."""
        leave()
        self.asked += 1
        if self.answers:
            return self.answers.pop(0)
        if url not in self.browsers:
            return Answer(410, {}, b"")
        problem = self._problem(url, headers, body)
        if problem:
            self.refused.append(problem)
            return Answer(403 if problem == "authorization" else 400, {}, b"")
        browser = self.browsers[url]
        told = json.loads(browser.read(body))
        self.arrived.append(Arrived(browser.name, told, headers, len(body)))
        return Answer(201, {"location": f"{ORIGIN}/message"}, b"")

    def _problem(self, url: str, headers: Mapping[str, str], body: bytes) -> str:
        checks = {
            "content-encoding": headers.get("Content-Encoding") == "aes128gcm",
            "ttl": headers.get("TTL", "").isdecimal(),
            "urgency": headers.get("Urgency") in URGENCIES,
            "topic": bool(TOPIC.fullmatch(headers.get("Topic", ""))),
            "length": len(body) <= 4096,
            "authorization": self._is_known(url, headers.get("Authorization", "")),
        }
        return next((name for name, sound in checks.items() if not sound), "")

    def _is_known(self, url: str, authorization: str) -> bool:
        given = re.fullmatch(r"vapid t=([^,\s]+), k=([^,\s]+)", authorization)
        if given is None or given[2] != self.application_server_key:
            return False
        raw = unb64(given[2])
        key = ECKey.import_key(
            {"kty": "EC", "crv": "P-256", "x": b64(raw[1:33]), "y": b64(raw[33:])}
        )
        try:
            claims = jwt.decode(given[1], key, algorithms=["ES256"]).claims
        except JoseError:
            return False
        parts, now = urlsplit(url), self.now()
        ends = datetime.fromtimestamp(claims["exp"], now.tzinfo)
        return (
            claims["aud"] == f"{parts.scheme}://{parts.netloc}"
            and now < ends <= now + timedelta(hours=24)
            and claims["sub"].startswith(("mailto:", "https:"))
        )
