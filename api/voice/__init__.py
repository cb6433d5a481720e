"""Live calls: webhooks, the media websocket, and everything that happens while somebody talks."""

from api.voice.routes import voice_routes

__all__ = ["voice_routes"]
