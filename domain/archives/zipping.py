"""A ZIP file that never exists as a whole: its bytes leave while its pieces are read.

Its last file is a manifest with the SHA-256 of every other, and one digest over all that holds
data: two archives that hold the same have the same.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import AsyncIterator, Iterable
from datetime import datetime
from typing import IO, Any

FORMAT = "deskbell-archive/1"
MANIFEST = "manifest.json"
# What an archive is compared by. The rest is made from these.
HOLDS_DATA = ("data/", "audio/", "tenant.json")
# Sound as it is recorded hardly shrinks.
STORED = (".wav",)


class _Outflow(io.RawIOBase):
    """Where the ZIP is written, and taken away from at once."""

    def __init__(self) -> None:
        super().__init__()
        self._waiting = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._waiting += data
        return len(data)

    def take(self) -> bytes:
        taken = bytes(self._waiting)
        self._waiting.clear()
        return taken


class _Files:
    """The files of a ZIP, one after the other, and what each of them came to."""

    def __init__(self, archive: zipfile.ZipFile, made_at: datetime) -> None:
        self.written: list[dict[str, Any]] = []
        self._archive = archive
        self._made_at = made_at
        self._open: IO[bytes] | None = None
        self._path, self._size, self._digest = "", 0, hashlib.sha256()

    def write(self, path: str, piece: bytes) -> None:
        """Add a piece to the file of that path, which begins with its first piece."""
        if self._open is None or path != self._path:
            self.close()
            self._path, self._size, self._digest = path, 0, hashlib.sha256()
            info = _info(path, self._made_at)
            self._open = self._archive.open(info, "w", force_zip64=True)
        self._open.write(piece)
        self._digest.update(piece)
        self._size += len(piece)

    def close(self) -> None:
        """End the file that is being written, if one is."""
        if self._open is None:
            return
        self._open.close()
        self._open, digest = None, self._digest.hexdigest()
        self.written.append({"path": self._path, "bytes": self._size, "sha256": digest})


async def zipped(
    pieces: AsyncIterator[tuple[str, bytes]], about: dict[str, Any], made_at: datetime
) -> AsyncIterator[bytes]:
    """The ZIP of files that come piece by piece, each file's pieces one after the other."""
    out = _Outflow()
    with zipfile.ZipFile(out, "w", allowZip64=True) as archive:
        files = _Files(archive, made_at)
        try:
            async for path, piece in pieces:
                files.write(path, piece)
                if waiting := out.take():
                    yield waiting
        finally:
            # A ZIP cannot be closed over an open file, and would hide what went wrong.
            files.close()
        archive.writestr(_info(MANIFEST, made_at), manifest(files.written, about, made_at))
    yield out.take()


def manifest(files: list[dict[str, Any]], about: dict[str, Any], made_at: datetime) -> bytes:
    """What an archive holds, as the bytes of its last file."""
    said = {
        "format": FORMAT,
        **about,
        "made_at": made_at.isoformat(),
        "canonical": canonical((each["path"], each["sha256"]) for each in files),
        "files": files,
    }
    return (json.dumps(said, indent=2) + "\n").encode()


def canonical(files: Iterable[tuple[str, str]]) -> str:
    """One SHA-256 over every file that holds data, whenever and wherever it was packed."""
    held = sorted((path, digest) for path, digest in files if path.startswith(HOLDS_DATA))
    return hashlib.sha256(json.dumps(held).encode()).hexdigest()


def _info(path: str, made_at: datetime) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(path, made_at.timetuple()[:6])
    stored = path.endswith(STORED)
    info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    return info
