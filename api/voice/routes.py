"""The gateway's routes, built from what it is given."""

from starlette.routing import BaseRoute, Route, WebSocketRoute

from api.voice.answer import Webhooks
from api.voice.dependencies import VoiceDependencies
from api.voice.socket import CallSocket


def voice_routes(deps: VoiceDependencies) -> list[BaseRoute]:
    """POST /voice/answer, POST /voice/event, and the websocket /voice/socket."""
    webhooks = Webhooks(deps)
    return [
        Route("/voice/answer", webhooks.answer, methods=["POST"]),
        Route("/voice/event", webhooks.event, methods=["POST"]),
        WebSocketRoute("/voice/socket", CallSocket(deps).__call__),
    ]
