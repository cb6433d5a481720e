"""The websocket protocol class that `uvicorn.Config(ws=...)` takes, on picows.

uvicorn reads the request and hands the connection over; from then on picows parses every frame.
Two departures from ASGI: a websocket is accepted before the application is asked (one that would
refuse closes it instead), and `scope["extensions"]` offers a `FrameChannel`.
"""

import asyncio
import logging
from typing import Any
from urllib.parse import unquote

from picows import WSAutoPingStrategy, WSUpgradeRequest
from picows.picows import WSProtocol  # type: ignore[attr-defined]
from uvicorn import Config
from uvicorn.server import ServerState

from integrations.picows.channel import EXTENSION, FrameChannel

_HANDSHAKE_SECONDS = 5
_READ_BUFFER = 4096
_NORMAL, _INTERNAL_ERROR, _SERVICE_RESTART = 1000, 1011, 1012

log = logging.getLogger(__name__)
# Every connection and its address would be a line; only faults are.
_quiet = logging.getLogger("picows.server")
_quiet.setLevel(logging.ERROR)


class PicowsProtocol(WSProtocol):  # type: ignore[misc]
    """One connection of the server."""

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(
            None,  # host
            None,  # path
            False,  # client side
            self._answer,
            _quiet,
            True,  # disconnect on exception
            _HANDSHAKE_SECONDS,
            False,  # no pings: frames come fifty times a second, or a watchdog barks
            _HANDSHAKE_SECONDS,
            _HANDSHAKE_SECONDS,
            WSAutoPingStrategy.PING_WHEN_IDLE,
            True,  # pongs
            config.ws_max_size,
            None,  # headers
            _READ_BUFFER,
        )
        self._config = config
        self._server = server_state
        self._app_state = app_state

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take the connection over."""
        self._server.connections.add(self)
        super().connection_made(transport)

    def connection_lost(self, exc: Exception | None) -> None:
        """The connection is gone."""
        self._server.connections.discard(self)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """The request that uvicorn has read; what follows comes through picows' own buffer."""
        rest = memoryview(data)
        while rest:
            room = self.get_buffer(len(rest))
            size = min(len(room), len(rest))
            room[:size] = rest[:size]
            self.buffer_updated(size)
            rest = rest[size:]

    def shutdown(self) -> None:
        """The server stops: say so, and let the application finish."""
        if isinstance(self.listener, FrameChannel):
            self.listener.close(_SERVICE_RESTART)
        else:
            self.transport.disconnect()

    def _answer(self, request: WSUpgradeRequest) -> FrameChannel:
        channel = FrameChannel(self._config.ws_max_size)
        channel.on_open = lambda: self._begin(request, channel)
        return channel

    def _begin(self, request: WSUpgradeRequest, channel: FrameChannel) -> None:
        running = asyncio.get_running_loop().create_task(
            _run(self._config, self._scope(request, channel), channel)
        )
        self._server.tasks.add(running)
        running.add_done_callback(self._server.tasks.discard)

    def _scope(self, request: WSUpgradeRequest, channel: FrameChannel) -> dict[str, Any]:
        transport = self.transport.underlying_transport
        path, _, query = bytes(request.path).partition(b"?")
        return {
            "type": "websocket",
            "asgi": {"version": self._config.asgi_version, "spec_version": "2.4"},
            "http_version": "1.1",
            "scheme": "wss" if self.transport.is_secure else "ws",
            "server": transport.get_extra_info("sockname"),
            "client": transport.get_extra_info("peername"),
            "root_path": self._config.root_path,
            "path": unquote(path.decode("ascii")),
            "raw_path": path,
            "query_string": query,
            "headers": [
                (name.lower().encode("latin-1"), value.encode("latin-1"))
                for name, value in request.headers.items()
            ],
            "subprotocols": [],
            "state": self._app_state.copy(),
            "extensions": {EXTENSION: channel},
        }


async def _run(config: Config, scope: dict[str, Any], channel: FrameChannel) -> None:
    code = _NORMAL
    try:
        await config.loaded_app(scope, _Receive(channel), _Send(channel))
    except Exception:
        code = _INTERNAL_ERROR
        log.exception("the application failed")
    finally:
        channel.close(code)


class _Receive:
    """ASGI's `receive`."""

    def __init__(self, channel: FrameChannel) -> None:
        self._channel = channel
        self._connected = False

    async def __call__(self) -> dict[str, Any]:
        if not self._connected:
            self._connected = True
            return {"type": "websocket.connect"}
        message = await self._channel.receive()
        if message is None:
            code = self._channel.close_code
            return {"type": "websocket.disconnect", "code": code, "reason": ""}
        kind = "text" if isinstance(message, str) else "bytes"
        return {"type": "websocket.receive", kind: message}


class _Send:
    """ASGI's `send`."""

    def __init__(self, channel: FrameChannel) -> None:
        self._channel = channel

    async def __call__(self, event: dict[str, Any]) -> None:
        match event["type"]:
            case "websocket.send":
                text = event.get("text")
                await self._channel.send(event["bytes"] if text is None else text)
            case "websocket.close":
                self._channel.close(event.get("code", _NORMAL))
