"""The inside of an inference process: jobs come in through a pipe, one after the other."""

import os
import sys
from collections.abc import Callable
from typing import Any

from integrations.local_speech.wire import Frame, read_frame

Engine = Callable[[dict[str, Any], bytes], Frame]
"""Does one job: a header and a body in, a frame out; an exception fails that job only."""


def serve(engine: Engine) -> None:
    """Announce readiness, then answer frames from standard input until it closes."""
    # Native libraries print to descriptor 1, which would garble the frames.
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    out.write(Frame({"ready": True}).encoded())
    out.flush()
    while frame := read_frame(sys.stdin.buffer):
        out.write(_answer(engine, frame).encoded())
        out.flush()


def _answer(engine: Engine, frame: Frame) -> Frame:
    try:
        return engine(frame.header, frame.body)
    except Exception as error:
        return Frame({"error": f"{type(error).__name__}: {error}"})
