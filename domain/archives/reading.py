"""An archive that came from elsewhere, checked as a whole before anything of it is believed."""

import hashlib
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from domain.archives.errors import ArchiveDamaged
from domain.archives.models import Whose
from domain.archives.tables import columns, portable
from domain.archives.zipping import FORMAT, MANIFEST, canonical
from domain.tenancy import TenantModel

STRETCH = 1 << 20
FACTS = "tenant.json"


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class File(_Closed):
    """What a manifest says of one file."""

    path: str = Field(pattern=r"^[a-z]+(/[a-z0-9_.-]+)?(\.[a-z.]+)?$", max_length=120)
    bytes: int = Field(ge=0)
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")


class Manifest(BaseModel):
    """What an archive says of itself."""

    model_config = ConfigDict(frozen=True)

    format: str
    whose: Whose
    canonical: str
    files: tuple[File, ...]


class Facts(_Closed):
    """Of what kind a business is."""

    name: str
    timezone: str
    locale: str
    region: str
    currency: str


@dataclass(frozen=True)
class Parcel:
    """A checked archive of a business: its rows and its sound can be read."""

    path: Path
    manifest: Manifest
    facts: Facts

    def tables(self) -> dict[str, type[TenantModel]]:
        """The tables that have rows in it. Raises `ArchiveDamaged` for one that is not known."""
        known, files = portable(), [each.path for each in self.manifest.files]
        held = [path.removeprefix("data/") for path in files if path.startswith("data/")]
        names = [name.removesuffix(".json") for name in held]
        for name in names:
            if name not in known:
                raise ArchiveDamaged(f"data/{name}.json", "there is no such table here")
        return {name: known[name] for name in names}

    def rows(self, table: str) -> Iterator[dict[str, Any]]:
        """The rows of a table, one at a time. Raises `ArchiveDamaged`."""
        path, wanted = f"data/{table}.json", set(columns(portable()[table]))
        with zipfile.ZipFile(self.path) as opened, opened.open(path) as lines:
            for number, line in enumerate(lines, 1):
                text = line.strip().removesuffix(b",")
                if text in {b"[", b"]", b""}:
                    continue
                yield _row(text, wanted, f"{path}:{number}")

    def sound(self, recording_id: UUID) -> Iterator[bytes]:
        """A recording as WAV, in stretches. Raises `ArchiveDamaged`."""
        name = f"audio/{recording_id}.wav"
        with zipfile.ZipFile(self.path) as opened:
            if name not in opened.namelist():
                raise ArchiveDamaged(name, "a recording is missing")
            with opened.open(name) as sound:
                while stretch := sound.read(STRETCH):
                    yield stretch


def opened(path: Path) -> Parcel:
    """Check every file of an archive against its manifest. Raises `ArchiveDamaged`."""
    try:
        with zipfile.ZipFile(path) as archive:
            said = _manifest(archive)
            _check(archive, said)
            facts = Facts.model_validate_json(archive.read(FACTS))
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError) as broken:
        raise ArchiveDamaged(path.name, "this is no whole ZIP file") from broken
    except KeyError as missing:
        raise ArchiveDamaged(path.name, str(missing.args[0])) from missing
    except ValidationError as wrong:
        raise ArchiveDamaged(path.name, "it does not say what it must") from wrong
    return Parcel(path, said, facts)


def _manifest(archive: zipfile.ZipFile) -> Manifest:
    said = Manifest.model_validate_json(archive.read(MANIFEST))
    if said.format != FORMAT:
        raise ArchiveDamaged(MANIFEST, f"{said.format} is not {FORMAT}")
    if said.whose is not Whose.TENANT:
        raise ArchiveDamaged(MANIFEST, "only the archive of a business can be taken in")
    return said


def _check(archive: zipfile.ZipFile, said: Manifest) -> None:
    named = [each.path for each in said.files]
    if sorted(archive.namelist()) != sorted([*named, MANIFEST]):
        raise ArchiveDamaged(MANIFEST, "it lists other files than there are")
    for each in said.files:
        if _digest(archive, each) != each.sha256:
            raise ArchiveDamaged(each.path, "it is not what was packed")
    if canonical((each.path, each.sha256) for each in said.files) != said.canonical:
        raise ArchiveDamaged(MANIFEST, "its digest is not that of its files")


def _digest(archive: zipfile.ZipFile, said: File) -> str:
    """The SHA-256 of a file; no more of it is read than it is said to hold."""
    digest, size = hashlib.sha256(), 0
    with archive.open(said.path) as content:
        while stretch := content.read(STRETCH):
            size += len(stretch)
            if size > said.bytes:
                return ""
            digest.update(stretch)
    return digest.hexdigest() if size == said.bytes else ""


def _row(text: bytes, wanted: set[str], where: str) -> dict[str, Any]:
    try:
        row = json.loads(text)
    except ValueError as broken:
        raise ArchiveDamaged(where, "this is no JSON") from broken
    if not isinstance(row, dict) or set(row) != wanted:
        raise ArchiveDamaged(where, "its columns are not those of the table")
    return cast(dict[str, Any], row)
