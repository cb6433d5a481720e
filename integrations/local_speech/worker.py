"""The program of an inference process: one job after the other until the pipe closes.

python -m integrations.local_speech.worker '{"whisper": "...", "piper": null, "threads": 1}'
"""

import json
import sys
from pathlib import Path
from typing import Any

from integrations.local_speech.serving import serve
from integrations.local_speech.voices import Voices
from integrations.local_speech.whisper import Whisper
from integrations.local_speech.wire import Frame


class SpeechEngine:
    """Ears and voices in one process, warmed up so that the first caller does not wait."""

    def __init__(self, whisper: Path, piper: Path | None, threads: int) -> None:
        self._whisper = Whisper(whisper, threads)
        self._voices = Voices(piper, threads)
        # The first inference is several times slower than the second.
        warm = self._voices.say("Hello there.", voice="", language="en", rate=16_000)
        self._whisper.hear(warm, rate=16_000, language="en")

    def __call__(self, header: dict[str, Any], body: bytes) -> Frame:
        """Do the job that the header names: `hear` or `say`."""
        job = dict(header)
        if job.pop("do") == "hear":
            heard = self._whisper.hear(body, **job)
            return Frame({"text": heard.text, "confidence": heard.confidence})
        return Frame({}, self._voices.say(**job))

    def close(self) -> None:
        """End the programs that the voices use."""
        self._voices.close()


def main() -> None:
    """Load what the first argument names and serve it."""
    asked = json.loads(sys.argv[1])
    piper = Path(asked["piper"]) if asked["piper"] else None
    engine = SpeechEngine(Path(asked["whisper"]), piper, asked["threads"])
    try:
        serve(engine)
    finally:
        engine.close()


if __name__ == "__main__":
    main()
