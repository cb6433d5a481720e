"""One request out: looked up once, sent to what was found, and bounded in time and size."""

import asyncio
import socket
import ssl
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from ipaddress import ip_address

import httpx

from domain.ports import port
from domain.tls import TlsFloor
from integrations.http_out.addresses import Address, Reach, Target

Resolve = Callable[[str, int], Awaitable[list[Address]]]

# Enough to say what went wrong; nobody needs an answer in full.
MOST_ANSWER = 16 * 1024
# More would only make a name with many dead machines slow.
MOST_MACHINES = 3


class NoAnswer(Exception):
    """Nobody was there, or what was there did not speak HTTP or TLS as it should."""


class TooSlow(NoAnswer):
    """The answer did not come, or did not end, in time."""


@dataclass(frozen=True)
class Asked:
    """What is sent, apart from where to."""

    method: str
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Answer:
    """What came back; a body that is too long is cut."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def is_success(self) -> bool:
        """Whether the other side took it. A redirect is not followed, and is no success."""
        return 200 <= self.status < 300


async def look_up(host: str, port: int) -> list[Address]:
    """The machines behind a name, by the operating system's own resolver."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    # A zone after % names an interface of ours; such an address is never a public one.
    return list(dict.fromkeys(ip_address(str(each[4][0]).partition("%")[0]) for each in found))


@cache
def usual_trust(floor: TlsFloor = TlsFloor.TLS_1_2) -> ssl.SSLContext:
    """The authorities that browsers trust; read once, for that takes longer than a request."""
    context = httpx.create_ssl_context(trust_env=False)
    context.minimum_version = floor.version
    return context


@dataclass(frozen=True)
class Outbound:
    """Asks, and posts to, addresses that tenants chose."""

    reach: Reach = field(default_factory=Reach)
    resolve: Resolve = look_up
    patience: float = 15.0
    """Seconds for everything: the name, the connection, the request and the whole answer."""
    trust: ssl.SSLContext = field(default_factory=usual_trust, repr=False)
    """Whose certificates hold; tests have an authority of their own."""
    most: int = MOST_ANSWER
    """Bytes of an answer that are read; a longer one is cut."""

    @port
    async def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """Send a body. Raises `AddressRefused` and `NoAnswer`."""
        return await self._ask(url, Asked("POST", headers, body))

    @port
    async def get(self, url: str, headers: Mapping[str, str]) -> Answer:
        """Ask for something. Raises `AddressRefused` and `NoAnswer`."""
        return await self._ask(url, Asked("GET", headers))

    @port
    async def ask(self, url: str, asked: Asked) -> Answer:
        """Send a request of any method. Raises `AddressRefused` and `NoAnswer`."""
        return await self._ask(url, asked)

    async def _ask(self, url: str, asked: Asked) -> Answer:
        target = self.reach.target(url)
        try:
            async with asyncio.timeout(self.patience):
                machines = await self._machines(target)
                return await self._first(target, machines, asked)
        except TimeoutError as problem:
            raise TooSlow("There was no whole answer in time") from problem

    async def _machines(self, target: Target) -> list[Address]:
        """Where to send it; one machine that may not be called spoils the name."""
        try:
            found = await self.resolve(target.host, target.port)
        except (OSError, UnicodeError) as problem:
            raise NoAnswer("The name leads nowhere") from problem
        if not found:
            raise NoAnswer("The name leads nowhere")
        for address in found:
            self.reach.check(address, target.scheme)
        return found[:MOST_MACHINES]

    async def _first(self, target: Target, machines: list[Address], asked: Asked) -> Answer:
        """The answer of the first machine with which there is a connection."""
        *others, last = machines
        for address in others:
            try:
                return await self._send(target, address, asked)
            except httpx.ConnectError:
                continue
            except httpx.HTTPError as problem:
                raise NoAnswer(type(problem).__name__) from problem
        try:
            return await self._send(target, last, asked)
        except httpx.HTTPError as problem:
            raise NoAnswer(type(problem).__name__) from problem

    async def _send(self, target: Target, address: Address, asked: Asked) -> Answer:
        """Ask one machine. TLS still wants the certificate of the name, not of the number."""
        url = httpx.URL(target.url)
        named = {"Host": url.netloc.decode(), "Accept-Encoding": "identity", **asked.headers}
        # A proxy of the environment would look the name up again, and anywhere.
        async with httpx.AsyncClient(
            trust_env=False,
            follow_redirects=False,
            verify=self.trust,
            timeout=self.patience,
        ) as client:
            request = client.build_request(
                asked.method,
                url.copy_with(host=str(address)),
                headers=named,
                content=asked.body,
                extensions={"sni_hostname": target.host},
            )
            response = await client.send(request, stream=True)
            try:
                return Answer(
                    response.status_code,
                    dict(response.headers),
                    await _beginning(response, self.most),
                )
            finally:
                await response.aclose()


async def _beginning(response: httpx.Response, most: int) -> bytes:
    """As much of the body as anybody needs; what comes after it is never read."""
    read = bytearray()
    async for piece in response.aiter_raw():
        read += piece
        if len(read) >= most:
            break
    return bytes(read[:most])
