"""The application behind a real port, in the test's own event loop."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import uvicorn


class Quiet(uvicorn.Server):
    """Leaves signals to the test run."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture none."""
        yield


@asynccontextmanager
async def serving(app: Any, port: int = 0) -> AsyncIterator[str]:
    """Serve on a port, or on a free one; the authority, `127.0.0.1:port`."""
    config = uvicorn.Config(
        app,
        host="127.0.0.1",
        port=port,
        ws="websockets-sansio",
        lifespan="off",
        log_config=None,
        # Whoever hangs when the test is over has answered too late.
        timeout_graceful_shutdown=1,
    )
    server = Quiet(config)
    ended = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0)
        if ended.done():
            await ended
    host, port = server.servers[0].sockets[0].getsockname()[:2]
    try:
        yield f"{host}:{port}"
    finally:
        server.should_exit = True
        await ended
