"""An inference process that infers nothing: it echoes, waits, fails or dies as it is told."""

import os
from itertools import count
from pathlib import Path

from integrations.local_speech.serving import serve
from integrations.local_speech.wire import Frame

_jobs = count(1)


def toy(header, body):
    number, do = next(_jobs), header["do"]
    if do == "die":
        os._exit(3)
    if do == "fail":
        raise RuntimeError("no such luck")
    if do == "wait":
        # Opening a FIFO blocks until the test opens the other end: it then knows we run.
        Path(header["fifo"]).read_bytes()
    if do == "hear":
        return Frame({"text": f"{len(body)} bytes", "confidence": 0.5, "number": number})
    if do == "say":
        return Frame({}, f"{header['clause']}{number};".encode())
    return Frame({"number": number, "pid": os.getpid(), **header}, body)


if __name__ == "__main__":
    serve(toy)
