"""Archives as one unit of work sees them."""

from uuid import UUID

from domain.archives.models import Archive, ArchivePart
from domain.repository import Repository


class Archives(Repository[Archive]):
    """What was packed, and where it stands."""

    model = Archive
    noun = "archive"


class ArchiveParts(Repository[ArchivePart]):
    """The pieces that are stored."""

    model = ArchivePart
    noun = "part of an archive"

    async def of(self, archive_id: UUID) -> list[ArchivePart]:
        """All pieces, file by file, each in its order."""
        return await self.page(self.all().filter(archive_id=archive_id).order_by("path", "number"))
