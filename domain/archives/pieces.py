"""The stored pieces of an archive, each sealed and bound to its place."""

from dataclasses import dataclass
from uuid import UUID

from domain.archives.errors import ArchivePieceMissing
from domain.archives.models import ArchivePart
from domain.encryption import DataKey, WrongKey


@dataclass(frozen=True)
class Pieces:
    """Seals and opens the pieces of one archive."""

    key: DataKey
    tenant_id: UUID
    archive_id: UUID

    @property
    def folder(self) -> str:
        """Where all of them are."""
        return f"{self.tenant_id}/archives/{self.archive_id}"

    def where(self, number: int) -> str:
        """The object that holds a piece."""
        return f"{self.folder}/{number:08d}"

    def close(self, piece: bytes, number: int, path: str) -> bytes:
        """Seal a piece."""
        return self.key.seal(piece, self._place(number, path))

    def open(self, sealed: bytes, part: ArchivePart) -> bytes:
        """Open a piece. Raises `ArchivePieceMissing` if it is not the one that belongs there."""
        try:
            piece = self.key.open(sealed, self._place(part.number, part.path))
        except WrongKey as problem:
            raise ArchivePieceMissing(f"Piece {part.number} is not what was written") from problem
        if len(piece) != part.size:
            raise ArchivePieceMissing(f"Piece {part.number} has the wrong length")
        return piece

    def _place(self, number: int, path: str) -> bytes:
        whose = (b"archive", self.tenant_id.bytes, self.archive_id.bytes, path.encode())
        return b"|".join((*whose, number.to_bytes(8)))
