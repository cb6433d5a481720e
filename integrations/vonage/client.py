"""Call control over Vonage's REST API.

The SDK is synchronous and keeps one header dictionary for all requests, so each host has one client
behind a lock, used from a thread.
"""

import asyncio
import threading
from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import urlsplit

import requests
from vonage import Auth, HttpClientOptions, Vonage, VonageError

from domain.errors import RateLimited, Unavailable
from integrations.vonage.ncco import Ncco
from integrations.vonage.settings import VonageSettings

# Vonage answers 429 for one second's worth of requests.
_RETRY_SECONDS = 1.0


class UntrustedHost(Unavailable):
    """A webhook named a host that must not receive our credentials."""


class VonageCalls:
    """Implements call control: hang up, and hand a running call new instructions."""

    def __init__(self, settings: VonageSettings) -> None:
        self._settings = settings
        self._hosts: dict[str, _Host] = {}

    async def hang_up(self, leg: str, *, region_url: str = "") -> None:
        """End a call; one that has ended already is no error. Raises `Unavailable`."""
        host = self._host(region_url)
        await asyncio.to_thread(host.request, lambda vonage: vonage.voice.hangup(leg))

    async def instruct(self, leg: str, ncco: Ncco, *, region_url: str = "") -> None:
        """Replace a call's instructions. Raises `Unavailable` or `RateLimited`."""
        host = self._host(region_url)
        body = {"action": "transfer", "destination": {"type": "ncco", "ncco": ncco}}
        await asyncio.to_thread(
            host.request,
            lambda vonage: vonage.http_client.put(
                vonage.http_client.api_host, f"/v1/calls/{leg}", body
            ),
        )

    async def close(self) -> None:
        """Close kept connections."""
        for host in self._hosts.values():
            await asyncio.to_thread(host.close)

    def _host(self, region_url: str) -> "_Host":
        name = self._trusted(region_url) if region_url else self._settings.api_host
        if name not in self._hosts:
            self._hosts[name] = _Host(name, self._settings)
        return self._hosts[name]

    def _trusted(self, region_url: str) -> str:
        parts = urlsplit(region_url)
        host = parts.hostname or ""
        if parts.scheme != "https" or parts.username is not None:
            raise UntrustedHost(f"not a plain https address: {host}")
        if not any(_matches(host, pattern) for pattern in self._settings.trusted_hosts):
            raise UntrustedHost(f"not a host of the carrier: {host}")
        return parts.netloc


def _matches(host: str, pattern: str) -> bool:
    return host.endswith(pattern) if pattern.startswith(".") else host == pattern


class _Host:
    """The SDK's client for one API host, one request at a time."""

    def __init__(self, name: str, settings: VonageSettings) -> None:
        auth = Auth(
            application_id=settings.application_id,
            private_key=settings.private_key.get_secret_value(),
        )
        options = HttpClientOptions(api_host=name, timeout=settings.timeout_seconds, max_retries=0)
        self._vonage = Vonage(auth, options)
        self._lock = threading.Lock()
        self._session: requests.Session = self._vonage.http_client._session
        if settings.ca_file:
            # Otherwise the environment's bundle wins over ours.
            self._session.trust_env = False
            self._session.verify = str(settings.ca_file)

    def close(self) -> None:
        """Close kept connections."""
        self._session.close()

    def request(self, send: Callable[[Vonage], object]) -> None:
        """Send, and put failures into our words."""
        try:
            with self._lock:
                send(self._vonage)
        except VonageError as error:
            _translate(error)
        except requests.RequestException as error:
            raise Unavailable("the carrier cannot be reached") from error


def _translate(error: VonageError) -> None:
    response = getattr(error, "response", None)
    status = response.status_code if response is not None else 0
    # The call is over: what we wanted to change no longer exists.
    if status == HTTPStatus.NOT_FOUND:
        return
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        raise RateLimited("too many call commands", retry_after=_RETRY_SECONDS) from error
    raise Unavailable(f"the carrier refused: {status}") from error
