"""Weights on disk: found in packages without importing them, joined, verified, kept."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

from domain.errors import Unavailable
from integrations.local_speech.catalogue import Model, Piece, WeightFile

# 1 MiB: hashing stays fast without holding 145 MB at once.
_BLOCK = 1 << 20


class WeightsMissing(Unavailable):
    """No provider has the weights, or what they have is not what the authors published."""

    code = "WEIGHTS_MISSING"


class ModelStore:
    """A folder of verified models, filled from `given` or from installed packages."""

    def __init__(self, folder: Path, given: Path | None = None) -> None:
        self._folder = folder
        self._given = given

    def folder_of(self, model: Model) -> Path:
        """The folder that holds every file of `model`, verified now. Raises `WeightsMissing`."""
        for file in model.files:
            self._ensure(model, file)
        return self._folder / model.name

    @contextmanager
    def writing(self, model: Model, file: WeightFile) -> Iterator[IO[bytes]]:
        """A new file of `model`, which appears only if what was written has the right hash."""
        target = self._folder / model.name / file.name
        target.parent.mkdir(parents=True, exist_ok=True)
        # Beside the target, so that the rename is atomic: readers see all of a file or nothing.
        with NamedTemporaryFile(dir=target.parent, suffix=".part", delete=False) as out:
            part = Path(out.name)
            try:
                yield out
                out.flush()
                if not matches(part, file.sha256):
                    raise WeightsMissing(f"{model.name}/{file.name} does not match its SHA-256.")
                part.replace(target)
            finally:
                part.unlink(missing_ok=True)

    def _ensure(self, model: Model, file: WeightFile) -> None:
        if matches(self._folder / model.name / file.name, file.sha256):
            return
        sources = self._sources(model, file)
        if not sources:
            packages = ", ".join(model.distributions)
            raise WeightsMissing(f"{model.name}/{file.name} is not here: install {packages}.")
        with self.writing(model, file) as out:
            for source in sources:
                out.write(source.read_bytes())

    def _sources(self, model: Model, file: WeightFile) -> list[Path]:
        if self._given is not None and (own := self._given / model.name / file.name).is_file():
            return [own]
        found = [locate(piece) for piece in file.pieces]
        return [path for path in found if path] if all(found) else []


def locate(piece: Piece) -> Path | None:
    """Where an installed distribution keeps a file, or None; its code is never imported."""
    try:
        files = distribution(piece.distribution).files or []
    except PackageNotFoundError:
        return None
    # Asking the metadata runs no code of the package, which may come from anybody.
    for file in files:
        if file.as_posix() == piece.path:
            path = Path(str(file.locate()))
            return path if path.is_file() else None
    return None


def matches(path: Path, sha256: str) -> bool:
    """Whether the file exists and has this SHA-256."""
    if not path.is_file():
        return False
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest() == sha256
