"""Websockets for many small messages: picows behind uvicorn, with a short way for frames."""

from integrations.picows.channel import EXTENSION as EXTENSION
from integrations.picows.channel import FrameChannel as FrameChannel
from integrations.picows.protocol import PicowsProtocol as PicowsProtocol
