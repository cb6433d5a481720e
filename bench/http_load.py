"""A few connections that ask the same again and again, as fast as they are answered."""

import asyncio
import re
from dataclasses import dataclass, field

from bench.machine import cpu_seconds
from bench.processes import Running

CONNECTIONS = 8
_LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)
_END = b"\r\n\r\n"


class Refused(RuntimeError):
    """An answer was not 200: its number would mean nothing."""


@dataclass(frozen=True)
class Ask:
    """One request, to be sent unchanged."""

    path: str
    body: bytes
    headers: dict[str, str]

    def wire(self, port: int) -> bytes:
        """The request as it is sent."""
        lines = {
            "Host": f"127.0.0.1:{port}",
            "Content-Type": "application/json",
            "Content-Length": str(len(self.body)),
            **self.headers,
        }
        head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        return f"POST {self.path} HTTP/1.1\r\n{head}\r\n".encode() + self.body


@dataclass(frozen=True)
class Served:
    """What a server did in one burst."""

    per_second: float
    cpu_ms: float
    """Of the server's process, per request."""


class _Asker(asyncio.Protocol):
    """One connection; the next request leaves when the answer is complete."""

    def __init__(self, request: bytes) -> None:
        self.answered = 0
        self.refused = b""
        self._request = request
        self._waiting = bytearray()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        """Ask again once the answer is whole."""
        self._waiting += data
        head = self._waiting.find(_END)
        length = _LENGTH.search(self._waiting, 0, head) if head > 0 else None
        if length is None or len(self._waiting) < head + len(_END) + int(length[1]):
            return
        if not self._waiting.startswith(b"HTTP/1.1 200") or b'"errors"' in self._waiting:
            self.refused = bytes(self._waiting[:500])
        self.answered += 1
        self._waiting.clear()
        self._transport.write(self._request)


@dataclass
class Burst:
    """Several connections to one server."""

    server: Running
    request: bytes
    _askers: list[_Asker] = field(default_factory=list)

    async def run(self, warm: float, seconds: float) -> Served:
        """Warm up, then measure. Raises `Refused`."""
        loop = asyncio.get_running_loop()
        lines = [await self._connect(loop) for _ in range(CONNECTIONS)]
        await asyncio.sleep(warm)
        answered, cpu, began = self._answered(), cpu_seconds(self.server.pid), loop.time()
        await asyncio.sleep(seconds)
        count = self._answered() - answered
        cpu, took = cpu_seconds(self.server.pid) - cpu, loop.time() - began
        for line in lines:
            line.abort()
        return Served(count / took, cpu * 1000 / max(count, 1))

    async def _connect(self, loop: asyncio.AbstractEventLoop) -> asyncio.Transport:
        line, asker = await loop.create_connection(
            lambda: _Asker(self.request), "127.0.0.1", self.server.port
        )
        self._askers.append(asker)
        return line

    def _answered(self) -> int:
        for asker in self._askers:
            if asker.refused:
                raise Refused(asker.refused.decode(errors="replace"))
        return sum(asker.answered for asker in self._askers)
