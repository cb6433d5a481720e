"""A program of its own around libespeak-ng, which is GPL-3 and stays on its side of a pipe.

    python -I espeak_program.py <libespeak-ng> <espeak-ng-data>

Each line in is `{"do": "phonemes" | "speech", "voice": "en-us", "text": "..."}`; each answer is a
line `{"size": n, "rate": hertz}` (or `{"error": "..."}`) and n bytes: UTF-8 IPA, or PCM.
"""

import ctypes
import json
import sys
from typing import Any

_RETRIEVAL = 1
_UTF8 = 1
_IPA = 2
_BY_CHARACTER = 1
_OnSamples = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p
)


class Espeak:
    """The library, initialised once; not thread-safe, as the library is not."""

    def __init__(self, library: str, data: str) -> None:
        self._lib: Any = ctypes.CDLL(library)
        self._lib.espeak_TextToPhonemes.restype = ctypes.c_char_p
        self.rate = int(self._lib.espeak_Initialize(_RETRIEVAL, 0, data.encode(), 0))
        if self.rate <= 0:
            raise OSError(f"espeak-ng does not start with {data}")
        self._pcm = bytearray()
        # The library keeps the pointer: it must live as long as we do.
        self._callback = _OnSamples(self._collect)
        self._lib.espeak_SetSynthCallback(self._callback)

    def phonemes(self, voice: str, text: str) -> bytes:
        """IPA of the text, its clauses joined by spaces."""
        self._choose(voice)
        rest = ctypes.c_char_p(text.encode())
        clauses = []
        # Each call reads one clause and moves the pointer behind it; at the end it is NULL.
        while rest.value:
            clauses.append(self._lib.espeak_TextToPhonemes(ctypes.byref(rest), _UTF8, _IPA))
        return b" ".join(clause for clause in clauses if clause)

    def speech(self, voice: str, text: str) -> bytes:
        """The text as 16-bit PCM in the library's own voice."""
        self._choose(voice)
        self._pcm.clear()
        # The library reads up to the NUL, and wants it counted.
        said = text.encode() + b"\0"
        self._lib.espeak_Synth(said, len(said), 0, _BY_CHARACTER, 0, _UTF8, None, None)
        self._lib.espeak_Synchronize()
        return bytes(self._pcm)

    def _choose(self, voice: str) -> None:
        if self._lib.espeak_SetVoiceByName(voice.encode()):
            raise LookupError(f"espeak-ng has no voice {voice}")

    def _collect(self, samples: Any, count: int, _events: Any) -> int:
        if samples and count > 0:
            self._pcm += ctypes.string_at(samples, count * 2)
        return 0


def answer(espeak: Espeak, line: bytes) -> tuple[dict[str, object], bytes]:
    """The header and the body that answer one line."""
    try:
        asked = json.loads(line)
        do = {"phonemes": espeak.phonemes, "speech": espeak.speech}[asked["do"]]
        body = do(asked["voice"], asked["text"])
    except (LookupError, ValueError) as error:
        return {"error": str(error), "size": 0}, b""
    return {"size": len(body), "rate": espeak.rate}, body


def main() -> None:
    """Answer lines until the other side closes the pipe."""
    espeak = Espeak(*sys.argv[1:3])
    for line in sys.stdin.buffer:
        header, body = answer(espeak, line)
        sys.stdout.buffer.write(json.dumps(header).encode() + b"\n" + body)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
