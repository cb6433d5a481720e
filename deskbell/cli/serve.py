"""`deskbell serve`: the API, or the media server."""

import secrets
import sys
from typing import Annotated, Any

import typer
import uvicorn

from deskbell import logging, media_crew, sentry
from deskbell.app import api_app
from deskbell.bootstrap import Wiring
from deskbell.cli import restore
from deskbell.deployment import find
from deskbell.media import MediaApp
from deskbell.media_crew import Crew, MediaServer
from deskbell.settings import Settings
from domain import tls
from domain.clock import SystemClock
from integrations.picows import PicowsProtocol

# Bytes in one websocket message: a carrier sends 20 ms of sound, a subscriber a whole document.
LARGEST_FROM_CARRIER = 64 * 1024
LARGEST_FROM_CLIENT = 1024 * 1024
SERVING: dict[str, Any] = {
    "log_config": None,
    "loop": "uvloop",
    # Audio does not compress, and compressing it would cost more than all the rest.
    "ws_per_message_deflate": False,
    "access_log": False,
    "server_header": False,
}


def serve(
    media: Annotated[bool, typer.Option("--media", help="Serve telephone calls")] = False,
    workers: Annotated[
        int | None,
        typer.Option(min=1, help="Media processes on one port; DESKBELL_MEDIA_WORKERS if absent"),
    ] = None,
    machine: Annotated[str, typer.Option(hidden=True)] = "",
    socket: Annotated[int | None, typer.Option(hidden=True)] = None,
) -> None:
    """Serve the API (GraphQL, chat, recordings), or with --media the telephone calls."""
    if workers is not None and not media:
        raise typer.BadParameter("--workers goes with --media")
    settings = Settings()
    logging.configure(production=settings.production)
    sentry.report_faults(settings, "media" if media else "api")
    if not media:
        _serve_api(settings)
    elif socket is None and (workers or settings.media_workers) > 1:
        _serve_media_together(settings, workers or settings.media_workers)
    else:
        _serve_media(settings, machine or _any_name(), socket)


def _serve_api(settings: Settings) -> None:
    # Its own parts: they belong to a loop that is over when serving begins.
    restore.reapply(Wiring.build(find(settings)))
    uvicorn.run(
        api_app(Wiring.build(find(settings))),
        host=settings.host,
        port=settings.port,
        ws="websockets-sansio",
        ws_max_size=LARGEST_FROM_CLIENT,
        timeout_graceful_shutdown=60,
        ssl_context_factory=_tls(settings),
        **SERVING,
    )


def _serve_media(settings: Settings, machine: str, socket: int | None) -> None:
    """One process; `socket` is the one that it shares with others."""
    media = MediaApp.build(Wiring.build(find(settings)), machine)
    config = uvicorn.Config(
        media.app,
        host=settings.host,
        port=settings.media_port,
        ws=PicowsProtocol,
        ws_max_size=LARGEST_FROM_CARRIER,
        timeout_graceful_shutdown=int(media_crew.AFTERMATH),
        ssl_context_factory=_tls(settings),
        **SERVING,
    )
    if socket is None:
        MediaServer(config, media.switchboard).run()
    else:
        MediaServer(config, media.switchboard, sys.stdin).run([media_crew.take_over(socket)])


def _serve_media_together(settings: Settings, workers: int) -> None:
    """Several processes, kept alive by this one, which connects to nothing itself."""
    # Embedded servers are started once, before all of them look for them.
    find(settings)
    listener = media_crew.listen(settings.host, settings.media_port)
    Crew(media_crew.command(_any_name()), workers, listener, SystemClock()).run()


def _tls(settings: Settings) -> Any:
    """What makes uvicorn end TLS itself; None where a proxy in front does, or nobody."""
    certificate = settings.tls_certificate_file
    if certificate is None:
        return None
    context = tls.serving(settings.tls_floor, certificate, settings.tls_key_file)
    return lambda *_: context


def _any_name() -> str:
    """A name for this machine's media processes that no earlier ones had."""
    return secrets.token_hex(8)
