"""`deskbell serve`: the API, or the media server."""

from typing import Annotated

import typer
import uvicorn

from deskbell import logging, sentry
from deskbell.app import api_app
from deskbell.bootstrap import Wiring
from deskbell.deployment import find
from deskbell.media import MediaApp
from deskbell.settings import Settings
from integrations.picows import PicowsProtocol

# Bytes in one websocket message: a carrier sends 20 ms of sound, a subscriber a whole document.
LARGEST_FROM_CARRIER = 64 * 1024
LARGEST_FROM_CLIENT = 1024 * 1024


def serve(
    media: Annotated[bool, typer.Option("--media", help="Serve telephone calls")] = False,
) -> None:
    """Serve the API (GraphQL, chat, recordings), or with --media the telephone calls."""
    settings = Settings()
    logging.configure(production=settings.production)
    sentry.report_faults(settings, "media" if media else "api")
    wiring = Wiring.build(find(settings))
    app = MediaApp(wiring).build() if media else api_app(wiring)
    uvicorn.run(
        app,
        host=settings.host,
        port=settings.media_port if media else settings.port,
        log_config=None,
        loop="uvloop",
        ws=PicowsProtocol if media else "websockets-sansio",
        # Audio does not compress, and compressing it would cost more than all the rest.
        ws_per_message_deflate=False,
        ws_max_size=LARGEST_FROM_CARRIER if media else LARGEST_FROM_CLIENT,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=60,
    )
