"""espeak-ng as a separate program: phonemes for Piper, and a plain voice of its own."""

import json
import subprocess
import sys
from pathlib import Path

from domain.errors import Unavailable
from integrations.local_speech.catalogue import Piece
from integrations.local_speech.sound import Samples, from_pcm
from integrations.local_speech.store import locate

_PACKAGE = "espeakng-loader"
_LIBRARIES = ("libespeak-ng.so", "libespeak-ng.dylib", "espeak-ng.dll")
_DATA = "espeakng_loader/espeak-ng-data/phontab"
_PROGRAM = Path(__file__).with_name("espeak_program.py")


class EspeakUnavailable(Unavailable):
    """The program is not installed, cannot start, or cannot speak the language."""


class EspeakProcess:
    """One running espeak-ng program, started when first needed and again if it dies."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def phonemes(self, text: str, voice: str) -> str:
        """IPA of the text. Raises `EspeakUnavailable`."""
        return self._ask("phonemes", text, voice)[0].decode()

    def speech(self, text: str, voice: str) -> tuple[Samples, int]:
        """The text in espeak's own voice, and its rate in hertz. Raises `EspeakUnavailable`."""
        pcm, rate = self._ask("speech", text, voice)
        return from_pcm(pcm), rate

    def close(self) -> None:
        """End the program; it is started again if it is asked again."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def _ask(self, do: str, text: str, voice: str) -> tuple[bytes, int]:
        line = json.dumps({"do": do, "text": text, "voice": voice}).encode() + b"\n"
        # Once more after a crash: the text that met a dying process is rarely what killed it.
        for _ in range(2):
            try:
                return self._exchange(line)
            except (OSError, ValueError, EOFError):
                self.close()
        raise EspeakUnavailable("espeak-ng died twice.")

    def _exchange(self, line: bytes) -> tuple[bytes, int]:
        process = self._running()
        assert process.stdin
        assert process.stdout
        process.stdin.write(line)
        process.stdin.flush()
        header = json.loads(process.stdout.readline())
        if "error" in header:
            raise EspeakUnavailable(header["error"])
        body = process.stdout.read(header["size"])
        if len(body) < header["size"]:
            raise EOFError("espeak-ng died in the middle of an answer.")
        return body, header["rate"]

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            # -I: none of our packages can be imported on the GPL side of the pipe.
            command = [sys.executable, "-I", str(_PROGRAM), *_installed()]
            self._process = subprocess.Popen(  # noqa: S603
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )
        return self._process


def _installed() -> tuple[str, str]:
    libraries = (locate(Piece(_PACKAGE, f"espeakng_loader/{name}")) for name in _LIBRARIES)
    library = next((path for path in libraries if path), None)
    data = locate(Piece(_PACKAGE, _DATA))
    if library is None or data is None:
        raise EspeakUnavailable(f"espeak-ng is not here: install {_PACKAGE}.")
    return str(library), str(data.parent)
