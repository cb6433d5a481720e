"""Real servers for trials: uvicorn on a free port of this machine, in the running loop."""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette


def free_port() -> socket.socket:
    """A socket bound to a port that nobody uses."""
    return socket.create_server(("127.0.0.1", 0))


@asynccontextmanager
async def serving(
    app: Starlette,
    listener: socket.socket,
    *,
    certificate: Path | None = None,
    key: Path | None = None,
    websockets: Any = "websockets-sansio",
    tls: ssl.SSLContext | None = None,
) -> AsyncIterator[int]:
    """Serve an app on a bound socket until the block ends; gives the port."""
    config = uvicorn.Config(
        app,
        log_level="warning",
        lifespan="off",
        ws=websockets,
        ws_per_message_deflate=False,
        ssl_certfile=certificate,
        ssl_keyfile=key,
        ssl_context_factory=(lambda *_: tls) if tls else None,
        timeout_graceful_shutdown=1,
    )
    server = uvicorn.Server(config)
    running = asyncio.create_task(server.serve(sockets=[listener]))
    while not server.started:  # noqa: ASYNC110
        await asyncio.sleep(0.005)
    try:
        yield listener.getsockname()[1]
    finally:
        server.should_exit = True
        await running
        listener.close()
